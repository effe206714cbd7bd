//! What the database remembers of the site key.

use crate::db::Db;
use crate::db::dialect;
use crate::db::schema::site_settings;
use crate::error::Result;
use diesel::prelude::*;

const CHECK: &str = "site_key_check";
/// Never seen from outside: it is taken out in the transaction that puts it in.
const BEGINNING: &str = "site_key_beginning";

/// The check value that the database was made with.
pub(super) fn site_key_check(db: &mut Db) -> Result<Option<String>> {
    if !dialect::has_table(db, "site_settings")? {
        return Ok(None);
    }
    Ok(site_settings::table
        .filter(site_settings::name.eq(CHECK))
        .select(site_settings::value)
        .first(db)
        .optional()?)
}

/// Waits for any other transaction that is giving the database its key.
pub(super) fn begin_site_key(db: &mut Db) -> Result<()> {
    let row = (
        site_settings::name.eq(BEGINNING),
        site_settings::value.eq(""),
    );
    crate::insert_once!(db, site_settings::table, row)?;
    diesel::delete(site_settings::table.filter(site_settings::name.eq(BEGINNING))).execute(db)?;
    Ok(())
}

/// Writes the check value of a new database down.
pub(super) fn set_site_key_check(db: &mut Db, value: &str) -> Result<()> {
    let row = (
        site_settings::name.eq(CHECK),
        site_settings::value.eq(value),
    );
    crate::insert_row!(db, site_settings::table, row)
}
