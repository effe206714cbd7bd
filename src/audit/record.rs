//! Adding to the log and reading it.

use super::model::{Actor, Event, NewEvent};
use super::store;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::new_id;
use jiff::{SignedDuration, Timestamp};

/// Adds an event; call it in the transaction of the change.
///
/// # Errors
/// What the database reports.
pub fn record(db: &mut Db, actor: &Actor, now: Timestamp, event: &NewEvent<'_>) -> Result<()> {
    store::insert(db, &new_id(now)?, actor, now, event)
}

/// For how long a person who looked at something may look at it again without another event: the
/// record tells who saw what and when, and reloading a page does not fill it.
const SEEN_AGAIN: SignedDuration = SignedDuration::from_mins(10);

/// Adds the event of having looked at something, unless the same person's same look at the same thing
/// was recorded within ten minutes. 《个人信息保护法》 Art. 51: who saw personal data can be told
/// afterwards.
///
/// # Errors
/// What the database reports.
pub fn viewed(db: &mut Db, actor: &Actor, now: Timestamp, event: &NewEvent<'_>) -> Result<()> {
    let since = now.checked_sub(SEEN_AGAIN).map_err(Error::internal)?;
    if store::is_recorded_since(db, actor, since, event)? {
        return Ok(());
    }
    record(db, actor, now, event)
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
