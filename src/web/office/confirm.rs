//! One question before something that cannot be quietly undone.

use super::frame::Frame;
use super::parts::Link;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// Asks once. The form posts `csrf` and the fields given to `action`.
#[derive(Template)]
#[template(path = "office/confirm.html")]
pub struct Confirm {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    /// The question, which is the page's heading.
    pub question: String,
    /// What will happen, in one or two sentences.
    pub consequence: String,
    /// Where the form posts.
    pub action: String,
    /// Hidden fields, name and value, `revision` among them.
    pub fields: Vec<(String, String)>,
    /// The button, saying what it does.
    pub button: String,
    pub back: Link,
}
