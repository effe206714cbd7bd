//! Making a backup: database first, then files; then every row of the copy has its file.

use super::files::{copy_if_there, flush, make_folder, measure, names, stored, unwritable};
use super::model::{KEY, LIST, Manifest, POSTGRES, SQLITE, STORED};
use super::{store, tools};
use crate::db::copy::{copy_into, hold_still, look_at_copy};
use crate::db::{Address, Database};
use crate::error::{Error, Kind, Result};
use crate::ids::hex;
use crate::privacy::belongs;
use crate::privacy::site_key;
use crate::private_files;
use jiff::Timestamp;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What is copied, and where to.
pub struct Order<'a> {
    pub address: &'a Address,
    /// The folder of stored files.
    pub storage: &'a Path,
    pub key_file: &'a Path,
    /// A folder that is not there yet, or is empty.
    pub target: &'a Path,
    pub with_key: bool,
    pub now: Timestamp,
}

/// Makes a backup beside a running service. The folder appears when all of it is on the disk.
///
/// # Errors
/// `Kind::Conflict` when the target holds something, `Kind::Invalid` when there is no site to copy
/// or the key file is not its own, `Kind::Unavailable` when something cannot be read or written or
/// `pg_dump` does not work. Then no target is made, and one that is there stays as it is.
pub fn make(order: &Order<'_>) -> Result<Manifest> {
    let (target, part) = begin(order.target)?;
    let site_key = Database::look(order.address, belongs::expected)?;
    let site_key = site_key.flatten().ok_or_else(no_site)?;
    let kind = match order.address {
        Address::Sqlite(_) => "sqlite",
        Address::Postgres(_) => "postgres",
    };
    let mut list = Manifest::new(order.now, kind, &site_key);
    if order.with_key {
        belongs::look(Some(&site_key), order.key_file)?;
    }
    copy_database(order.address, part.path(), &mut list)?;
    copy_stored(order.storage, part.path(), &mut list)?;
    if order.with_key {
        copy_key(order.key_file, part.path(), &mut list)?;
    }
    write_list(part.path(), &list)?;
    flush(part.path())?;
    std::fs::rename(part.path(), &target).map_err(|cause| unwritable(&target, cause))?;
    // It has its own name now; there is nothing left to be removed.
    let _ = part.keep();
    flush(target.parent().unwrap_or(Path::new("/")))?;
    Ok(list)
}

/// The whole path of the target, and a hidden folder beside it that is removed unless it is kept.
fn begin(target: &Path) -> Result<(PathBuf, TempDir)> {
    let whole = std::path::absolute(target).map_err(|cause| unwritable(target, cause))?;
    let whole = whole.canonicalize().unwrap_or(whole);
    let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
        return Err(taken(target));
    };
    if whole.exists() && (!whole.is_dir() || !names(&whole)?.is_empty()) {
        return Err(taken(target));
    }
    make_folder(parent)?;
    let part = tempfile::Builder::new()
        .prefix(&format!(".{}.part-", name.to_string_lossy()))
        .tempdir_in(parent)
        .map_err(|cause| unwritable(parent, cause))?;
    Ok((whole, part))
}

fn copy_database(address: &Address, part: &Path, list: &mut Manifest) -> Result<()> {
    let name = match address {
        Address::Sqlite(_) => SQLITE,
        Address::Postgres(_) => POSTGRES,
    };
    let file = part.join(name);
    let rows = match address {
        Address::Sqlite(_) => {
            Database::look(address, |db| copy_into(db, &file))?;
            flush(&file)?;
            Some(look_at_copy(&file, store::rows)?)
        }
        Address::Postgres(url) => Database::look(address, |db| {
            hold_still(db, |db, snapshot| {
                let rows = store::rows(db)?;
                tools::dump(url, snapshot, &file)?;
                Ok(rows)
            })
        })?,
    };
    list.rows = rows.unwrap_or_default();
    flush(&file)?;
    list.add(name, measure(&file)?);
    Ok(())
}

fn copy_stored(storage: &Path, part: &Path, list: &mut Manifest) -> Result<()> {
    let copies = part.join("storage");
    make_folder(&copies)?;
    let mut folders = vec![copies.clone()];
    for place in stored(storage)? {
        let to = copies.join(&place);
        if let Some(folder) = to.parent()
            && folders.last().is_none_or(|last| last != folder)
        {
            make_folder(folder)?;
            folders.push(folder.to_owned());
        }
        // One that an erasure removed meanwhile is not brought back.
        if let Some(measure) = copy_if_there(&storage.join(&place), &to)? {
            list.add(&format!("{STORED}{place}"), measure);
        }
    }
    folders.iter().rev().try_for_each(|folder| flush(folder))
}

fn copy_key(file: &Path, part: &Path, list: &mut Manifest) -> Result<()> {
    let key = site_key::read(file)?.ok_or_else(no_site)?;
    let to = part.join(KEY);
    let written = private_files::create_new(&to).and_then(|mut file| {
        file.write_all(hex(key.bytes()).as_bytes())?;
        file.sync_all()
    });
    written.map_err(|cause| unwritable(&to, cause))?;
    list.add(KEY, measure(&to)?);
    Ok(())
}

fn write_list(part: &Path, list: &Manifest) -> Result<()> {
    let path = part.join(LIST);
    let text = serde_json::to_vec_pretty(list).map_err(Error::internal)?;
    let written = private_files::create_new(&path).and_then(|mut file| {
        file.write_all(&text)?;
        file.sync_all()
    });
    written.map_err(|cause| unwritable(&path, cause))
}

fn taken(target: &Path) -> Error {
    let shown = target.display();
    Error::new(
        Kind::Conflict,
        format!("{shown} 已有内容，没有改动；请另写一个还不存在的文件夹，例如以日期命名"),
        format!(
            "{shown} holds something already and was left as it is; name a folder that is not there yet, such as one with today's date"
        ),
    )
}

fn no_site() -> Error {
    Error::invalid(
        "database_url 所指之处没有本程序的数据库，没有可备份的内容；请核对 --config 和 database_url",
        "there is no database of this program where database_url points, so nothing to back up; check --config and database_url",
    )
}
