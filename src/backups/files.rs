//! Files of a backup: copied with their hash, flushed, private.

use super::model::is_stored;
use crate::error::{Error, Kind, Result, why};
use crate::ids::hex;
use crate::private_files;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// Size in bytes and SHA-256 in hexadecimal.
pub(super) type Measure = (u64, String);

/// Copies a file, flushed to the disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<Measure> {
    let source = File::open(from).map_err(|cause| unreadable(from, cause))?;
    copy_open(source, from, to)
}

/// [`copy`] of a file that may be removed meanwhile; `None` when it is gone.
pub(super) fn copy_if_there(from: &Path, to: &Path) -> Result<Option<Measure>> {
    match File::open(from) {
        Ok(source) => copy_open(source, from, to).map(Some),
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(unreadable(from, cause)),
    }
}

fn copy_open(source: File, from: &Path, to: &Path) -> Result<Measure> {
    let failed = |cause| unwritable(to, cause);
    let mut target = private_files::create(to).map_err(failed)?;
    let measure = pour(source, |bytes| target.write_all(bytes).map_err(failed))
        .map_err(|failure| failure.unwrap_or_else(|cause| unreadable(from, cause)))?;
    target.sync_all().map_err(failed)?;
    Ok(measure)
}

/// Size and hash of a file.
pub(super) fn measure(file: &Path) -> Result<Measure> {
    let source = File::open(file).map_err(|cause| unreadable(file, cause))?;
    pour(source, |_| Ok(()))
        .map_err(|failure| failure.unwrap_or_else(|cause| unreadable(file, cause)))
}

/// Reads to the end; what fails is the taker (`Ok`) or the reading (`Err`).
fn pour(
    mut source: File,
    mut take: impl FnMut(&[u8]) -> Result<()>,
) -> Result<Measure, Result<Error, io::Error>> {
    let mut hash = Sha256::new();
    let (mut size, mut room) = (0_u64, vec![0_u8; 1 << 16]);
    loop {
        let read = source.read(&mut room).map_err(Err)?;
        let bytes = room.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            return Ok((size, hex(&hash.finalize())));
        }
        hash.update(bytes);
        size = size.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        take(bytes).map_err(Ok)?;
    }
}

/// The places of the kept files in a folder of stored files, in their order; none when there is no
/// such folder.
pub(super) fn stored(storage: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in names(storage)? {
        if folder.starts_with('.') || !storage.join(&folder).is_dir() {
            continue;
        }
        let inside = names(&storage.join(&folder))?;
        let places = inside.iter().map(|name| format!("{folder}/{name}"));
        found.extend(places.filter(|place| is_stored(place)));
    }
    found.sort();
    Ok(found)
}

/// What is in a folder; nothing when there is none. Names that are not UTF-8 are none of ours.
pub(super) fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|cause| unreadable(folder, cause))?,
    };
    entries
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()
        .map_err(|cause| unreadable(folder, cause))
}

pub(super) fn make_folder(folder: &Path) -> Result<()> {
    private_files::make_folder(folder).map_err(|cause| unwritable(folder, cause))
}

/// Makes what was written in a folder, or to one file, last.
pub(super) fn flush(path: &Path) -> Result<()> {
    let flushed = File::open(path).and_then(|open| open.sync_all());
    flushed.map_err(|cause| unwritable(path, cause))
}

#[track_caller]
pub(super) fn unreadable(path: &Path, cause: io::Error) -> Error {
    let (shown, why) = (path.display(), why(&cause));
    Error::new(
        Kind::Unavailable,
        format!("无法读取 {shown}：{}；请检查路径和权限", why.zh),
        format!(
            "cannot read {shown}: {}; check the path and its permissions",
            why.en
        ),
    )
    .caused_by(cause)
}

#[track_caller]
pub(super) fn unwritable(path: &Path, cause: io::Error) -> Error {
    let (shown, why) = (path.display(), why(&cause));
    Error::new(
        Kind::Unavailable,
        format!("无法写入 {shown}：{}；请检查路径、权限和磁盘空间", why.zh),
        format!(
            "cannot write {shown}: {}; check the path, its permissions and the disk's free space",
            why.en
        ),
    )
    .caused_by(cause)
}
