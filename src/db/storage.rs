//! Files named by what they hold: raw letters, attachments, the notice as it came. Each is sealed
//! under the site key, written beside its place, flushed, and then moved there, so that a file
//! that can be seen is whole. What nobody needs any more is removed while nothing arrives.

mod lock;

use crate::error::{Error, Kind, Result, why};
use crate::ids::{random, sha256};
use crate::privacy::model::Key;
use crate::private_files;
pub use lock::Arriving;
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
        private_files::make_folder(folder).map_err(|cause| unwritable(folder, cause))?;
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
        let _arriving = self.arriving()?;
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

    /// Seals what is kept in the database of a file beside its name.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub fn seal_beside(&self, sha256: &str, what: &[u8]) -> Result<Vec<u8>> {
        self.key.seal(what, &format!("{sha256}/beside"))
    }

    /// Opens what [`Storage::seal_beside`] made for the same file.
    ///
    /// # Errors
    /// `Kind::Internal` when the key or the file is another.
    pub fn open_beside(&self, sha256: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.key.open(sealed, &format!("{sha256}/beside"))
    }

    /// Whether the bytes are there already; marks them as kept now, which [`Storage::forget`]
    /// looks at.
    fn is_kept_again(&self, place: &Path) -> bool {
        let touch = || {
            let file = File::options().write(true).open(place)?;
            file.set_modified(self.just_written()?.modified()?)
        };
        place.exists() && touch().is_ok()
    }

    /// A file written just now: ages are counted by the disk's own time and nothing else is.
    fn just_written(&self) -> std::io::Result<fs::Metadata> {
        let probe = self.folder.join(format!(".time-{}", random_name()?));
        let written = private_files::create(&probe).and_then(|file| file.metadata());
        let _ = fs::remove_file(&probe);
        written
    }

    /// Keeps every removal away until the answer is dropped. Whoever keeps bytes takes it before,
    /// and gives it back once the row that refers to them is written: in between nothing tells that
    /// they are needed.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk cannot be written.
    pub fn arriving(&self) -> Result<Arriving> {
        let held = lock::arriving(&self.folder);
        held.map_err(|cause| unwritable(&self.folder, cause))
    }

    /// Removes the bytes kept under a SHA-256, unless they were kept (again) within the last hour:
    /// then whoever kept them may be about to write the row that refers to them. Ask for it only
    /// when no row does.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk cannot be written.
    pub fn forget(&self, name: &str) -> Result<()> {
        let is_young = || {
            let kept_at = fs::metadata(self.place(name)).and_then(|file| file.modified());
            let age = kept_at.and_then(|at| {
                let now = self.just_written()?.modified()?;
                Ok(now.duration_since(at).unwrap_or_default())
            });
            let age = age.map_err(|cause| unwritable(&self.folder, cause))?;
            Ok(age < YOUNG)
        };
        self.destroy_unless(name, is_young)
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
        let sealed = match fs::read(self.place(name)) {
            Ok(sealed) => sealed,
            Err(cause) => self
                .left_aside(name)
                .ok_or_else(|| missing().caused_by(cause))?,
        };
        let bytes = self.key.open(&sealed, name)?;
        if sha256(&bytes) == name {
            Ok(bytes)
        } else {
            Err(Error::internal("a stored file does not hash to its name"))
        }
    }

    /// An earlier version took files aside before it removed them, and may have been stopped then. One
    /// that is asked for is needed: it goes back to its place.
    fn left_aside(&self, name: &str) -> Option<Vec<u8>> {
        let place = self.place(name);
        let beside = fs::read_dir(place.parent()?).ok()?.flatten();
        let aside = |file: &fs::DirEntry| file.file_name().to_string_lossy().starts_with(".going-");
        for file in beside.filter(aside) {
            let sealed = fs::read(file.path()).unwrap_or_default();
            // Sealing binds the bytes to their name: no other file opens.
            if self.key.open(&sealed, name).is_ok() {
                if let Err(cause) = fs::rename(file.path(), &place) {
                    tracing::warn!(%cause, "a file that was left aside could not be put back");
                }
                return Some(sealed);
            }
        }
        None
    }

    /// Destroys what is kept under a SHA-256; nothing kept there is no fault.
    ///
    /// # Errors
    /// `Kind::Unavailable` when it cannot be removed.
    pub fn destroy(&self, name: &str) -> Result<()> {
        self.destroy_unless(name, || Ok(false))
    }

    /// Destroys what is kept under a SHA-256 unless it is needed. While that is asked and done nobody
    /// brings the same bytes ([`Storage::arriving`]): whoever was about to has written the row by
    /// which they are seen to be needed, whoever comes later keeps them anew.
    ///
    /// # Errors
    /// What `is_needed` answers, `Kind::Unavailable` when it cannot be removed.
    pub fn destroy_unless(
        &self,
        name: &str,
        is_needed: impl FnOnce() -> Result<bool>,
    ) -> Result<()> {
        if !self.holds(name) {
            return Ok(());
        }
        let place = self.place(name);
        let _alone = lock::leaving(&self.folder).map_err(|cause| unremovable(&place, cause))?;
        if !self.holds(name) || is_needed()? {
            return Ok(());
        }
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
        match private_files::make_new_folder(folder) {
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
    let mut file = private_files::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[track_caller]
fn unwritable(path: &Path, cause: std::io::Error) -> Error {
    let (shown, why) = (path.display(), why(&cause));
    Error::new(
        Kind::Unavailable,
        format!("无法写入文件夹 {shown}（{}），内容没有保存，请检查磁盘空间和权限", why.zh),
        format!("cannot write to {shown}: {}; nothing was saved, check the disk's free space and the folder's permissions", why.en),
    )
    .caused_by(cause)
}

#[track_caller]
fn unremovable(path: &Path, cause: std::io::Error) -> Error {
    Error::new(
        Kind::Unavailable,
        format!(
            "文件 {} 无法删除，请检查文件夹权限后再办理一次",
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
