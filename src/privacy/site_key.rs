//! The one secret of an installation: 32 random bytes in a file that only the service reads.

use super::model::Key;
use crate::error::{Error, Kind, Result, why};
use crate::ids::{hex, random};
use crate::private_files;
use std::io::Write;
use std::path::Path;

/// Reads the site key, or makes it when the file is not there yet.
///
/// The file holds 64 hexadecimal digits and is made with mode 0600.
///
/// # Errors
/// As [`read`]; `Kind::Unavailable` when the file cannot be written.
pub fn load_or_create(path: &Path) -> Result<Key> {
    match read(path)? {
        Some(key) => Ok(key),
        None => create(path),
    }
}

/// Reads the site key; `None` when the file is not there.
///
/// # Errors
/// `Kind::Invalid` when the file holds something else, `Kind::Unavailable` when it cannot be read.
pub fn read(path: &Path) -> Result<Option<Key>> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let text = std::str::from_utf8(&bytes).unwrap_or_default().trim();
            parse(text).map(Some).ok_or_else(|| misshapen(path))
        }
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

fn create(path: &Path) -> Result<Key> {
    let key = Key::generate()?;
    match keep(path, &key)? {
        true => Ok(key),
        // Another copy of the program made it at the same moment.
        false => load_or_create(path),
    }
}

/// Writes a key file of mode 0600, and the folder it is in; `false` when there is one already,
/// which stays as it is.
///
/// # Errors
/// `Kind::Unavailable` when it cannot be written.
pub fn keep(path: &Path, key: &Key) -> Result<bool> {
    if let Some(folder) = path.parent() {
        private_files::make_folder(folder).map_err(|cause| unreadable(path, cause))?;
    }
    let beside = path.with_file_name(format!(".site-key-{}", hex(&random::<8>()?)));
    let written = write_whole(&beside, &hex(key.bytes()));
    // A link, unlike a rename, never takes the place of a key that is there.
    let linked = written.and_then(|()| std::fs::hard_link(&beside, path));
    let _ = std::fs::remove_file(&beside);
    match linked.and_then(|()| flush_folder(path)) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

/// Asks whether a key file can be made, before a database is made that would wait for it.
///
/// # Errors
/// `Kind::Unavailable` when its folder cannot be made or written to.
pub fn must_be_makeable(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        private_files::make_folder(folder).map_err(|cause| unreadable(path, cause))?;
    }
    let probe = path.with_file_name(format!(".probe-{}", hex(&random::<8>()?)));
    let written = write_whole(&probe, &"0".repeat(64));
    let _ = std::fs::remove_file(&probe);
    written.map_err(|cause| unreadable(path, cause))
}

/// Written beside its place first: a key file that can be seen is whole, whenever the program or
/// the machine stops.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = private_files::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes the new name in the folder last.
fn flush_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn parse(text: &str) -> Option<Key> {
    let mut bytes = [0_u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(Key::from_bytes(bytes))
}

fn misshapen(path: &Path) -> Error {
    let path = path.display();
    Error::invalid(
        format!("密钥文件 {path} 应为64位十六进制数，请恢复备份"),
        format!("the key file {path} must hold 64 hexadecimal digits; restore it from your backup"),
    )
}

fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    let (shown, why) = (path.display(), why(&cause));
    Error::new(
        Kind::Unavailable,
        format!("密钥文件 {shown} 不能读写：{}；请检查文件、文件夹和它们的所有者、权限", why.zh),
        format!(
            "the key file {shown} cannot be read or written: {}; check the file, its folder, their owner and permissions",
            why.en
        ),
    )
    .caused_by(cause)
}
