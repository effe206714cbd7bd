//! What is shown of the remarks in public: `/office/c/{slug}/wall`.

use super::frame::{Frame, Place};
use super::parts::{Count, Link};
use crate::web::layout::Layout;
use crate::web::public::said::Said;
use crate::words::Lang;
use askama::Template;

/// The switch, and the remarks to choose from.
#[derive(Template)]
#[template(path = "office/wall.html")]
pub struct WallPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub is_on: bool,
    /// How many are chosen.
    pub shown: Count,
    /// All, those chosen, those not: each with its address, the present one marked.
    pub filters: Vec<(Link, bool)>,
    pub rows: Vec<Row>,
    /// What the forms send to come back to the same page.
    pub back: String,
    /// The first page, when this is another.
    pub newest: Option<String>,
    pub older: Option<String>,
}

/// One remark as the public would read it.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub said: Said,
    /// Masked: 张**.
    pub sender: String,
    pub received: String,
    pub is_shown: bool,
    /// The remark's own page.
    pub href: String,
}
