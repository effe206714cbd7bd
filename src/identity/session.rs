//! Sessions of staff: a random token in a cookie, its hash in the table, so that a copy of the
//! database opens no session.

use super::model::Staff;
use super::store;
use crate::clock::to_micros;
use crate::db::{Database, Db};
use crate::error::Result;
use crate::ids::{hex, random, sha256};
use jiff::{SignedDuration, Timestamp};

/// How long sessions last.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Without a request.
    pub idle: SignedDuration,
    /// In any case.
    pub whole: SignedDuration,
}

/// How old the note of the last request may get before it is written again: each look at a page
/// should not cost a write.
const NOTE_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// 256 random bits, in hexadecimal.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn new_token() -> Result<String> {
    Ok(hex(&random::<32>()?))
}

pub(super) fn start(db: &mut Db, staff: &Staff, token: &str, now: Timestamp) -> Result<()> {
    store::insert_session(db, &sha256(token.as_bytes()), &staff.id, now)
}

pub(super) fn end(db: &mut Db, token: &str) -> Result<()> {
    store::delete_session(db, &sha256(token.as_bytes()))
}

/// The member of staff whose session a token is; `None` when there is none or its time is over.
///
/// # Errors
/// What the database reports.
pub async fn check(
    database: &Database,
    limits: Limits,
    token: &str,
    now: Timestamp,
) -> Result<Option<Staff>> {
    if token.len() != 64 {
        return Ok(None);
    }
    let hash = sha256(token.as_bytes());
    let found = {
        let hash = hash.clone();
        database.read(move |db| store::session(db, &hash)).await?
    };
    let Some((staff, started_at, last_seen_at)) = found else {
        return Ok(None);
    };
    let idle = now.duration_since(last_seen_at);
    if idle > limits.idle || now.duration_since(started_at) > limits.whole {
        database
            .write(move |db| store::delete_session(db, &hash))
            .await?;
        return Ok(None);
    }
    if idle > NOTE_EVERY {
        let seen = to_micros(now);
        database
            .write(move |db| store::seen(db, &hash, seen))
            .await?;
    }
    Ok(Some(staff))
}
