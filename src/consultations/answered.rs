//! Marking a consultation as answered.

use super::store;
use crate::db::{Db, dialect};
use crate::error::Result;
use jiff::Timestamp;

/// Sets the moment at which the answers were published, if the window has ended by then, every
/// remark that was not withdrawn has its outcome, and they were not published before. One statement
/// decides all of that, and no remark can come in between it and the end of the transaction.
///
/// Answers whether it did.
///
/// # Errors
/// What the database reports.
pub fn mark(db: &mut Db, consultation_id: &str, at: Timestamp) -> Result<bool> {
    dialect::hold_remarks(db)?;
    store::set_answered(db, consultation_id, at)
}
