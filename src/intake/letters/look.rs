//! Looking into the book of letters: page by page, and one by one.

mod model;
mod store;

use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;
use crate::mail::authentic::Checks;
pub use model::{Guess, Looked, Which};
use std::collections::HashMap;

impl Looked {
    /// What was found about where the letter comes from.
    #[must_use]
    pub fn found(&self) -> Option<Checks> {
        self.checks.as_deref().map(Checks::parse)
    }

    /// Whether the sender's domain says that the letter is not from there.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.found().is_some_and(|checks| checks.is_doubtful())
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
    let counts = store::counts(db, consultation_id)?.into_iter();
    let asked = counts.filter(|(state, down, _)| which.fits(state, *down));
    Ok(asked.map(|(_, _, count)| count).sum())
}

/// How many letters are held back, by consultation's identifier.
///
/// # Errors
/// What the database reports.
pub fn held(db: &mut Db) -> Result<Vec<(String, i64)>> {
    // Of two kinds: held back, and not finished.
    let mut held: Vec<(String, i64)> = store::held(db)?;
    held.dedup_by(|next, first| {
        let same = next.0 == first.0;
        first.1 += if same { next.1 } else { 0 };
        same
    });
    Ok(held)
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
