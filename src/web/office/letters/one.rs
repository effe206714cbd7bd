//! One e-mail: `/office/c/{slug}/letters/{id}`, side by side as read and as sent.

use super::State;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::web::office::frame::{Frame, Place};
use crate::web::office::parts::Choice;
use crate::web::office::remark::{Attachment, Elided, Sender};
use crate::web::office::requests::Correction;
use crate::words::Lang;
use askama::Template;

/// Everything about one message.
#[derive(Template)]
#[template(path = "office/letter.html")]
pub struct Letter {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub subject: String,
    /// As the message says it, with the whole address.
    pub from: String,
    pub state: State,
    /// Whole sentences about what should be looked at twice.
    pub warnings: Vec<String>,
    /// Why the original cannot be shown; `None` when it can.
    pub missing: Option<String>,
    /// Whether the remarks are only what would be registered.
    pub is_preview: bool,
    pub remarks: Vec<Remark>,
    /// The sender's own words; what was taken for contact details is marked.
    pub words: Vec<Piece>,
    pub elided: Vec<Elided>,
    /// What is registered of the sender; `None` for a message that is no submission.
    pub sender: Option<Sender>,
    /// The form that puts it right, posting `csrf` and the fields; `None` where nothing can be.
    pub correction: Option<Correction>,
    /// Words to be added as a remark; posted as `csrf`, `text`, `section`.
    pub addition: Field,
    pub sections: Vec<Choice>,
    pub details: Vec<Detail>,
    pub times: Vec<Time>,
    /// Who checked where it comes from.
    pub source: &'static str,
    pub checks: Vec<Check>,
    pub attachments: Vec<Attachment>,
    /// What the reader noticed about the message.
    pub notices: Vec<String>,
    pub headers: Vec<(String, String)>,
    /// Hexadecimal, 64 characters.
    pub sha256: String,
    /// `14 KB`; empty when it was not noted.
    pub size: String,
    pub road: String,
    /// The list.
    pub back: String,
    /// The address of this page, without a slash at the end.
    pub here: String,
    pub history: Vec<Change>,
}

impl Letter {
    /// Whether any of the sender's words are marked.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.words.iter().any(|piece| piece.is_marked)
    }

    /// Whether the form of the contact details was refused.
    #[must_use]
    pub fn is_correction_wrong(&self) -> bool {
        let own = self.correction.as_ref();
        own.is_some_and(|own| !self.errors_of(own).is_empty())
    }

    /// The lines of the summary.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        let own = self.correction.as_ref();
        let mut errors = own.map(|own| self.errors_of(own)).unwrap_or_default();
        errors.extend(summary(&[("text", &self.addition)]));
        errors
    }

    fn errors_of(&self, own: &Correction) -> Vec<FieldError> {
        summary(&[
            ("name", &own.name),
            ("organisation", &own.organisation),
            ("phone", &own.phone),
            ("email", &own.email),
            ("address", &own.address),
        ])
    }
}

/// One opinion as it was read.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Where it is dealt with; `None` in a preview.
    pub href: Option<String>,
    pub text: String,
    /// The place in the draft: `二/(三)/8 规范晾晒设施`; empty for the whole draft.
    pub section: String,
    /// The words of the letter that led there; empty when there are none.
    pub evidence: String,
    /// How sure that is, in words; empty when nobody guessed.
    pub confidence: String,
    /// The other places that would fit.
    pub candidates: Vec<String>,
}

/// A stretch of the sender's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_marked: bool,
}

/// A contact detail as it was written, and where.
#[derive(Clone, Debug)]
pub struct Detail {
    /// `电话`
    pub what: &'static str,
    pub raw: String,
    /// `写在“电话”一类的字样旁边`
    pub stood: &'static str,
}

/// One of the times known of a message.
#[derive(Clone, Debug)]
pub struct Time {
    pub word: &'static str,
    pub when: String,
    /// What it is worth; may be empty.
    pub note: String,
    /// Whether it is the one that counts.
    pub counts: bool,
}

/// One check of where the message comes from.
#[derive(Clone, Debug)]
pub struct Check {
    /// `DKIM`
    pub name: &'static str,
    /// `pass`, `fail` or `unsure`.
    pub code: &'static str,
    pub word: &'static str,
    pub said: String,
}

/// One line of the history, out of the audit log.
#[derive(Clone, Debug)]
pub struct Change {
    pub when: String,
    pub who: String,
    pub what: String,
}
