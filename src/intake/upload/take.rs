//! One file comes in: looked at, made anew when it is a picture, scanned, sealed, written down.

use super::{Upload, store};
use crate::clock::to_micros;
use crate::config::Config;
use crate::db::Database;
use crate::db::storage::Storage;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::intake::files::clamd::{Scanner, Verdict};
use crate::intake::files::kind::kind_of;
use crate::intake::files::{name, picture};
use crate::intake::model::attachment::Scan;
use jiff::Timestamp;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Files that are worked on at the same time: a picture takes up to 300 MB while it is made anew.
const AT_ONCE: usize = 2;
/// Files that are in memory at the same time: scanned, sealed.
const IN_MEMORY: usize = 8;
/// A picture may grow when it is made anew, up to this many times the limit.
const GROWTH: usize = 2;

/// What taking a file needs besides database and storage. Cheap to clone.
#[derive(Clone)]
pub struct Taker {
    limit_bytes: usize,
    pub scanner: Option<Scanner>,
    at_once: Arc<Semaphore>,
    in_memory: Arc<Semaphore>,
    waiting_bytes: u64,
}

impl Taker {
    /// By the settings.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            limit_bytes: config.upload_limit_bytes,
            scanner: Scanner::of(config),
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            in_memory: Arc::new(Semaphore::new(IN_MEMORY)),
            waiting_bytes: config.upload_waiting_bytes,
        }
    }
}

/// A file that came in and lies somewhere until it is its turn.
pub struct Given<R> {
    /// As the sender named it.
    pub name: String,
    /// In bytes.
    pub length: usize,
    /// Gives the bytes; called off the threads that answer people.
    pub bytes: R,
}

/// A file that was looked at and may be kept.
struct Checked {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
    scan: Scan,
}

/// Takes a file for a submission that is still being written. No event is logged: nothing has been
/// said yet.
///
/// # Errors
/// `Kind::Invalid` for a kind that is not taken or a file with a virus, `Kind::TooLarge` above the
/// limit, `Kind::Busy` when too much waits unsent already, `Kind::Unavailable` when the disk cannot be
/// written; all in words.
pub async fn take<R>(
    database: &Database,
    storage: &Storage,
    taker: &Taker,
    consultation_id: &str,
    given: Given<R>,
    now: Timestamp,
) -> Result<Upload>
where
    R: FnOnce() -> Result<Vec<u8>> + Send + 'static,
{
    let length = u64::try_from(given.length).map_err(Error::internal)?;
    let waiting = database.read(store::bytes_waiting).await?;
    if waiting.saturating_add(length) > taker.waiting_bytes {
        tracing::error!(
            waiting,
            "too many bytes of files wait unsent; files are refused"
        );
        return Err(too_much_waits());
    }
    let place = Arc::clone(&taker.in_memory).acquire_owned().await;
    let place = place.map_err(Error::internal)?;
    let turn = Arc::clone(&taker.at_once).acquire_owned().await;
    let turn = turn.map_err(Error::internal)?;
    let (taker, storage) = (taker.clone(), storage.clone());
    let work = move || {
        let _place = place;
        let opened = (given.bytes)().and_then(|bytes| open(&taker, &given.name, bytes));
        // The turn is for the memory that a picture takes; a scanner may be slow.
        drop(turn);
        let checked = scanned(&taker, opened?)?;
        let arriving = storage.arriving()?;
        let sha256 = storage.keep(&checked.bytes)?;
        Ok::<_, Error>((checked, sha256, arriving))
    };
    let done = tokio::task::spawn_blocking(work).await;
    // Held until the row is written.
    let (checked, sha256, _arriving) = done.map_err(Error::internal)??;
    let consultation_id = consultation_id.to_owned();
    let bytes = i64::try_from(checked.bytes.len()).map_err(Error::internal)?;
    let id = new_id(now)?;
    database
        .write(move |db| {
            let row = store::Stored {
                consultation_id: consultation_id.clone(),
                id: id.clone(),
                name: checked.name.clone(),
                media_type: checked.media_type.to_owned(),
                bytes,
                sha256: sha256.clone(),
                scan: checked.scan.code().to_owned(),
                uploaded_at: to_micros(now),
            };
            store::insert(db, &row)?;
            Ok(row.into_upload())
        })
        .await
}

/// What a file is; a picture is made anew.
fn open(taker: &Taker, given: &str, bytes: Vec<u8>) -> Result<Checked> {
    let shown = name::clean(given);
    if bytes.len() > taker.limit_bytes {
        return Err(too_large(&shown, taker.limit_bytes));
    }
    let kind = kind_of(given, &bytes).map_err(|refusal| refusal.of(&shown))?;
    let (kind, bytes) = if kind.is_picture() {
        picture::anew(kind, &bytes).map_err(|refusal| refusal.of(&shown))?
    } else {
        (kind, bytes)
    };
    if bytes.len() > taker.limit_bytes.saturating_mul(GROWTH) {
        return Err(too_large(&shown, taker.limit_bytes));
    }
    Ok(Checked {
        name: name::with_kind(given, kind),
        media_type: kind.media_type(),
        bytes,
        scan: Scan::None,
    })
}

/// What the scanner says of it.
fn scanned(taker: &Taker, file: Checked) -> Result<Checked> {
    let Some(scanner) = &taker.scanner else {
        return Ok(file);
    };
    let scan = match scanner.ask(&file.bytes) {
        Verdict::Clean => Scan::Clean,
        Verdict::Infected(found) => return Err(infected(&file.name, &found)),
        Verdict::Unknown(why) => {
            tracing::warn!(why, "the virus scanner was not reached; a file is held");
            Scan::Held
        }
    };
    Ok(Checked { scan, ..file })
}

#[track_caller]
fn too_much_waits() -> Error {
    Error::new(
        Kind::Busy,
        "本站暂存的文件太多，现在收不了新的文件，文件没有保存。请过些时候再试，也可以先提交文字，或者把文件用电子邮件发给起草单位",
        "too many files wait on this site, so no new one can be taken now; try again later, send the text without it, or e-mail the file to the office",
    )
}

/// A file over the limit.
#[track_caller]
pub fn too_large(name: &str, limit: usize) -> Error {
    let most = in_words(limit);
    Error::new(
        Kind::TooLarge,
        format!("“{name}”超过每个文件{most}的上限，没有保存。请缩小照片，或者拆成几个文件"),
        format!(
            "“{name}” is over the limit of {most} a file and was not kept; make the picture smaller or split the file"
        ),
    )
}

/// A limit as people say it: `20 MB`, `300 KB`.
#[must_use]
pub fn in_words(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    if bytes >= MIB {
        format!("{} MB", bytes / MIB)
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

fn infected(name: &str, found: &str) -> Error {
    Error::invalid(
        format!("“{name}”没有接收：查出病毒（{found}）。请先给您的手机或电脑杀毒，再换一份文件"),
        format!(
            "“{name}” was not taken: a virus was found in it ({found}); clean your device, then send another copy"
        ),
    )
}
