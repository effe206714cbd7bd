//! Files and folders for the service's own account alone: mode 0600 and 0700, whatever the umask
//! is and whoever starts the program.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Result};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Takes what group and others may do from everything that this process and its children make.
pub fn keep_private() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

/// Opens a file to be written from its beginning, and makes it when it is not there.
///
/// # Errors
/// What the system reports.
pub fn create(path: &Path) -> Result<File> {
    options().create(true).truncate(true).open(path)
}

/// Makes a file that must not be there yet.
///
/// # Errors
/// What the system reports; `AlreadyExists` when there is one.
pub fn create_new(path: &Path) -> Result<File> {
    options().create_new(true).open(path)
}

/// Makes an empty file unless there is one.
///
/// # Errors
/// What the system reports.
pub fn touch(path: &Path) -> Result<()> {
    match create_new(path) {
        Err(cause) if cause.kind() != ErrorKind::AlreadyExists => Err(cause),
        _ => Ok(()),
    }
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

/// Makes a folder, and those above it that are missing. One that is there stays as it is.
///
/// # Errors
/// What the system reports.
pub fn make_folder(path: &Path) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Makes one folder that must not be there yet.
///
/// # Errors
/// What the system reports; `AlreadyExists` when there is one.
pub fn make_new_folder(path: &Path) -> Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}

/// Takes what group and others may do from a file or folder that is there already.
///
/// # Errors
/// What the system reports. A path that is not there is no fault.
pub fn tighten(path: &Path) -> Result<()> {
    let found = match fs::metadata(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    let mode = found.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o7700))
}

/// [`tighten`] for a folder and all below it. The folder itself comes last, so that a run that was
/// cut off is done again, and one that is tight already costs nothing. Links are passed over.
///
/// # Errors
/// As [`tighten`].
pub fn tighten_all(folder: &Path) -> Result<()> {
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            tighten_all(&entry.path())?;
        } else if kind.is_file() {
            tighten(&entry.path())?;
        }
    }
    tighten(folder)
}
