//! Reading answers.

pub use super::model::Answer;
use super::model::Outcome;
use super::store;
use crate::db::Db;
use crate::error::Result;

/// The answer to a remark, if it has one.
///
/// # Errors
/// What the database reports.
pub fn by_remark(db: &mut Db, consultation_id: &str, remark_id: &str) -> Result<Option<Answer>> {
    store::by_remark(db, consultation_id, remark_id)
}

/// The answers to some remarks.
///
/// # Errors
/// What the database reports.
pub fn by_remarks(
    db: &mut Db,
    consultation_id: &str,
    remark_ids: &[String],
) -> Result<Vec<Answer>> {
    store::by_remarks(db, consultation_id, remark_ids)
}

/// How many remarks of a consultation have each outcome.
///
/// # Errors
/// What the database reports.
pub fn counts(db: &mut Db, consultation_id: &str) -> Result<Vec<(Outcome, i64)>> {
    store::counts(db, consultation_id)
}
