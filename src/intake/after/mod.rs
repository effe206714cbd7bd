//! What a sender can do once a submission is in: look it up, add to it, take it back, confirm the
//! address, have the contact details corrected or erased. Nothing vanishes: each is an event.

pub mod complete;
pub mod confirm;
pub mod correct;
pub mod erase;
pub mod look_up;
mod store;
pub mod supplement;
pub mod withdraw;

use crate::db::Db;
use crate::error::Result;

/// Makes others who change the same submission wait for the end of this transaction.
///
/// # Errors
/// What the database reports.
pub fn hold(db: &mut Db, consultation_id: &str, submission_id: &str) -> Result<()> {
    store::hold(db, consultation_id, submission_id)
}

/// The number of a submission's last remark.
pub(super) fn last_ordinal(db: &mut Db, consultation_id: &str, submission_id: &str) -> Result<i32> {
    store::last_ordinal(db, consultation_id, submission_id)
}
