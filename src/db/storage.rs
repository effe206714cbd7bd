//! Files named by what they hold: raw letters, attachments, the notice as it came. Each is sealed
//! under the site key, written beside its place, flushed, and then moved there, so that a file
//! that can be seen is whole.

use crate::error::{Error, Kind, Result, why};
use crate::ids::{random, sha256};
use crate::privacy::model::Key;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long bytes are safe from [`Storage::forget`] after they were kept.
const YOUNG: Duration = Duration::from_secs(3600);

/// A folder of content-addressed files; cheap to clone.
#[derive(Clone, Debug)]
pub struct Storage {
    folder: PathBuf,
    key: Key,
}

impl Storage {
    /// Uses (and makes) a folder.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it cannot be made.
    pub fn open(folder: &Path, key: &Key) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|cause| unwritable(folder, cause))?;
        Ok(Self {
            folder: folder.to_owned(),
            key: key.clone(),
        })
    }

    /// Keeps some bytes; answers their SHA-256 in hexadecimal. Keeping the same bytes again
    /// changes nothing.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk cannot be written; no partial file is left in place.
    pub fn keep(&self, bytes: &[u8]) -> Result<String> {
        let name = sha256(bytes);
        let place = self.place(&name);
        if self.is_kept_again(&place) {
            return Ok(name);
        }
        let sealed = self.key.seal(bytes, &name)?;
        let parent = place.parent().unwrap_or(&self.folder);
        self.make_folder(parent)
            .map_err(|cause| unwritable(parent, cause))?;
        let beside = parent.join(format!(".{}", crate::ids::hex(&random::<8>()?)));
        let written = write_whole(&beside, &sealed)
            .and_then(|()| fs::rename(&beside, &place))
            .and_then(|()| File::open(parent)?.sync_all());
        written.map_err(|cause| {
            // Nothing refers to the partial file; failing to remove it loses nothing.
            let _ = fs::remove_file(&beside);
            unwritable(&place, cause)
        })?;
        Ok(name)
    }

    /// Whether the bytes are there already; marks them as kept now, which [`Storage::forget`]
    /// looks at.
    fn is_kept_again(&self, place: &Path) -> bool {
        let touch = || {
            let file = File::options().write(true).open(place)?;
            file.set_modified(self.just_written()?.modified()?)
        };
        // Looked for again afterwards: it may have been on its way out.
        place.exists() && touch().is_ok() && place.exists()
    }

    /// A file written just now: ages are counted by the disk's own time and nothing else is.
    fn just_written(&self) -> std::io::Result<fs::Metadata> {
        let probe = self.folder.join(format!(".time-{}", random_name()?));
        let written = File::create(&probe).and_then(|file| file.metadata());
        let _ = fs::remove_file(&probe);
        written
    }

    /// Removes the bytes kept under a SHA-256, unless they were kept (again) within the last hour:
    /// then whoever kept them may be about to write the row that refers to them. Ask for it only
    /// when no row does.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk cannot be written.
    pub fn forget(&self, name: &str) -> Result<()> {
        if !self.holds(name) {
            return Ok(());
        }
        let place = self.place(name);
        let removed = self.remove_old(&place);
        removed.map_err(|cause| unwritable(&place, cause))
    }

    /// Takes the file aside before its age is looked at: whoever keeps the same bytes meanwhile
    /// either made it young before, or does not find it and writes it anew.
    fn remove_old(&self, place: &Path) -> std::io::Result<()> {
        let aside = place.with_file_name(format!(".going-{}", random_name()?));
        match fs::rename(place, &aside) {
            // Another copy of the program was first.
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            renamed => renamed?,
        }
        let kept_at = fs::metadata(&aside)?.modified()?;
        let age = self.just_written()?.modified()?.duration_since(kept_at);
        if age.unwrap_or_default() < YOUNG && !place.exists() {
            return fs::rename(&aside, place);
        }
        fs::remove_file(&aside)
    }

    /// Whether something is kept under a SHA-256.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        name.len() == 64
            && name.bytes().all(|byte| byte.is_ascii_hexdigit())
            && self.place(name).exists()
    }

    /// The bytes kept under a SHA-256.
    ///
    /// # Errors
    /// `Kind::NotFound` when there are none, `Kind::Internal` when they do not open or do not hash
    /// to their name.
    pub fn fetch(&self, name: &str) -> Result<Vec<u8>> {
        if name.len() != 64 || !name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(missing());
        }
        let sealed = fs::read(self.place(name)).map_err(|cause| missing().caused_by(cause))?;
        let bytes = self.key.open(&sealed, name)?;
        if sha256(&bytes) == name {
            Ok(bytes)
        } else {
            Err(Error::internal("a stored file does not hash to its name"))
        }
    }

    /// Destroys what is kept under a SHA-256; nothing kept there is no fault.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it cannot be removed.
    pub fn destroy(&self, name: &str) -> Result<()> {
        if !self.holds(name) {
            return Ok(());
        }
        let place = self.place(name);
        let parent = place.parent().unwrap_or(&self.folder);
        match fs::remove_file(&place).and_then(|()| File::open(parent)?.sync_all()) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(unremovable(&place, cause))
            }
            _ => Ok(()),
        }
    }

    /// Whether the folder can be written now.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it cannot.
    pub fn ready(&self) -> Result<()> {
        let probe = self
            .folder
            .join(format!(".probe-{}", crate::ids::hex(&random::<8>()?)));
        let written = write_whole(&probe, b"ready");
        let removed = fs::remove_file(&probe);
        written
            .and(removed)
            .map_err(|cause| unwritable(&self.folder, cause))
    }

    /// Makes one of the folders for files. Its name is flushed too: a file is only as safe as the
    /// way to it.
    fn make_folder(&self, folder: &Path) -> std::io::Result<()> {
        match fs::create_dir(folder) {
            Ok(()) => File::open(&self.folder)?.sync_all(),
            Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            Err(cause) => Err(cause),
        }
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name.get(..2).unwrap_or("xx")).join(name)
    }
}

fn random_name() -> std::io::Result<String> {
    let bytes = random::<8>().map_err(std::io::Error::other)?;
    Ok(crate::ids::hex(&bytes))
}

fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[track_caller]
fn unwritable(path: &Path, cause: std::io::Error) -> Error {
    let (shown, why) = (path.display(), why(&cause));
    Error::new(
        Kind::Unavailable,
        format!("写不进文件夹 {shown}（{}），内容没有保存，请检查磁盘空间和权限", why.zh),
        format!("cannot write to {shown}: {}; nothing was saved, check the disk's free space and the folder's permissions", why.en),
    )
    .caused_by(cause)
}

#[track_caller]
fn unremovable(path: &Path, cause: std::io::Error) -> Error {
    Error::new(
        Kind::Unavailable,
        format!(
            "文件 {} 删不掉，请检查文件夹权限后再办理一次",
            path.display()
        ),
        format!(
            "cannot remove {}; check the folder's permissions, then try again",
            path.display()
        ),
    )
    .caused_by(cause)
}

#[track_caller]
fn missing() -> Error {
    Error::new(
        Kind::NotFound,
        "没有找到这份文件",
        "no such file is kept here",
    )
}
