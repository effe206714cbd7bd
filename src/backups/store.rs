//! What a copy of the database says of itself.

use crate::db::{Db, dialect};
use crate::error::Result;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeMap;

/// The tables whose rows are compared after a restore.
const MAIN: [&str; 8] = [
    "consultations",
    "submissions",
    "remarks",
    "responses",
    "attachments",
    "letters",
    "staff",
    "audit_events",
];

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    counted: i64,
}

/// Rows of the main tables that this database has.
pub(super) fn rows(db: &mut Db) -> Result<BTreeMap<String, i64>> {
    let mut found = BTreeMap::new();
    for table in MAIN {
        if dialect::has_table(db, table)? {
            let sql = format!("SELECT count(*) AS counted FROM {table}");
            let count: Count = diesel::sql_query(sql).get_result(db)?;
            found.insert(table.to_owned(), count.counted);
        }
    }
    Ok(found)
}

/// Whether a database holds tables of ours.
pub(super) fn is_taken(db: &mut Db) -> Result<bool> {
    Ok(dialect::has_table(db, "site_settings")?
        || dialect::has_table(db, "__diesel_schema_migrations")?)
}
