//! The book of letters: every e-mail that came, and what became of it.

pub(super) mod store;

use crate::db::Db;
use crate::error::{Error, Result};
use jiff::Timestamp;

/// What became of a letter so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Its bytes are kept; nothing was made of it yet.
    Stored,
    Registered,
    Duplicate,
    Quarantined(String),
}

impl LetterState {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Registered => "registered",
            Self::Duplicate => "duplicate",
            Self::Quarantined(_) => "quarantined",
        }
    }

    pub(super) fn parse(code: &str, reason: Option<String>) -> Result<Self> {
        match code {
            "stored" => Ok(Self::Stored),
            "registered" => Ok(Self::Registered),
            "duplicate" => Ok(Self::Duplicate),
            "quarantined" => Ok(Self::Quarantined(reason.unwrap_or_default())),
            other => Err(Error::internal(format!(
                "unknown state of a letter: {other}"
            ))),
        }
    }
}

/// One letter in the book.
#[derive(Clone, Debug)]
pub struct BookedLetter {
    pub id: String,
    pub raw_sha256: String,
    pub state: LetterState,
    pub submission_id: Option<String>,
    pub received_at: Timestamp,
}

/// A page of a consultation's letters, the latest booked first, before a letter's identifier.
///
/// # Errors
/// What the database reports.
pub fn page(
    db: &mut Db,
    consultation_id: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<BookedLetter>> {
    store::page(db, consultation_id, before, limit)
}

/// How many letters a consultation has.
///
/// # Errors
/// What the database reports.
pub fn total(db: &mut Db, consultation_id: &str) -> Result<i64> {
    store::total(db, consultation_id)
}
