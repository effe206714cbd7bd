//! Taking the table out: `/office/c/{slug}/export`.

use super::frame::{Frame, Place};
use super::parts::{Count, Link};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The page that makes a file. The form posts `csrf`, `format` (`xlsx`, `csv`, `docx`) and
/// `edition` (`public`, `archive`) to its own address.
#[derive(Template)]
#[template(path = "office/exports.html")]
pub struct Exports {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    /// Every remark received, whatever became of it.
    pub received: Count,
    /// What the received ones are now, in the order shown; zero parts included, unanswered left out.
    pub parts: Vec<Part>,
    /// Remarks without an outcome.
    pub open: Count,
    /// Whether the parts and the open ones add up to what was received.
    pub adds_up: bool,
    /// The format chosen, kept after a mistake.
    pub format: String,
    /// The edition chosen, kept after a mistake.
    pub edition: String,
    /// How far the office is from publishing its answers.
    pub publish: Publish,
    /// What is wrong with what was sent, if anything.
    pub error: Option<String>,
}

/// Where publishing stands, and the way to it.
#[derive(Clone, Debug)]
pub struct Publish {
    pub words: String,
    pub link: Option<Link>,
}

/// One part of what was received.
#[derive(Clone, Debug)]
pub struct Part {
    /// `采纳`, `重复`…
    pub word: String,
    pub count: Count,
}
