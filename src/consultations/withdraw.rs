//! Taking a consultation back whose hour of publication has not come.

use super::store;
use crate::db::Db;
use crate::documents::published;
use crate::error::Result;
use jiff::Timestamp;

/// Removes a consultation that nobody has seen, with its first version. The log keeps what was
/// done; call it in the transaction that writes its event.
///
/// # Errors
/// `Kind::Conflict` when readers see it already.
pub fn withdraw(db: &mut Db, consultation_id: &str, now: Timestamp) -> Result<()> {
    published::withdraw(db, consultation_id, 1, now)?;
    store::remove(db, consultation_id)
}
