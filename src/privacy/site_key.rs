//! The one secret of an installation: 32 random bytes in a file that only the service reads.

use super::model::Key;
use crate::error::{Error, Kind, Result};
use crate::ids::hex;
use std::io::Write;
use std::path::Path;

/// Reads the site key, or makes it when the file is not there yet.
///
/// The file holds 64 hexadecimal digits and is made with mode 0600.
///
/// # Errors
/// `Kind::Invalid` when the file holds something else, `Kind::Unavailable` when it cannot be read
/// or written.
pub fn load_or_create(path: &Path) -> Result<Key> {
    match std::fs::read_to_string(path) {
        Ok(text) => parse(text.trim()).ok_or_else(|| {
            Error::invalid(
                format!("密钥文件 {} 应为64位十六进制数，请恢复备份", path.display()),
                format!(
                    "the key file {} must hold 64 hexadecimal digits; restore it from your backup",
                    path.display()
                ),
            )
        }),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => create(path),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

fn create(path: &Path) -> Result<Key> {
    let key = Key::generate()?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|cause| unreadable(path, cause))?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = |mut file: std::fs::File| {
        file.write_all(hex(key.bytes()).as_bytes())?;
        file.sync_all()
    };
    match options.open(path).and_then(write) {
        Ok(()) => Ok(key),
        // Another copy of the program made it at the same moment.
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => load_or_create(path),
        Err(cause) => Err(unreadable(path, cause)),
    }
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

fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    Error::new(
        Kind::Unavailable,
        format!("密钥文件 {} 不能读写，请检查文件夹和权限", path.display()),
        format!(
            "the key file {} cannot be read or written; check its folder and permissions",
            path.display()
        ),
    )
    .caused_by(cause)
}
