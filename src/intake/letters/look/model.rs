//! A letter as the book has it, and which letters can be asked for.

use crate::intake::model::letter::LetterState;
use jiff::{SignedDuration, Timestamp};

/// Our mail server and the mailbox may differ by this much before somebody is asked to look.
const ALIKE: SignedDuration = SignedDuration::from_mins(10);

/// Which letters of the book are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    All,
    Registered,
    Supplement,
    Duplicate,
    /// Held back and not yet decided on, or not finished.
    Held,
    /// Held back; somebody decided that it is no comment.
    SetDown,
}

impl Which {
    /// Every choice, in the order of the list.
    pub const EACH: [Self; 6] = [
        Self::All,
        Self::Registered,
        Self::Supplement,
        Self::Duplicate,
        Self::Held,
        Self::SetDown,
    ];

    /// What an address carries; empty for all.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Registered => "registered",
            Self::Supplement => "supplement",
            Self::Duplicate => "duplicate",
            Self::Held => "held",
            Self::SetDown => "set-down",
        }
    }

    /// Whether letters in a state, put down or not, are asked for.
    pub(super) fn fits(self, state: &str, is_set_down: bool) -> bool {
        let is_held = matches!(state, "quarantined" | "stored");
        match self {
            Self::All => true,
            Self::Registered => state == "registered",
            Self::Supplement => state == "supplement",
            Self::Duplicate => state == "duplicate",
            Self::Held => is_held && !is_set_down,
            Self::SetDown => is_held && is_set_down,
        }
    }

    /// The choice that an address carries; all for anything unknown.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        let mut each = Self::EACH.into_iter();
        each.find(|one| one.code() == code).unwrap_or_default()
    }
}

/// One letter, with all that the book says of it.
#[derive(Clone, Debug)]
pub struct Looked {
    pub id: String,
    pub raw_sha256: String,
    pub state: LetterState,
    pub submission_id: Option<String>,
    /// The time that counts.
    pub received_at: Timestamp,
    pub recorded_at: Timestamp,
    /// Code of the way it came: `imap`, `maildir`, `pipe` or `file`.
    pub road: String,
    /// The name of the mailbox it was read from.
    pub mailbox: Option<String>,
    /// 0 for letters booked before sizes were.
    pub bytes: u64,
    /// When the mailbox's server got it (INTERNALDATE).
    pub internal_at: Option<Timestamp>,
    /// What our own server's `Received` line says.
    pub relay_at: Option<Timestamp>,
    /// What was found about where it comes from, as JSON; `None` when nobody looked.
    pub checks: Option<String>,
    /// Who decided that it is no comment, and when.
    pub set_down: Option<(Timestamp, String)>,
    /// Sender and subject, sealed ([`crate::intake::letters::head`]); of a letter that became a
    /// submission, and of one booked before they were kept, `None`.
    pub head_sealed: Option<Vec<u8>>,
}

impl Looked {
    /// Whether our mail server and the mailbox say different times.
    #[must_use]
    pub fn is_time_disputed(&self) -> bool {
        let pair = self.internal_at.zip(self.relay_at);
        pair.is_some_and(|(one, other)| one.duration_since(other).abs() > ALIKE)
    }
}

/// How the machine came to the section of a remark.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    /// The words of the letter that led there.
    pub evidence: Option<String>,
    /// How sure it is, 0 to 100; `None` when a person chose the section.
    pub confidence: Option<i32>,
}
