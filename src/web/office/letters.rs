//! The e-mails that came in: `/office/c/{slug}/letters`.

use super::frame::{Frame, Place};
use super::parts::{Link, Paging};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// Every message of the consultation's mailbox and what became of it, newest first.
#[derive(Template)]
#[template(path = "office/letters.html")]
pub struct Letters {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    /// `共41封，最近的在前`
    pub summary: String,
    pub rows: Vec<Row>,
    pub paging: Paging,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Row {
    pub received: String,
    /// The sender, masked: `z***@example.org`.
    pub from: String,
    pub subject: String,
    pub state: State,
}

/// What became of a message.
#[derive(Clone, Debug)]
pub enum State {
    /// It is a submission now; one link for each remark: `第17条`.
    Registered { remarks: Vec<Link> },
    /// The same message had come before; the link leads to what was registered then.
    Duplicate { first: Link },
    /// Held back, with the reason in words: `自动回复`.
    Quarantined { reason: String },
}
