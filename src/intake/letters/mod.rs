//! The book of letters: every e-mail that came, and what became of it.

pub(super) mod as_input;
pub(super) mod store;
pub(super) mod subject;
pub mod thread;

pub use super::model::letter::{BookedLetter, LetterState};
use crate::db::Db;
use crate::error::Result;

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
