//! The same thing counts once: keys by which what comes in is known again, each with the
//! identifier of what came first.
//!
//! PostgreSQL keeps them in `intake_keys`, whose primary key lets one of two at once wait for the
//! other. On SQLite that would change a page of the index for every key, since keys are random:
//! most of what a form writes, and more the more there are. There the writer lane, which alone
//! writes, keeps the latest keys in a temporary table in memory (which a rollback undoes like every
//! other) and writes them one behind the other into `intake_recent`; in sorted batches they are
//! carried over to `intake_keys`, a slice of the index at a time, so that one page takes many. When
//! the lane starts, and when another process has written, the temporary table is filled from
//! `intake_recent`. So every key is at every moment in `intake_keys` or in memory or in both.

use super::schema::{intake_keys, intake_recent};
use super::{Db, people};
use crate::error::Result;
use crate::ids::{hex, id_bytes, id_of_bytes};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// Keys in memory from which on they are carried over without waiting for a quiet moment.
const MANY: i64 = 65_536;
/// Keys in one slice, about: a hundredth of a second's work.
const SLICE: i64 = 1024;
const SLICES: i64 = 64;

diesel::table! {
    recent_keys (key) {
        key -> Binary,
        submission_id -> Binary,
    }
}

/// What a thing is known by: 96 bits of a keyed hash of what it says.
pub struct OnceKey([u8; 12]);

impl OnceKey {
    /// The key in a keyed hash.
    #[must_use]
    pub fn of(hash: [u8; 32]) -> Self {
        let [
            key @ ..,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
        ] = hash;
        Self(key)
    }
}

/// Writes down that an identifier is the first with a key, in the transaction it is called in;
/// answers the identifier that was first already, if one was.
///
/// # Errors
/// What the database reports.
pub fn claim(db: &mut Db, key: &OnceKey, id: &str) -> Result<Option<String>> {
    let (key, id) = (key.0.as_slice(), id_bytes(id)?);
    let first = match db {
        Db::Sqlite(connection) => claim_in_memory(connection, key, &id)?,
        Db::Postgres(connection) => {
            let new = diesel::insert_into(intake_keys::table)
                .values((
                    intake_keys::key.eq(key),
                    intake_keys::submission_id.eq(id.as_slice()),
                ))
                .on_conflict_do_nothing()
                .execute(connection)?;
            let first = intake_keys::table
                .filter(intake_keys::key.eq(key))
                .select(intake_keys::submission_id);
            match new {
                0 => Some(first.first::<Vec<u8>>(connection)?),
                _ => None,
            }
        }
    };
    first.map(|id| id_of_bytes(&id)).transpose()
}

fn claim_in_memory(
    connection: &mut SqliteConnection,
    key: &[u8],
    id: &[u8],
) -> QueryResult<Option<Vec<u8>>> {
    let settled = intake_keys::table
        .filter(intake_keys::key.eq(key))
        .select(intake_keys::submission_id)
        .first(connection)
        .optional()?;
    if settled.is_some() {
        return Ok(settled);
    }
    let new = diesel::insert_or_ignore_into(recent_keys::table)
        .values((recent_keys::key.eq(key), recent_keys::submission_id.eq(id)))
        .execute(connection)?;
    if new == 0 {
        return recent_keys::table
            .filter(recent_keys::key.eq(key))
            .select(recent_keys::submission_id)
            .first(connection)
            .map(Some);
    }
    diesel::insert_into(intake_recent::table)
        .values((
            intake_recent::key.eq(key),
            intake_recent::submission_id.eq(id),
        ))
        .execute(connection)?;
    Ok(None)
}

/// What the writer lane knows of the keys in its memory.
pub(super) struct Recent {
    /// The version of the file that the memory was filled from (`PRAGMA data_version`).
    seen: i64,
    /// Every key up to this number of `intake_recent` is in `intake_keys`.
    settled: i64,
    /// The number of the last key.
    last: i64,
    /// The keys that are being carried over.
    under_way: Option<Steps>,
}

/// Keys are copied in so many slices, then `intake_recent` is cleared in as many parts; the last
/// slice and the first part are one step.
#[derive(Clone, Copy)]
struct Steps {
    next: i64,
    slices: i64,
    /// The number of the last key at the first step.
    up_to: i64,
}

const LAST: &str = "SELECT coalesce(max(number), 0) AS answer FROM intake_recent";

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    answer: i64,
}

fn number(connection: &mut SqliteConnection, sql: &str) -> QueryResult<i64> {
    let row: Number = diesel::sql_query(sql).get_result(connection)?;
    Ok(row.answer)
}

