//! Everything in which SQLite and PostgreSQL differ.

use super::fault::may_retry;
use super::{Address, Db};
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::time::{Duration, Instant};

/// How often a PostgreSQL transaction is tried when it meets others.
const ATTEMPTS: u32 = 8;

/// How long another process that holds SQLite's lock is waited for.
const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// Inserts a row unless one with the same key is there; answers whether it was inserted.
///
/// `on_conflict` does not work through the connection enum, so each database gets its own words.
#[macro_export]
macro_rules! insert_once {
    ($db:expr, $table:expr, $row:expr) => {
        match $db {
            $crate::db::Db::Sqlite(connection) => diesel::insert_or_ignore_into($table)
                .values($row)
                .execute(connection),
            $crate::db::Db::Postgres(connection) => diesel::insert_into($table)
                .values($row)
                .on_conflict_do_nothing()
                .execute(connection),
        }
        .map(|rows| rows == 1)
        .map_err($crate::error::Error::from)
    };
}

/// Inserts a row.
///
/// Given to each database's own connection: through the connection enum diesel would put the
/// statement together anew each time, instead of finding it prepared.
#[macro_export]
macro_rules! insert_row {
    ($db:expr, $table:expr, $row:expr) => {
        match $db {
            $crate::db::Db::Sqlite(connection) => {
                diesel::insert_into($table).values($row).execute(connection)
            }
            $crate::db::Db::Postgres(connection) => {
                diesel::insert_into($table).values($row).execute(connection)
            }
        }
        .map(|_| ())
        .map_err($crate::error::Error::from)
    };
}

/// Sets a new connection up.
///
/// SQLite: write-ahead log, every commit on disk before it is answered, at most five seconds of
/// waiting for another process, a page cache of 2 MiB, and what is deleted is overwritten. PostgreSQL: a statement may take
/// thirty seconds, so that a lost network does not hold a request for ever.
pub(super) fn prepare(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(_) => {
            db.batch_execute("PRAGMA busy_timeout = 5000")?;
            // Of several programs that open a new file at once, SQLite turns all but one away from
            // this switch without waiting.
            when_unlocked(db, "PRAGMA journal_mode = WAL")?;
            db.batch_execute(
                "PRAGMA synchronous = FULL; PRAGMA cache_size = -2048; \
                 PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
            )
        }
        Db::Postgres(connection) => connection.batch_execute(
            "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; \
             SET client_min_messages = 'warning';",
        ),
    }
}

/// Sets the writer lane's connection up for many small changes spread over its indexes: up to 64 MiB
/// of pages kept, which hold the keys of a million submissions, and 32 MiB of write-ahead log before it is copied into the database, by when most
/// pages have changed many times and are copied once.
pub(super) fn prepare_writer(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Sqlite(connection) => connection
            .batch_execute("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192;"),
        Db::Postgres(_) => Ok(()),
    }
}

/// Copies SQLite's write-ahead log into the database and cuts it to nothing, so that it holds no
/// words that were erased; answers whether readers or other processes let it. On PostgreSQL there is
/// nothing to be done from here.
///
/// Not to be called in a transaction.
pub(super) fn cut_log(db: &mut Db) -> Result<bool> {
    let Db::Sqlite(connection) = db else {
        return Ok(true);
    };
    // The writer waits while the log is cut: a moment at most.
    connection.batch_execute("PRAGMA busy_timeout = 100")?;
    let cut = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").load::<Checkpoint>(connection);
    connection.batch_execute("PRAGMA busy_timeout = 5000")?;
    Ok(cut?.iter().all(|row| row.busy == 0))
}

/// Makes the room of old versions of rows reusable that an erasure left in PostgreSQL's tables.
///
/// Not to be called in a transaction.
pub(super) fn vacuum_erased(db: &mut Db) -> Result<()> {
    if let Db::Postgres(connection) = db {
        for table in ERASED_TABLES {
            connection.batch_execute(&format!("VACUUM {table}"))?;
        }
    }
    Ok(())
}

/// The tables that an erasure writes.
const ERASED_TABLES: [&str; 9] = [
    "submissions",
    "remarks",
    "responses",
    "attachments",
    "letters",
    "uploads",
    "followers",
    "office_messages",
    "privacy_requests",
];

/// What SQLite answers to `PRAGMA wal_checkpoint`.
#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
}

/// How many connections read at once.
pub(super) fn readers(address: &Address) -> u32 {
    match address {
        Address::Sqlite(_) => 4,
        Address::Postgres(_) => 16,
    }
}

