//! Finding remarks.

use super::model::{Cursor, Remark};
use super::store;
use crate::db::Db;
use crate::error::{Error, Kind, Result};

/// A remark of a consultation.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn remark(db: &mut Db, consultation_id: &str, id: &str) -> Result<Remark> {
    look_for(db, consultation_id, id)?.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            "没有这条意见，请从意见列表里重新进入",
            "there is no such remark; go back to the queue",
        )
    })
}

/// Whether a consultation has this remark.
///
/// # Errors
/// What the database reports.
pub fn remark_exists(db: &mut Db, consultation_id: &str, id: &str) -> Result<bool> {
    Ok(look_for(db, consultation_id, id)?.is_some())
}

/// Asks only for what can be an identifier: it comes from an address.
fn look_for(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Remark>> {
    if !crate::ids::is_id(id) {
        return Ok(None);
    }
    store::remark(db, consultation_id, id)
}

/// All remarks of one submission, in its order.
///
/// # Errors
/// What the database reports.
pub fn of_submission(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<Remark>> {
    store::of_submission(db, consultation_id, submission_id)
}

/// The identifiers of the remarks before and after a place in the queue.
///
/// # Errors
/// What the database reports.
pub fn neighbours(
    db: &mut Db,
    consultation_id: &str,
    cursor: &Cursor,
) -> Result<(Option<String>, Option<String>)> {
    store::neighbours(db, consultation_id, cursor)
}
