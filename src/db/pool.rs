//! Connections kept open, by r2d2 (which diesel itself re-exports).

use super::fault::unreachable_database;
use super::opening::cannot_open;
use super::{Address, Db, dialect};
use crate::error::{Error, Result};
use crate::private_files;
use diesel::Connection;
use diesel::r2d2::R2D2Connection;
use std::time::Duration;

/// Opens one connection.
///
/// # Errors
/// `Kind::Unavailable` when the server cannot be reached or the file cannot be opened.
pub(super) fn connect(address: &Address) -> Result<Db> {
    let wrong = |said: String| cannot_open(address, &said);
    let mut db = match address {
        Address::Sqlite(path) => {
            // SQLite gives the files beside it the mode of this one. What it cannot be, opening says.
            let _ = private_files::touch(path);
            let path = path.to_string_lossy();
            diesel::SqliteConnection::establish(&path).map(Db::Sqlite)
        }
        Address::Postgres(url) => {
            diesel::PgConnection::establish(&Address::with_patience(url)).map(Db::Postgres)
        }
    }
    .map_err(|cause| wrong(cause.to_string()))?;
    dialect::prepare(&mut db).map_err(|cause| wrong(cause.to_string()))?;
    Ok(db)
}

struct Manager(Address);

impl diesel::r2d2::ManageConnection for Manager {
    type Connection = Db;
    type Error = Error;

    fn connect(&self) -> Result<Db> {
        connect(&self.0)
    }

    fn is_valid(&self, db: &mut Db) -> Result<()> {
        dialect::ping(db)
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        std::thread::panicking() || R2D2Connection::is_broken(db)
    }
}

/// The pool of reading (on PostgreSQL also writing) connections.
pub(super) struct Pool(diesel::r2d2::Pool<Manager>);

/// Keeps r2d2 from printing errors on its own: every error reaches the one who asked.
#[derive(Debug)]
struct Quiet;

impl<E> diesel::r2d2::HandleError<E> for Quiet {
    fn handle_error(&self, _: E) {}
}

impl Pool {
    pub(super) fn new(address: Address) -> Result<Self> {
        let on_server = matches!(address, Address::Postgres(_));
        diesel::r2d2::Pool::builder()
            .max_size(dialect::readers(&address))
            .min_idle(Some(1))
            .test_on_check_out(on_server)
            .connection_timeout(Duration::from_secs(5))
            .error_handler(Box::new(Quiet))
            .build(Manager(address.clone()))
            .map(Self)
            .map_err(|cause| cannot_open(&address, &cause.to_string()))
    }

    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        let mut db = self
            .0
            .get()
            .map_err(|cause| unreachable_database().caused_by(cause))?;
        work(&mut db)
    }
}
