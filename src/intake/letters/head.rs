//! Who wrote a letter and about what, for lists: sealed in the book beside letters that became no
//! submission, so that a list opens a few dozen bytes and not whole letters.

use super::store::head as store;
use crate::db::Db;
use crate::db::storage::Storage;
use crate::error::{Error, Result};
use crate::intake::model::email::Email;
use crate::mail::inbound::{Letter, read_letter};
use serde::{Deserialize, Serialize};

/// Sender and subject stand in a letter's first bytes, so many at most.
const BYTES: usize = 64 * 1024;
/// Characters of a subject.
const SUBJECT: usize = 200;

/// Sender and subject of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Masked: `s***@example.org`; empty when the letter does not say.
    pub from: String,
    pub subject: String,
}

impl Head {
    /// Of a letter that was read.
    #[must_use]
    pub fn of(letter: &Letter) -> Self {
        let from = letter.from.address.as_deref();
        Self {
            from: masked(from),
            subject: letter.subject.chars().take(SUBJECT).collect(),
        }
    }

    /// Of a letter's bytes, of which only the first are read.
    #[must_use]
    pub fn read(raw: &[u8]) -> Self {
        Self::of(&read_letter(raw.get(..BYTES).unwrap_or(raw)))
    }

    /// Seals it for the letter with this SHA-256.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub fn seal(&self, storage: &Storage, sha256: &str) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(Error::internal)?;
        storage.seal_beside(sha256, &json)
    }

    /// Opens what [`Head::seal`] made for the same letter.
    ///
    /// # Errors
    /// `Kind::Internal` when the key or the letter is another.
    pub fn open(storage: &Storage, sha256: &str, sealed: &[u8]) -> Result<Self> {
        serde_json::from_slice(&storage.open_beside(sha256, sealed)?).map_err(Error::internal)
    }
}

/// An address as a list shows it.
#[must_use]
pub fn masked(address: Option<&str>) -> String {
    address
        .and_then(|address| Email::parse(address).ok())
        .map(|email| email.masked())
        .unwrap_or_default()
}

/// Keeps the sealed heads of a consultation's letters that were booked before heads were kept, each
/// by the letter's identifier.
///
/// # Errors
/// What the database reports.
pub fn keep(db: &mut Db, consultation_id: &str, heads: &[(String, Vec<u8>)]) -> Result<()> {
    heads
        .iter()
        .try_for_each(|(id, sealed)| store::set(db, (consultation_id, id), sealed))
}
