//! Adding to the log and reading it.

use super::model::{Actor, Event, NewEvent};
use super::store;
use crate::db::Db;
use crate::error::Result;
use crate::ids::new_id;
use jiff::Timestamp;

/// Adds an event; call it in the transaction of the change.
///
/// # Errors
/// What the database reports.
pub fn record(db: &mut Db, actor: &Actor, now: Timestamp, event: &NewEvent<'_>) -> Result<()> {
    store::insert(db, &new_id(now)?, actor, now, event)
}

/// One page of a consultation's log, newest first, before an event's identifier.
///
/// # Errors
/// What the database reports.
pub fn page(
    db: &mut Db,
    consultation: &str,
    actor_name: Option<&str>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Event>> {
    store::page(db, consultation, actor_name, before, limit)
}

/// Everything that happened to one remark or submission, oldest first.
///
/// # Errors
/// What the database reports.
pub fn history(db: &mut Db, subject_id: &str) -> Result<Vec<Event>> {
    store::history(db, subject_id)
}

/// The names of those who appear in a consultation's log.
///
/// # Errors
/// What the database reports.
pub fn actors(db: &mut Db, consultation: &str) -> Result<Vec<String>> {
    store::actors(db, consultation)
}
