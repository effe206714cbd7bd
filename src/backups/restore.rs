//! Putting a backup in place: everything is checked before anything is written, the database comes
//! last. One that was interrupted is begun again.

use super::files::{copy, flush, make_folder, measure, names, unreadable, unwritable};
use super::model::{Entry, KEY, LIST, Manifest, POSTGRES, SQLITE, STORED};
use super::{store, tools};
use crate::db::copy::look_at_copy;
use crate::db::{Address, Database};
use crate::error::{Error, Kind, Result};
use crate::privacy::belongs;
use crate::privacy::site_key;
use crate::private_files;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Stands among stored files until a restore has come to its end.
const MARK: &str = ".restoring";

/// A backup, and where it goes.
pub struct Order<'a> {
    pub backup: &'a Path,
    pub address: &'a Address,
    /// The folder of stored files.
    pub storage: &'a Path,
    pub key_file: &'a Path,
}

/// Puts a backup into an empty place.
///
/// # Errors
/// `Kind::Invalid` when the backup is not whole, is of the other kind of database, or the key is not
/// its own; `Kind::Conflict` when something is at the place: then nothing was written.
/// `Kind::Unavailable` when something cannot be read or written: then the command can be given again.
pub fn restore(order: &Order<'_>) -> Result<Manifest> {
    let list = read_list(order.backup)?;
    for file in &list.files {
        check(order.backup, file)?;
    }
    must_fit(order.address, &list)?;
    must_be_empty(order)?;
    let own_key = judge_key(order, &list)?;
    put_stored(order, &list)?;
    if own_key && let Some(key) = site_key::read(&order.backup.join(KEY))? {
        site_key::keep(order.key_file, &key)?;
        belongs::look(Some(&list.site_key), order.key_file)?;
    }
    match order.address {
        Address::Sqlite(path) => put_sqlite(order.backup, path, &list)?,
        Address::Postgres(url) => {
            tools::restore(url, &order.backup.join(POSTGRES))?;
            let rows = Database::look(order.address, store::rows)?;
            must_agree(&rows.unwrap_or_default(), &list)?;
        }
    }
    let mark = order.storage.join(MARK);
    std::fs::remove_file(&mark).map_err(|cause| unwritable(&mark, cause))?;
    Ok(list)
}

fn read_list(backup: &Path) -> Result<Manifest> {
    let path = backup.join(LIST);
    match std::fs::read(&path) {
        Ok(bytes) => Manifest::read(&bytes),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Err(Error::invalid(
            format!(
                "{} 里没有 {LIST}，不是完整的备份；请写 jianyan backup 生成的文件夹",
                backup.display()
            ),
            format!(
                "{} holds no {LIST}, so it is no whole backup; name a folder that jianyan backup made",
                backup.display()
            ),
        )),
        Err(cause) => Err(unreadable(&path, cause)),
    }
}

/// Whether a file of the backup is a plain file, in plain folders, of the size and hash listed.
fn check(backup: &Path, file: &Entry) -> Result<()> {
    let mut path = backup.to_owned();
    let mut parts = file.path.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let found = path.symlink_metadata();
        let found = found.map_err(|_| changed(&path))?;
        let is_right = match parts.peek() {
            Some(_) => found.is_dir(),
            None => found.is_file() && found.len() == file.bytes,
        };
        if !is_right {
            return Err(changed(&path));
        }
    }
    match measure(&path)? == (file.bytes, file.sha256.clone()) {
        true => Ok(()),
        false => Err(changed(&path)),
    }
}

fn must_fit(address: &Address, list: &Manifest) -> Result<()> {
    let wanted = match address {
        Address::Sqlite(_) => SQLITE,
        Address::Postgres(_) => POSTGRES,
    };
    if list.file(wanted).is_some() {
        return Ok(());
    }
    let made_of = &list.database;
    Err(Error::invalid(
        format!(
            "这份备份出自{made_of}数据库，而 database_url 写的是另一种；请把 database_url 改成同一种数据库"
        ),
        format!(
            "this backup is of a {made_of} database, and database_url names the other kind; name one of the same kind there"
        ),
    ))
}

