//! The e-mails that came in: `/office/c/{slug}/letters`, and one of them.

pub mod one;

use super::frame::{Frame, Place};
use super::parts::{Choice, Link, Paging};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The messages of the consultation's mailbox and what became of each, newest first.
#[derive(Template)]
#[template(path = "office/letters.html")]
pub struct Letters {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    /// What became of them, to choose from; sent by GET as `state`.
    pub states: Vec<Choice>,
    pub is_filtered: bool,
    /// `共41封，最近的在前`
    pub summary: String,
    pub rows: Vec<Row>,
    pub paging: Paging,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub received: String,
    /// How it came: `从信箱收取：意见信箱`.
    pub road: String,
    /// The sender, masked: `z***@example.org`.
    pub from: String,
    pub subject: String,
    /// Why somebody should look twice: `收信时间不一致`.
    pub marks: Vec<&'static str>,
    pub state: State,
}

/// What became of a message.
#[derive(Clone, Debug)]
pub enum State {
    /// It is a submission now; one link for each remark: `第17条`.
    Registered { remarks: Vec<Link> },
    /// It was added to an earlier submission of its sender, which has these remarks now.
    Supplement { remarks: Vec<Link> },
    /// The same message had come before; the link leads to what was registered then.
    Duplicate { first: Link },
    /// Held back, with the reason in words: `自动回复`.
    Quarantined { reason: String },
    /// Held back, and somebody decided that it is no comment.
    SetDown { reason: String },
}

/// The text of a message alone, for the frame on its page. One of the two is empty, or both.
#[derive(Template)]
#[template(path = "office/letter_body.html")]
pub struct LetterBody {
    pub lang: Lang,
    /// Harmless markup.
    pub html: String,
    pub plain: String,
}
