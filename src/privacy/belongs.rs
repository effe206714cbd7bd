//! Whether this database was made with this site key. Found out at the start, not when the first
//! contact details do not open.

use super::store;
use super::vault::Vault;
use crate::db::Db;
use crate::error::{Error, Result};

/// Remembers the key's check value in a new database; compares it in one that has one.
///
/// # Errors
/// `Kind::Invalid` when the database was made with another key.
pub fn check(db: &mut Db, vault: &Vault) -> Result<()> {
    if store::site_key_check(db, vault.check())? == vault.check() {
        return Ok(());
    }
    Err(Error::invalid(
        "站点密钥与数据库不符：请使用建库时的密钥文件（site_key_file）",
        "the site key does not belong to this database; use the key file it was made with (site_key_file)",
    ))
}
