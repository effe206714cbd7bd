//! A file appears whole or not at all: written under a temporary name beside the target, flushed to
//! the disk, then renamed. A refused export leaves nothing behind, and an older file as it was.

use crate::error::{Error, Kind, Result};
use crate::export::model::{Format, Head, Row};
use crate::export::{csv, docx, xlsx};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes the summary in one format. The file is readable by its owner alone (mode 0600 on Unix),
/// because the archive edition holds personal data.
///
/// # Errors
/// `Kind::Internal` when the numbers do not add up; `Kind::Unavailable` when the folder cannot be
/// written to; whatever the rows themselves report.
pub fn export<I>(format: Format, head: &Head, rows: I, target: &Path) -> Result<()>
where
    I: IntoIterator<Item = Result<Row>>,
{
    write_file(target, |out| write(format, head, rows, out))
}

/// Writes the summary in one format to whatever takes bytes.
///
/// # Errors
/// As [`export`]; what was written until then must be dropped.
pub fn write<I, W>(format: Format, head: &Head, rows: I, out: W) -> Result<()>
where
    I: IntoIterator<Item = Result<Row>>,
    W: Write + Send,
{
    match format {
        Format::Xlsx => xlsx::write(head, rows, out),
        Format::Csv => csv::write(head, rows, out),
        Format::Docx => docx::write(head, rows, out),
    }
}

/// Lets `fill` write the file and puts it in place when that succeeds.
///
/// # Errors
/// What `fill` reports, or `Kind::Unavailable` with the system's cause.
pub fn write_file<F>(target: &Path, fill: F) -> Result<()>
where
    F: FnOnce(&mut BufWriter<&mut File>) -> Result<()>,
{
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut part = tempfile::Builder::new()
        .prefix(".export-")
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(cannot_write)?;
    {
        let mut buffer = BufWriter::new(part.as_file_mut());
        fill(&mut buffer)?;
        buffer.flush().map_err(cannot_write)?;
    }
    part.as_file().sync_all().map_err(cannot_write)?;
    part.persist(target)
        .map_err(|failed| cannot_write(failed.error))?;
    sync_folder(folder)
}

/// A rename is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(cannot_write)
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<()> {
    Ok(())
}

#[track_caller]
fn cannot_write(cause: std::io::Error) -> Error {
    Error::new(
        Kind::Unavailable,
        "导出文件无法写入目标文件夹，未留下任何文件；请检查文件夹是否存在、权限和剩余空间",
        "cannot write the export into its folder, nothing was left there; check that it exists, its permissions and free space",
    )
    .caused_by(cause)
}