impl Recent {
    /// Makes the temporary table of the connection that writes. It is filled by the first
    /// [`Recent::catch_up`].
    pub(super) fn start(db: &mut Db) -> Result<Self> {
        let mut recent = Self {
            seen: i64::MIN,
            settled: 0,
            last: 0,
            under_way: None,
        };
        if let Db::Sqlite(connection) = db {
            connection.batch_execute(
                "CREATE TEMP TABLE recent_keys (key BLOB NOT NULL PRIMARY KEY, submission_id BLOB NOT NULL) WITHOUT ROWID; \
                 CREATE TEMP TABLE recent_seen (number INTEGER NOT NULL); \
                 INSERT INTO recent_seen VALUES (0);",
            )?;
            let first = "SELECT coalesce(min(number), 1) AS answer FROM intake_recent";
            recent.settled = number(connection, first)? - 1;
            recent.last = number(connection, LAST)?;
        }
        Ok(recent)
    }

    /// Brings the memory up to what other processes wrote; call it at the beginning of each of the
    /// lane's transactions, and hand the answer to [`Recent::committed`] when it was kept.
    pub(super) fn catch_up(&self, db: &mut Db) -> QueryResult<i64> {
        let Db::Sqlite(connection) = db else {
            return Ok(self.seen);
        };
        let version = "SELECT data_version AS answer FROM pragma_data_version";
        let version = number(connection, version)?;
        if version != self.seen {
            connection.batch_execute(
                "INSERT OR IGNORE INTO recent_keys SELECT key, submission_id FROM intake_recent \
                   WHERE number > (SELECT number FROM recent_seen) ORDER BY number; \
                 UPDATE recent_seen SET number = coalesce((SELECT max(number) FROM intake_recent), number);",
            )?;
        }
        Ok(version)
    }

    /// A transaction was kept whose [`Recent::catch_up`] answered this.
    pub(super) fn committed(&mut self, db: &mut Db, version: i64) {
        self.seen = version;
        if let Db::Sqlite(connection) = db {
            // Not told, it is asked again after the next one.
            self.last = number(connection, LAST).unwrap_or(self.last);
        }
    }

    /// Whether every key of this process is in `intake_keys`.
    pub(super) fn is_settled(&self) -> bool {
        self.last <= self.settled
    }

    /// Whether a step should be taken now although others wait.
    pub(super) fn is_full(&self) -> bool {
        self.under_way.is_some() || self.last - self.settled >= MANY
    }

    /// Goes one step on with carrying over, in a transaction of its own: a slice is copied, or,
    /// when all are, a part of `intake_recent` is cleared. If the process ends between two steps
    /// nothing is lost: a key leaves `intake_recent` only when it is in `intake_keys`.
    ///
    /// # Errors
    /// What the database reports; also that another process is writing.
    pub(super) fn settle(&mut self, db: &mut Db) -> QueryResult<()> {
        db.batch_execute("BEGIN IMMEDIATE")?;
        let done = self
            .catch_up(db)
            .and_then(|version| self.step(db).map(|steps| (version, steps)))
            .and_then(|done| db.batch_execute("COMMIT").map(|()| done));
        let (version, steps) = done.inspect_err(|_| {
            // After a failed COMMIT SQLite may have rolled back by itself already.
            let _ = db.batch_execute("ROLLBACK");
        })?;
        self.committed(db, version);
        if steps.next == 2 * steps.slices - 1 {
            self.settled = steps.up_to;
            self.under_way = None;
        } else {
            self.under_way = Some(steps);
        }
        Ok(())
    }

    fn step(&self, db: &mut Db) -> QueryResult<Steps> {
        let steps = match self.under_way {
            Some(steps) => steps,
            None => self.begin(db)?,
        };
        if steps.next < steps.slices {
            let at = |slice| bound(slice, steps.slices);
            let (from, to) = (at(steps.next), at(steps.next + 1));
            db.batch_execute(&format!(
                "INSERT OR IGNORE INTO intake_keys SELECT key, submission_id FROM recent_keys \
                   WHERE key >= x'{from}' AND key < x'{to}' ORDER BY key; \
                 DELETE FROM recent_keys WHERE key >= x'{from}' AND key < x'{to}';",
            ))?;
        }
        people::carry(db, steps.next, steps.slices)?;
        let part = steps.next + 2 - steps.slices;
        if part > 0 {
            let to = self.settled + (steps.up_to - self.settled) * part / steps.slices;
            // The latest row always stays, so that numbers only ever rise, whoever writes.
            db.batch_execute(&format!(
                "DELETE FROM intake_recent WHERE number <= {to} \
                   AND number < (SELECT max(number) FROM intake_recent)",
            ))?;
        }
        Ok(Steps {
            next: steps.next + 1,
            ..steps
        })
    }

    fn begin(&self, db: &mut Db) -> QueryResult<Steps> {
        let up_to = match db {
            Db::Sqlite(connection) => number(connection, LAST)?,
            Db::Postgres(_) => self.settled,
        };
        Ok(Steps {
            next: 0,
            slices: ((up_to - self.settled) / SLICE).clamp(1, SLICES),
            up_to,
        })
    }
}

/// Where a slice begins, in hexadecimal; behind the last one, what no key reaches.
pub(super) fn bound(slice: i64, slices: i64) -> String {
    u16::try_from(65_536 * slice / slices)
        .map_or_else(|_| hex(&[0xFF; 13]), |first| hex(&first.to_be_bytes()))
}

#[cfg(test)]
mod tests;
