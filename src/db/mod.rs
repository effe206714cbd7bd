//! The only ways to a database connection: [`Database::read`], [`Database::write`] and their
//! blocking twins. SQLite and PostgreSQL are equals; what differs between them stands in
//! `dialect.rs`.

pub mod copy;
pub mod dialect;
mod fault;
mod lane;
mod migrate;
pub mod once;
mod opening;
pub mod people;
mod pool;
pub mod schema;
pub mod storage;

pub use crate::config::Address;
use crate::config::WRITES_WAITING;
use crate::error::{Error, Kind, Result};
use pool::Pool;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// One connection to either database.
///
/// Construct the variant yourself: diesel's own `establish` would try SQLite for any address.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Postgres(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}

/// A handle on the database, cheap to clone.
#[derive(Clone)]
pub struct Database {
    readers: Arc<Pool>,
    writer: Writer,
}

#[derive(Clone)]
enum Writer {
    /// SQLite: one thread owns the one writing connection.
    Lane(lane::Lane),
    /// PostgreSQL: any pooled connection writes; a permit for each change that waits or is written.
    Pooled(Arc<Semaphore>),
}

impl Database {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it cannot be reached or opened.
    pub fn open(address: &Address) -> Result<Self> {
        Self::open_for(address, WRITES_WAITING)
    }

    /// [`Database::open`] with a limit to how many changes may wait to be written at once; what is
    /// more is turned away with `Kind::Busy`, which is told at once, instead of being kept waiting.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_for(address: &Address, may_wait: usize) -> Result<Self> {
        opening::must_be_writable(address)?;
        let mut first = pool::connect(address)?;
        migrate::run(&mut first).map_err(|error| opening::cannot_make(address, error))?;
        let readers = Arc::new(Pool::new(address.clone())?);
        let writer = match address {
            Address::Sqlite(_) => Writer::Lane(lane::Lane::start(first, may_wait)?),
            Address::Postgres(_) => Writer::Pooled(Arc::new(Semaphore::new(may_wait.max(1)))),
        };
        Ok(Self { readers, writer })
    }

    /// Looks into a database as it is, without bringing its tables up to date; `None` when there is
    /// no such SQLite file, which is then not made.
    ///
    /// # Errors
    /// As [`Database::open`], and what the closure returns.
    pub fn look<T>(
        address: &Address,
        work: impl FnOnce(&mut Db) -> Result<T>,
    ) -> Result<Option<T>> {
        match address {
            Address::Sqlite(path) if !path.exists() => Ok(None),
            _ => work(&mut pool::connect(address)?).map(Some),
        }
    }

    /// Runs a closure that only reads.
    ///
    /// # Errors
    /// What the closure returns, or `Kind::Unavailable` when no connection can be had.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db) -> Result<T> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        in_background(move || readers.with(work)).await
    }

    /// Runs a closure that reads, in this thread.
    ///
    /// # Errors
    /// As [`Database::read`].
    pub fn read_now<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        self.readers.with(work)
    }

    /// Runs a closure that reads one unchanging state of the whole database, in this thread: for
    /// exports, whose counts and rows must agree.
    ///
    /// # Errors
    /// As [`Database::read`].
    pub fn read_snapshot<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        self.readers.with(|db| dialect::snapshot(db, work))
    }

    /// Runs a closure in a transaction of its own; the answer comes when its changes are on disk.
    ///
    /// The closure may run more than once (PostgreSQL asks for that when two transactions meet),
    /// so it must change nothing but the database. An error it returns undoes its changes.
    ///
    /// # Errors
    /// What the closure returns, or `Kind::Unavailable` when the database does not answer.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Db) -> Result<T> + Send + 'static,
    {
        match &self.writer {
            Writer::Lane(lane) => lane.submit(work)?.await.map_err(|_| lane::stopped())?,
            Writer::Pooled(permits) => {
                // Held by the work itself: whoever hangs up leaves it waiting all the same.
                let permit = Arc::clone(permits).try_acquire_owned();
                let permit = permit.map_err(|_| lane::busy())?;
                let readers = Arc::clone(&self.readers);
                in_background(move || {
                    let done = readers.with(|db| dialect::transaction(db, work));
                    drop(permit);
                    done
                })
                .await
            }
        }
    }

    /// [`Database::write`] in this thread, for commands.
    ///
    /// # Errors
    /// As [`Database::write`].
    pub fn write_now<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Db) -> Result<T> + Send + 'static,
    {
        match &self.writer {
            Writer::Lane(lane) => lane
                .submit(work)?
                .blocking_recv()
                .map_err(|_| lane::stopped())?,
            Writer::Pooled(_) => self.readers.with(|db| dialect::transaction(db, work)),
        }
    }

    /// Removes what was erased from where no statement reads it any more, as far as can be done beside
    /// others who use the database: see docs/OPERATIONS.md. What fails is noted; for SQLite it is done
    /// within the hour ([`Database::cut_log`]), PostgreSQL does it by itself.
    pub async fn forget_erased(&self) {
        if let Err(error) = self.read(dialect::vacuum_erased).await {
            tracing::warn!(?error, "the tables could not be vacuumed after an erasure");
        }
        self.cut_log().await;
    }

    /// Cuts SQLite's write-ahead log to nothing. Tries for two seconds while others read.
    pub async fn cut_log(&self) {
        for _ in 0..20 {
            match self.read(dialect::cut_log).await {
                Ok(true) => return,
                Ok(false) => tokio::time::sleep(Duration::from_millis(100)).await,
                Err(error) => {
                    tracing::warn!(?error, "the database's log could not be cut");
                    return;
                }
            }
        }
        tracing::info!("others use the database; its log is cut within the hour");
    }

    /// Whether the database answers a question now.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it does not.
    pub async fn ready(&self) -> Result<()> {
        self.read(dialect::ping).await
    }
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| {
        Error::new(
            Kind::Internal,
            "数据库操作意外中断，请稍后再试",
            "a database operation stopped unexpectedly; try again later",
        )
        .caused_by(cause)
    })?
}
