//! Writing to the sender of a submission, and what was written: `/office/c/{slug}/submissions/{id}/messages`.

use super::frame::{Frame, Place};
use super::parts::Link;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The correspondence, oldest first, and the form, which posts `csrf`, `words` and `step=check`.
#[derive(Template)]
#[template(path = "office/messages.html")]
pub struct Messages {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub receipt: String,
    /// Masked: `s***@example.org`; empty when none is known.
    pub to: String,
    /// The remarks of the submission.
    pub remarks: Vec<Link>,
    pub entries: Vec<Entry>,
    /// Why nobody can be written to; `None` when it is possible.
    pub closed: Option<String>,
    /// Whether mails go out at all.
    pub is_set_up: bool,
    pub words: Field,
    pub action: String,
}

impl Messages {
    /// The lines of the summary.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        summary(&[("words", &self.words)])
    }
}

/// One letter, in either direction.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whether the office wrote it.
    pub is_ours: bool,
    /// Who wrote it, in words.
    pub who: String,
    pub when: String,
    /// What was written; of a sender's letter its subject.
    pub words: String,
    /// What became of it, in words.
    pub state: String,
    /// Whether that is bad.
    pub is_bad: bool,
}

/// The message as it will go out, to be looked over. The form posts `csrf`, `id`, `words` and
/// `step`: `send` or `edit`.
#[derive(Template)]
#[template(path = "office/message_check.html")]
pub struct MessageCheck {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub receipt: String,
    pub to: String,
    pub words: String,
    /// The message's identifier to be: pressed twice, it goes out once.
    pub id: String,
    pub action: String,
    /// Where the answer goes, in words; empty when nobody reads it.
    pub answers: String,
}
