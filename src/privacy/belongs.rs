//! Which site key a database was made with. Found out before anything is made or changed, so that
//! a key that went missing is never replaced by one that opens nothing.

use super::model::Key;
use super::site_key;
use super::store;
use super::vault::{Vault, fingerprint};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use std::path::Path;

/// The check value of the key that a database was made with ([`Vault::check`]); `None` for a
/// database without one, or without our tables.
///
/// # Errors
/// What the database reports.
pub fn expected(db: &mut Db) -> Result<Option<String>> {
    store::site_key_check(db)
}

/// The keys from a key file, if they are those that a database expects; `None` when neither the
/// file nor a database that expects one is there. Writes nothing.
///
/// # Errors
/// When the database expects a key and the file is missing, unreadable, no key or another key:
/// `Kind::Invalid` or `Kind::Unavailable`, with the file, both keys' fingerprints and what to do.
pub fn look(expected: Option<&str>, file: &Path) -> Result<Option<Vault>> {
    let found = site_key::read(file);
    let Some(expected) = expected else {
        return found?.map(|key| Vault::new(&key)).transpose();
    };
    let wanted = fingerprint(expected);
    let key = found
        .map_err(|error| with_wanted(&error, wanted))?
        .ok_or_else(|| missing(file, wanted))?;
    let vault = Vault::new(&key)?;
    if vault.check() == expected {
        return Ok(Some(vault));
    }
    Err(another(file, vault.fingerprint(), wanted))
}

/// The keys of a database: by the key file it was made with, or, for a new database, by a key file
/// that is there or made now. Of several programs that begin at once one decides.
///
/// # Errors
/// As [`look`]; `Kind::Unavailable` when the file cannot be written.
pub fn settle(db: &mut Db, file: &Path) -> Result<Vault> {
    let mut expected = store::site_key_check(db)?;
    if expected.is_none() {
        // Held until the end of the transaction: nobody else gives the database a key meanwhile.
        store::begin_site_key(db)?;
        expected = store::site_key_check(db)?;
    }
    if let Some(vault) = look(expected.as_deref(), file)? {
        if expected.is_none() {
            store::set_site_key_check(db, vault.check())?;
        }
        return Ok(vault);
    }
    // The file comes first: a database must never expect a key that nobody has.
    let key: Key = site_key::load_or_create(file)?;
    let vault = Vault::new(&key)?;
    store::set_site_key_check(db, vault.check())?;
    Ok(vault)
}

fn missing(file: &Path, wanted: &str) -> Error {
    let file = file.display();
    Error::invalid(
        format!(
            "没有找到密钥文件 {file}：数据库要的是指纹为 {wanted} 的密钥；请从备份中找回这份密钥文件放到该处，或在 site_key_file 里写明它的位置；没有生成新的密钥"
        ),
        format!(
            "the key file {file} is not there, and this database was made with the key {wanted}; put your copy of that key file there, or name its place as site_key_file; no new key was made"
        ),
    )
}

fn another(file: &Path, found: &str, wanted: &str) -> Error {
    let file = file.display();
    Error::invalid(
        format!(
            "站点密钥与数据库不符：{file} 里是指纹为 {found} 的密钥，数据库要的是 {wanted}；请换成建库时的密钥文件，或在 site_key_file 里写明它的位置"
        ),
        format!(
            "the site key does not belong to this database: {file} holds the key {found}, the database was made with {wanted}; put the key file it was made with there, or name its place as site_key_file"
        ),
    )
}

/// What a file is not, and which key should be in it.
fn with_wanted(error: &Error, wanted: &str) -> Error {
    let both = error.both();
    let kind = match error.kind() {
        Kind::Invalid => Kind::Invalid,
        _ => Kind::Unavailable,
    };
    Error::new(
        kind,
        format!("{}（数据库要的是指纹为 {wanted} 的密钥）", both.zh),
        format!("{} (this database was made with the key {wanted})", both.en),
    )
    .caused_by(error.to_string())
}
