//! Files that were chosen and never sent go, with their bytes.

use super::store;
use crate::db::Database;
use crate::db::storage::Storage;
use crate::error::{Error, Result};
use crate::intake::references::store::is_needed;
use jiff::{SignedDuration, Timestamp};

/// Rows taken in one transaction.
const AT_ONCE: i64 = 20;

/// Removes every file that has waited for longer than `keep_hours`: its row, whether a submission
/// used it (that has its own row by then) or not, and its bytes unless another row of any table
/// refers to them. Answers how many rows went. Call it about once an hour.
///
/// Bytes that somebody sent again within the last hour stay ([`Storage::forget`]): their row may be
/// about to be written.
///
/// # Errors
/// What the database or the disk reports; what was done until then stays done, the rest is for the
/// next time.
pub async fn sweep(
    database: &Database,
    storage: &Storage,
    keep_hours: i64,
    now: Timestamp,
) -> Result<u64> {
    let before = now - SignedDuration::from_hours(keep_hours);
    let mut removed = 0;
    loop {
        let (rows, orphans) = database.write(move |db| part(db, before)).await?;
        let storage = storage.clone();
        let work = move || orphans.iter().try_for_each(|name| storage.forget(name));
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(Error::internal)??;
        removed += rows;
        if rows < AT_ONCE.unsigned_abs() {
            return Ok(removed);
        }
    }
}

/// Removes some rows; how many, and the bytes that nothing refers to any more.
fn part(db: &mut crate::db::Db, before: Timestamp) -> Result<(u64, Vec<String>)> {
    let rows = store::older_than(db, before, AT_ONCE)?;
    let mut removed = 0;
    let mut orphans = Vec::new();
    for (consultation, id, sha256) in rows {
        // Waits for a submission that is taking the file over; what it wrote is seen below.
        store::remove(db, &consultation, &id)?;
        removed += 1;
        if !is_needed(db, &sha256)? {
            orphans.push(sha256);
        }
    }
    Ok((removed, orphans))
}
