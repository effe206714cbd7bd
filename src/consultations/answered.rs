//! Marking a consultation as answered.

use super::store;
use crate::db::Db;
use crate::error::Result;
use jiff::Timestamp;

/// Sets the moment at which the answers were published, once.
///
/// # Errors
/// What the database reports.
pub fn mark(db: &mut Db, consultation_id: &str, at: Timestamp) -> Result<()> {
    store::set_answered(db, consultation_id, at)
}
