//! A mailbox that is a Maildir on this machine: looked at, never changed.

use super::batch::{Arriving, settle_in_order};
use super::fetch::{Broke, Look};
use super::model::{Failure, Road};
use super::store;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::sha256;
use crate::intake::email::Arrival;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// Files looked up, and letters settled, at once.
const AT_ONCE: usize = 40;

/// A file of the folder.
struct Message {
    /// A number made of its name without the flags, which change.
    uid: i64,
    path: PathBuf,
}

impl Look<'_> {
    pub(super) async fn maildir(&mut self, folder: &Path) -> std::result::Result<(), Broke> {
        let here = folder.to_owned();
        let listed = tokio::task::spawn_blocking(move || list(&here)).await;
        let messages = listed
            .map_err(Error::internal)?
            .map_err(|_| Failure::Folder)?;
        for some in messages.chunks(AT_ONCE) {
            let new = self.new_among(some).await?;
            let mut arriving = Vec::with_capacity(new.len());
            for message in new {
                // One that was moved or removed meanwhile is found again, or gone for good.
                if let Some(raw) = read(&message.path) {
                    arriving.push(Arriving {
                        uid: message.uid,
                        raw,
                        arrival: Arrival {
                            mailbox_id: Some(self.known.id.clone()),
                            file_time: written(&message.path),
                            ..Arrival::by(Road::Maildir)
                        },
                    });
                }
            }
            settle_in_order(self, arriving, None).await?;
        }
        Ok(())
    }

    async fn new_among<'m>(&self, messages: &'m [Message]) -> Result<Vec<&'m Message>> {
        let (id, generation) = (self.known.id.clone(), self.generation());
        let uids: Vec<i64> = messages.iter().map(|message| message.uid).collect();
        let known = move |db: &mut Db| store::known(db, &id, generation, &uids);
        let known = self.fetcher.rooms.database.read(known).await?;
        let is_new = |message: &&Message| !known.contains(&message.uid);
        Ok(messages.iter().filter(is_new).collect())
    }
}

fn list(folder: &Path) -> std::io::Result<Vec<Message>> {
    let mut messages = Vec::new();
    for part in ["new", "cur"] {
        for entry in std::fs::read_dir(folder.join(part))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_file() && !name.starts_with('.') {
                messages.push((name, entry.path()));
            }
        }
    }
    // Names begin with the second of delivery.
    messages.sort();
    let message = |(name, path): (String, PathBuf)| Message {
        uid: number(&name),
        path,
    };
    Ok(messages.into_iter().map(message).collect())
}

fn number(name: &str) -> i64 {
    let unique = name.split(":2,").next().unwrap_or(name);
    let hash = sha256(unique.as_bytes());
    let digits = hash.get(..15).unwrap_or_default();
    i64::from_str_radix(digits, 16).unwrap_or(0)
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

fn written(path: &Path) -> Option<Timestamp> {
    let known = std::fs::metadata(path).ok()?;
    Timestamp::try_from(known.modified().ok()?).ok()
}
