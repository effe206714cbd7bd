//! Addresses go when there is nothing more to tell (个人信息保护法 Art. 19: the shortest time).

use super::store;
use crate::db::Db;
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};

/// How long an address waits for its confirmation: longer than the mail that asks for it is tried.
pub const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long after the answers were published the addresses are kept: the news of it may have to be
/// tried again for days. What remains of somebody who stopped goes after the same time.
pub const AFTER_ANSWERS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Rows removed in one transaction.
pub const AT_ONCE: usize = 500;

/// Removes followers who did not confirm, who stopped long ago, and those of consultations that were
/// answered long ago; answers how many. Call it about once an hour, again while it answers
/// [`AT_ONCE`] or more.
///
/// # Errors
/// What the database reports.
pub fn sweep(db: &mut Db, now: Timestamp) -> Result<usize> {
    let most = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let mut removed = store::remove_unconfirmed(db, now - UNCONFIRMED, most)?;
    removed += store::remove_ended(db, now - AFTER_ANSWERS, most)?;
    removed += store::remove_answered(db, now - AFTER_ANSWERS, most)?;
    Ok(removed)
}
