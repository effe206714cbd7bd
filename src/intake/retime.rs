//! What came after the old end counts as in time once the window was extended over it.

use super::store;
use crate::db::Db;
use crate::error::Result;
use jiff::Timestamp;

/// Marks what was received from the old end until before the new one as in time; answers how many
/// submissions. Call it in the transaction that extends the window.
///
/// # Errors
/// What the database reports.
pub fn count_in_time(
    db: &mut Db,
    consultation_id: &str,
    from: Timestamp,
    until: Timestamp,
) -> Result<usize> {
    store::late::count_in_time(db, consultation_id, from, until)
}