/// Runs a closure in a transaction, again when PostgreSQL says that it met another one.
pub(super) fn transaction<T>(db: &mut Db, mut work: impl FnMut(&mut Db) -> Result<T>) -> Result<T> {
    let mut attempt = 1;
    loop {
        match db.transaction::<T, Error, _>(&mut work) {
            Err(error) if attempt < ATTEMPTS && may_retry(&error) => {
                std::thread::sleep(Duration::from_millis(2 << attempt));
                attempt += 1;
            }
            answer => return answer,
        }
    }
}

/// Runs a closure that sees one unchanging state of the database.
pub(super) fn snapshot<T>(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    db.transaction(|db| {
        if let Db::Postgres(connection) = db {
            connection.batch_execute(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL statement_timeout = 0",
            )?;
        }
        work(db)
    })
}

/// Opens the transaction that a batch of the writer lane shares. IMMEDIATE takes the write lock at
/// once; a deferred one could fail in the middle when another process wrote meanwhile.
///
/// While another process holds the lock it is asked for every millisecond: SQLite's own waiting
/// ([`wait_by_itself`] turns it off) sleeps up to a tenth of a second between its tries, and beside
/// a service that writes without a pause seldom wakes when the lock is free.
pub(super) fn begin_batch(db: &mut Db) -> QueryResult<()> {
    when_unlocked(db, "BEGIN IMMEDIATE")
}

/// Runs a statement, again every millisecond while another process holds SQLite's lock.
fn when_unlocked(db: &mut Db, sql: &str) -> QueryResult<()> {
    let started = Instant::now();
    loop {
        match db.batch_execute(sql) {
            Err(error) if is_locked(&error) && started.elapsed() < LOCK_PATIENCE => {
                std::thread::sleep(Duration::from_millis(1));
            }
            done => return done,
        }
    }
}

/// Makes the writer lane's connection answer at once that the lock is taken.
pub(super) fn wait_by_itself(db: &mut Db) -> QueryResult<()> {
    db.batch_execute("PRAGMA busy_timeout = 0")
}

/// Whether another process holds SQLite's lock.
pub(super) fn is_locked(error: &diesel::result::Error) -> bool {
    error.to_string().contains("database is locked")
}

/// Keeps new processes from migrating the same PostgreSQL database at once. On SQLite the
/// migrations run in a transaction that takes the file's write lock first.
pub(super) fn with_migration_lock<T>(
    db: &mut Db,
    work: impl FnOnce(&mut Db) -> Result<T>,
) -> Result<T> {
    const LOCK: &str = "SELECT pg_advisory_lock(6074912183)";
    const UNLOCK: &str = "SELECT pg_advisory_unlock(6074912183)";
    if let Db::Postgres(connection) = db {
        connection.batch_execute(LOCK)?;
    }
    let answer = work(db);
    if let Db::Postgres(connection) = db {
        connection.batch_execute(UNLOCK)?;
    }
    answer
}

/// Until the transaction ends, no other one adds or changes a remark: what is asked of them meanwhile
/// stays true. Those that are at it are waited for, those that come wait.
///
/// SQLite has one writer at a time anyway. On PostgreSQL a transaction that has begun and not ended
/// adds rows that nobody else sees yet; the lock costs those that add remarks nothing until somebody
/// takes it, which a lock that each of them took on its consultation would.
///
/// # Errors
/// `Kind::Unavailable` when the database does not answer, `Kind::Internal` when others hold the table
/// for longer than a statement may take.
pub fn hold_remarks(db: &mut Db) -> Result<()> {
    if let Db::Postgres(connection) = db {
        connection.batch_execute("LOCK TABLE remarks IN SHARE ROW EXCLUSIVE MODE")?;
    }
    Ok(())
}

/// Whether a table of ours is there, in the folder of tables that is looked into first.
pub(crate) fn has_table(db: &mut Db, name: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        found: i64,
    }
    let sql = match db {
        Db::Sqlite(_) => {
            "SELECT count(*) AS found FROM sqlite_master WHERE type = 'table' AND name = ?"
        }
        Db::Postgres(_) => "SELECT count(*) AS found FROM pg_class WHERE oid = to_regclass($1)",
    };
    let query = diesel::sql_query(sql).bind::<diesel::sql_types::Text, _>(name);
    query.get_result::<Found>(db).map(|row| row.found > 0)
}

/// Asks the database for a sign of life.
pub(super) fn ping(db: &mut Db) -> Result<()> {
    Ok(db.batch_execute("SELECT 1")?)
}
