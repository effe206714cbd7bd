//! Looking into the book of letters: page by page, and one by one.

mod store;

use super::LetterState;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;
use crate::mail::authentic::Checks;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

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
    /// Whether it comes from where it says; `None` when nobody looked.
    pub checks: Option<Checks>,
    /// Who decided that it is no comment, and when.
    pub set_down: Option<(Timestamp, String)>,
}

impl Looked {
    /// Whether our mail server and the mailbox say different times.
    #[must_use]
    pub fn is_time_disputed(&self) -> bool {
        let pair = self.internal_at.zip(self.relay_at);
        pair.is_some_and(|(one, other)| one.duration_since(other).abs() > ALIKE)
    }

    /// Whether the sender's domain says that the letter is not from there.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.checks.as_ref().is_some_and(Checks::is_doubtful)
    }
}

/// A page of a consultation's letters, the latest booked first, before a letter's identifier. The
/// empty text for a consultation: the letters for which none could be found.
///
/// # Errors
/// What the database reports.
pub fn page(
    db: &mut Db,
    consultation_id: &str,
    which: Which,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Looked>> {
    store::page(db, consultation_id, which, before, limit)
}

/// How many letters of a consultation there are.
///
/// # Errors
/// What the database reports.
pub fn count(db: &mut Db, consultation_id: &str, which: Which) -> Result<i64> {
    store::count(db, consultation_id, which)
}

/// How many letters are held back, by consultation's identifier.
///
/// # Errors
/// What the database reports.
pub fn held(db: &mut Db) -> Result<Vec<(String, i64)>> {
    store::held(db)
}

/// One letter of a consultation.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn one(db: &mut Db, consultation_id: &str, id: &str) -> Result<Looked> {
    let found = if is_id(id) {
        store::one(db, consultation_id, id)?
    } else {
        None
    };
    found.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            "没有这封邮件，请从邮件列表里重新进入",
            "there is no such e-mail; go back to the list",
        )
    })
}

/// How the machine came to the section of a remark.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    /// The words of the letter that led there.
    pub evidence: Option<String>,
    /// How sure it is, 0 to 100; `None` when a person chose the section.
    pub confidence: Option<i32>,
}

/// The guesses behind the remarks of a submission, by the remark's identifier.
///
/// # Errors
/// What the database reports.
pub fn guesses(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<HashMap<String, Guess>> {
    store::guesses(db, consultation_id, submission_id)
}
