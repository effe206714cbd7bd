//! Bringing the tables up to date, from the twin folders compiled into the program.

use super::{Db, dialect};
use crate::error::{Error, Kind, Result};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs what has not run yet.
pub(super) fn run(db: &mut Db) -> Result<()> {
    dialect::with_migration_lock(db, |db| {
        let done = match db {
            // In one transaction that takes the write lock before it looks what has run: of two
            // programs started at once, the second then finds nothing left to do.
            Db::Sqlite(connection) => {
                connection.immediate_transaction(|connection| -> Result<(), Failure> {
                    connection.run_pending_migrations(SQLITE)?;
                    Ok(())
                })
            }
            Db::Postgres(connection) => connection.run_pending_migrations(POSTGRES).map(|_| ()),
        };
        done.map_err(|cause| {
            Error::new(
                Kind::Unavailable,
                format!("数据库结构升级失败，原有数据未改动；请确认程序版本（{cause}）"),
                format!("the database could not be brought up to date and was left as it was; check the program's version ({cause})"),
            )
            .caused_by(cause)
        })
    })
}
