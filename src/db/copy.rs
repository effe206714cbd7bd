//! One whole copy of a database while others write.

use super::{Db, dialect};
use crate::error::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::path::Path;

/// Writes one state of an SQLite database to a file that is not there yet. Writers go on meanwhile,
/// and unlike SQLite's backup interface it never begins anew for them.
///
/// # Errors
/// `Kind::Invalid` when the path is no UTF-8, `Kind::Unavailable` when the disk is full, and what the
/// database reports. On PostgreSQL nothing is written.
pub fn copy_into(db: &mut Db, file: &Path) -> Result<()> {
    let Db::Sqlite(connection) = db else {
        return Ok(());
    };
    let path = file.to_str().ok_or_else(|| {
        Error::invalid(
            "备份文件夹的路径不是UTF-8，请换一个路径",
            "the path of the backup is not UTF-8; name another",
        )
    })?;
    diesel::sql_query("VACUUM INTO ?")
        .bind::<diesel::sql_types::Text, _>(path)
        .execute(connection)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Snapshot {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// Holds one state of a PostgreSQL database still while a closure runs, which gets the name by
/// which other connections see the same state.
///
/// # Errors
/// What the closure returns or the database reports.
pub fn hold_still<T>(db: &mut Db, work: impl FnOnce(&mut Db, &str) -> Result<T>) -> Result<T> {
    dialect::snapshot(db, |db| {
        db.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0")?;
        let held: Snapshot =
            diesel::sql_query("SELECT pg_export_snapshot() AS name").get_result(db)?;
        work(db, &held.name)
    })
}

/// Looks into an SQLite file that nobody else uses, without changing one byte of it.
///
/// # Errors
/// What the closure returns, or that the file cannot be opened.
pub fn look_at_copy<T>(file: &Path, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    let whole = std::path::absolute(file).map_err(Error::internal)?;
    let mut url = url::Url::from_file_path(&whole)
        .map_err(|()| Error::internal("a path that no address can name"))?;
    url.set_query(Some("mode=ro&immutable=1"));
    let connection = SqliteConnection::establish(url.as_str()).map_err(Error::internal)?;
    work(&mut Db::Sqlite(connection))
}
