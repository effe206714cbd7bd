//! A letter in the book: every e-mail that came, and what became of it.

use crate::error::{Error, Result};

/// What became of a letter so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Its bytes are kept; nothing was made of it yet.
    Stored,
    Registered,
    /// Added to an earlier submission of its sender.
    Supplement,
    Duplicate,
    Quarantined(String),
}

impl LetterState {
    pub(in crate::intake) fn code(&self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Registered => "registered",
            Self::Supplement => "supplement",
            Self::Duplicate => "duplicate",
            Self::Quarantined(_) => "quarantined",
        }
    }

    pub(in crate::intake) fn parse(code: &str, reason: Option<String>) -> Result<Self> {
        match code {
            "stored" => Ok(Self::Stored),
            "registered" => Ok(Self::Registered),
            "supplement" => Ok(Self::Supplement),
            "duplicate" => Ok(Self::Duplicate),
            "quarantined" => Ok(Self::Quarantined(reason.unwrap_or_default())),
            other => Err(Error::internal(format!(
                "unknown state of a letter: {other}"
            ))),
        }
    }
}
