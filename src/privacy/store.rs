//! What the database remembers of the site key.

use crate::db::Db;
use crate::db::schema::site_settings;
use crate::error::Result;
use diesel::prelude::*;

/// The check value that the database was made with: the one given here when it had none.
pub(super) fn site_key_check(db: &mut Db, value: &str) -> Result<String> {
    let row = (
        site_settings::name.eq("site_key_check"),
        site_settings::value.eq(value),
    );
    if crate::insert_once!(db, site_settings::table, row)? {
        return Ok(value.to_owned());
    }
    Ok(site_settings::table
        .filter(site_settings::name.eq("site_key_check"))
        .select(site_settings::value)
        .first(db)?)
}
