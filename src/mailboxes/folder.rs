//! A mailbox that is a Maildir on this machine: looked at, never changed.

use super::batch::{Arriving, settle_in_order};
use super::fetch::{Broke, Look};
use super::model::{Failure, Road};
use super::store::{self, Item};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::sha256;
use crate::intake::email::Arrival;
use jiff::Timestamp;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files looked up, and letters settled, at once.
const AT_ONCE: usize = 40;

/// Bytes of letters that are held at once, unless one letter alone is larger.
const BYTES_AT_ONCE: u64 = 32 * 1024 * 1024;

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Message {
    /// A number made of its name without the flags, which change.
    uid: i64,
    path: PathBuf,
}

/// What came of reading files in their order.
#[derive(Default)]
struct ReadFiles {
    letters: Vec<(i64, Vec<u8>, Option<Timestamp>)>,
    /// Larger than a letter may be: left where they are.
    huge: Vec<i64>,
    /// How many were looked at; the rest would be too much to hold at once.
    looked_at: usize,
}

impl Look<'_> {
    pub(super) async fn maildir(&mut self, folder: &Path) -> std::result::Result<(), Broke> {
        let here = folder.to_owned();
        let listed = tokio::task::spawn_blocking(move || list(&here)).await;
        let messages = listed
            .map_err(Error::internal)?
            .map_err(|_| Failure::Folder)?;
        for some in messages.chunks(AT_ONCE) {
            let mut new = self.new_among(some).await?;
            while !new.is_empty() {
                let huge = self.huge();
                let (read, rest) = tokio::task::spawn_blocking(move || {
                    let read = read_some(&new, huge);
                    let rest = new.split_off(read.looked_at.min(new.len()));
                    (read, rest)
                })
                .await
                .map_err(Error::internal)?;
                new = rest;
                self.pass_over_files(read.huge).await?;
                let arriving = read
                    .letters
                    .into_iter()
                    .map(|(uid, raw, file_time)| Arriving {
                        uid,
                        raw,
                        arrival: Arrival {
                            mailbox_id: Some(self.known.id.clone()),
                            file_time,
                            ..Arrival::by(Road::Maildir)
                        },
                    });
                let arriving = arriving.collect();
                settle_in_order(self, arriving, None).await?;
            }
        }
        Ok(())
    }

    /// Notes files that are too large to be letters, for the office to see.
    async fn pass_over_files(&mut self, huge: Vec<i64>) -> Result<()> {
        if huge.is_empty() {
            return Ok(());
        }
        self.tally.failed += huge.len();
        let (id, generation) = (self.known.id.clone(), self.generation());
        let now = self.fetcher.rooms.clock.now();
        let note = move |db: &mut Db| {
            huge.iter().try_for_each(|uid| {
                let item = Item {
                    mailbox: &id,
                    generation,
                    uid: *uid,
                };
                store::tried(db, &item, "huge", now).map(|_| ())
            })
        };
        self.fetcher.rooms.database.write(note).await
    }

    async fn new_among(&self, messages: &[Message]) -> Result<Vec<Message>> {
        let (id, generation) = (self.known.id.clone(), self.generation());
        let uids: Vec<i64> = messages.iter().map(|message| message.uid).collect();
        let known = move |db: &mut Db| store::known(db, &id, generation, &uids);
        let known = self.fetcher.rooms.database.read(known).await?;
        let is_new = |message: &&Message| !known.contains(&message.uid);
        Ok(messages.iter().filter(is_new).cloned().collect())
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

/// Reads files in their order until what is held would be too much; at least one.
fn read_some(messages: &[Message], huge: u64) -> ReadFiles {
    let mut read = ReadFiles::default();
    let mut bytes = 0_u64;
    for message in messages {
        let known = std::fs::metadata(&message.path).ok();
        let size = known.as_ref().map_or(0, std::fs::Metadata::len);
        if !read.letters.is_empty() && bytes.saturating_add(size) > BYTES_AT_ONCE {
            break;
        }
        read.looked_at += 1;
        if size > huge {
            read.huge.push(message.uid);
            continue;
        }
        // One that was moved or removed meanwhile is found again, or gone for good.
        if let Some(raw) = read_at_most(&message.path, huge) {
            let written = known.and_then(|known| known.modified().ok());
            let written = written.and_then(|at| Timestamp::try_from(at).ok());
            bytes = bytes.saturating_add(size);
            read.letters.push((message.uid, raw, written));
        }
    }
    read
}

/// The bytes of a file; `None` when it is gone, or longer than it said.
fn read_at_most(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    let file = std::fs::File::open(path).ok()?;
    let read = file.take(most.saturating_add(1)).read_to_end(&mut raw);
    let length = u64::try_from(read.ok()?).ok()?;
    (length <= most).then_some(raw)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_held_at_once_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let message = |uid: i64, bytes: u64| {
            let path = folder.path().join(uid.to_string());
            std::fs::File::create(&path)
                .unwrap()
                .set_len(bytes)
                .unwrap();
            Message { uid, path }
        };
        let half = BYTES_AT_ONCE / 2;
        let gone = Message {
            uid: 9,
            path: folder.path().join("gone"),
        };
        let all = [
            gone,
            message(1, half),
            message(2, half + 1),
            message(3, BYTES_AT_ONCE * 2),
            message(4, 3),
        ];
        let uids =
            |read: &ReadFiles| -> Vec<i64> { read.letters.iter().map(|(uid, ..)| *uid).collect() };
        let first = read_some(&all, BYTES_AT_ONCE);
        assert_eq!((uids(&first), first.looked_at), (vec![1], 2));
        let second = read_some(&all[2..], BYTES_AT_ONCE);
        assert_eq!((uids(&second), second.looked_at), (vec![2], 1));
        let last = read_some(&all[3..], BYTES_AT_ONCE);
        assert_eq!((uids(&last), last.huge), (vec![4], vec![3]));
    }
}
