//! Whether this database was made with this site key. Found out at the start, not when the first
//! contact details do not open.

use crate::db::Db;
use crate::db::schema::site_settings;
use crate::error::{Error, Result};
use diesel::prelude::*;

/// Remembers the key's check value in a new database; compares it in one that has one.
///
/// # Errors
/// `Kind::Invalid` when the database was made with another key.
pub fn check(db: &mut Db, value: &str) -> Result<()> {
    let row = (
        site_settings::name.eq("site_key_check"),
        site_settings::value.eq(value),
    );
    if crate::insert_once!(db, site_settings::table, row)? {
        return Ok(());
    }
    let known: String = site_settings::table
        .filter(site_settings::name.eq("site_key_check"))
        .select(site_settings::value)
        .first(db)?;
    if known == value {
        return Ok(());
    }
    Err(Error::invalid(
        "站点密钥与数据库不符：请使用建库时的密钥文件（site_key_file）",
        "the site key does not belong to this database; use the key file it was made with (site_key_file)",
    ))
}
