//! What must be true of the data folder before it is used: database and stored files belong
//! together, and nobody else on the machine reads them.

use crate::db::Address;
use crate::error::{Error, Result};
use crate::private_files;
use std::path::{Path, PathBuf};

/// Refuses a new database beside stored files of another one (a mistyped `database_url`), and a
/// database whose stored files are not there (a disk that is not mounted).
///
/// # Errors
/// `Kind::Invalid`, with the folder and what to do.
pub(super) fn belong(has_key: bool, names_files: bool, storage: &Path) -> Result<()> {
    let empty = match storage.read_dir() {
        // Hidden files are locks and half-written parts, never what was kept.
        Ok(entries) => !entries
            .flatten()
            .any(|entry| !entry.file_name().to_string_lossy().starts_with('.')),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => true,
        // What is wrong with it is told when it is opened.
        Err(_) => return Ok(()),
    };
    let shown = storage.display();
    if !has_key && !empty {
        return Err(Error::invalid(
            format!(
                "文件夹 {shown} 里有已存的文件，而 database_url 所指的数据库是新的：请核对 database_url；确要新建站点的，先移走这个文件夹"
            ),
            format!(
                "the folder {shown} holds stored files, but the database of database_url is new: check database_url; to begin a new site, move that folder away first"
            ),
        ));
    }
    if names_files && empty {
        return Err(Error::invalid(
            format!(
                "数据库里登记的文件应在 {shown}，但那里没有文件：请检查磁盘是否挂载、data_dir 是否正确，或从备份恢复；文件确已丢失仍要启动的，在该文件夹里放一个名为 LOST 的空文件"
            ),
            format!(
                "the database names files that should be in {shown}, but nothing is there: check that the disk is mounted and that data_dir is right, or restore the folder; if the files are lost for good, put an empty file named LOST there to start without them"
            ),
        ));
    }
    Ok(())
}

/// Takes from group and others what earlier versions or another umask left them. What cannot be
/// changed (a key on a read-only mount) is told in the log.
pub(super) fn tighten(address: &Address, key_file: &Path, storage: &Path) {
    let mut files = vec![key_file.to_owned()];
    if let Address::Sqlite(path) = address {
        let beside = |end: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        files.extend([path.clone(), beside("-wal"), beside("-shm")]);
    }
    let told = |path: &Path, cause: std::io::Error| {
        tracing::warn!(path = %path.display(), %cause, "others may read this; give it mode 0600 (a folder 0700)");
    };
    for file in files {
        if let Err(cause) = private_files::tighten(&file) {
            told(&file, cause);
        }
    }
    if storage.exists()
        && let Err(cause) = private_files::tighten_all(storage)
    {
        told(storage, cause);
    }
}