fn must_be_empty(order: &Order<'_>) -> Result<()> {
    match order.address {
        Address::Sqlite(path) => {
            for end in ["", "-wal", "-shm", "-journal"] {
                let mut beside = path.as_os_str().to_owned();
                beside.push(end);
                let beside = PathBuf::from(beside);
                if beside.symlink_metadata().is_ok() {
                    return Err(taken(&beside.display().to_string()));
                }
            }
        }
        Address::Postgres(_) => {
            if Database::look(order.address, store::is_taken)? == Some(true) {
                let server = order.address.server();
                return Err(taken(&server.unwrap_or_else(|| "database_url".to_owned())));
            }
        }
    }
    let found = names(order.storage)?;
    // Hidden files are locks and parts, never what was kept.
    let is_empty = found.iter().all(|name| name.starts_with('.'));
    match is_empty || found.iter().any(|name| name == MARK) {
        true => Ok(()),
        false => Err(taken(&order.storage.display().to_string())),
    }
}

/// Whether the key of the backup is to be used, because there is none in its place yet.
fn judge_key(order: &Order<'_>, list: &Manifest) -> Result<bool> {
    let is_there = order.key_file.symlink_metadata().is_ok();
    let inside = order.backup.join(KEY);
    if is_there || list.file(KEY).is_none() {
        belongs::look(Some(&list.site_key), order.key_file)?;
        return Ok(false);
    }
    belongs::look(Some(&list.site_key), &inside)?;
    site_key::must_be_makeable(order.key_file)?;
    Ok(true)
}

fn put_stored(order: &Order<'_>, list: &Manifest) -> Result<()> {
    make_folder(order.storage)?;
    let mark = order.storage.join(MARK);
    private_files::touch(&mark).map_err(|cause| unwritable(&mark, cause))?;
    flush(order.storage)?;
    let mut folders = vec![order.storage.to_owned()];
    for file in &list.files {
        let Some(place) = file.path.strip_prefix(STORED) else {
            continue;
        };
        let to = order.storage.join(place);
        let folder = to.parent().unwrap_or(order.storage);
        make_folder(folder)?;
        if folders.last().is_none_or(|last| last != folder) {
            folders.push(folder.to_owned());
        }
        let part = folder.join(MARK);
        copy_checked(order.backup, file, &part)?;
        std::fs::rename(&part, &to).map_err(|cause| unwritable(&to, cause))?;
    }
    folders.iter().rev().try_for_each(|folder| flush(folder))
}

fn copy_checked(backup: &Path, file: &Entry, to: &Path) -> Result<()> {
    let from = backup.join(&file.path);
    match copy(&from, to)? == (file.bytes, file.sha256.clone()) {
        true => Ok(()),
        false => Err(changed(&from)),
    }
}

/// The file gets its name when it is whole and counted; an interrupted copy is written over.
fn put_sqlite(backup: &Path, path: &Path, list: &Manifest) -> Result<()> {
    let whole = std::path::absolute(path).map_err(|cause| unwritable(path, cause))?;
    let folder = whole.parent().unwrap_or(Path::new("/"));
    make_folder(folder)?;
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.join(format!(".{name}{MARK}"));
    let file = list
        .file(SQLITE)
        .ok_or_else(|| changed(&backup.join(SQLITE)))?;
    copy_checked(backup, file, &part)?;
    must_agree(&look_at_copy(&part, store::rows)?, list)?;
    // A link, unlike a rename, never takes the place of a database that is there.
    std::fs::hard_link(&part, &whole).map_err(|cause| unwritable(&whole, cause))?;
    std::fs::remove_file(&part).map_err(|cause| unwritable(&part, cause))?;
    flush(folder)
}

fn must_agree(rows: &BTreeMap<String, i64>, list: &Manifest) -> Result<()> {
    let differs = |(table, counted): &(&String, &i64)| rows.get(*table) != Some(*counted);
    let Some((table, listed)) = list.rows.iter().find(differs) else {
        return Ok(());
    };
    let found = rows.get(table).copied().unwrap_or_default();
    Err(Error::invalid(
        format!(
            "恢复出的 {table} 有{found}行，备份清单写的是{listed}行；请换一份备份，或联系系统管理员"
        ),
        format!(
            "{table} came back with {found} rows, the list of the backup says {listed}; take another backup"
        ),
    ))
}

fn changed(path: &Path) -> Error {
    let shown = path.display();
    Error::invalid(
        format!("备份里的 {shown} 缺失或与清单不符（大小、SHA-256或种类），没有恢复；请换一份备份"),
        format!(
            "{shown} is missing from the backup or is not what its list says (size, SHA-256 or kind); it was not restored, take another backup"
        ),
    )
}

fn taken(place: &str) -> Error {
    Error::new(
        Kind::Conflict,
        format!(
            "{place} 已有内容，没有改动；恢复只写入空的地方：请先把原有的数据移走，或在设置里写另一处"
        ),
        format!(
            "{place} holds something already and was left as it is; a restore only fills an empty place: move what is there away first, or name another place in the settings"
        ),
    )
}
