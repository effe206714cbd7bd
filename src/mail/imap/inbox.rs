//! A folder that is open: what is new in it, the letters themselves, and waiting for more.

use super::connect::{Line, connect};
use super::sign_in::sign_in;
use crate::config::{Afterwards, Imap};
use crate::mailboxes::model::Failure;
use async_imap::error::{Error, Result as ImapResult};
use async_imap::types::Fetch;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use std::future::Future;
use std::time::Duration;

/// UIDs in one command: a command line has a limit.
const AT_ONCE: usize = 200;

/// Bytes a second that a connection must carry; a letter of 50 MiB has its time.
const SLOWEST: u64 = 32 * 1024;

/// A folder of a mailbox, open.
pub struct Inbox {
    session: async_imap::Session<Line>,
    patience: Duration,
    afterwards: Afterwards,
    /// UIDVALIDITY: when it changes, UIDs mean other letters.
    pub generation: u32,
    /// The UID that the next letter will get, where the server says so.
    pub next_uid: Option<u32>,
    /// Whether the server tells of new letters by itself (IDLE, RFC 2177).
    pub tells: bool,
    can_move: bool,
}

/// A letter that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub uid: u32,
    /// In bytes.
    pub size: u64,
}

/// A letter.
pub struct Fetched {
    pub uid: u32,
    pub raw: Vec<u8>,
    /// When the server got it, as far as it knows: whoever puts a letter there (APPEND) can say so.
    pub internal_at: Option<Timestamp>,
}

impl Inbox {
    /// Connects, signs in and opens the folder, for reading alone unless letters are to be marked
    /// or moved. Each step may take `patience`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub async fn open(place: &Imap, patience: Duration) -> Result<Self, Failure> {
        let client = in_time(patience, connect(place)).await?;
        let mut session = in_time(patience, sign_in(client, place, patience)).await?;
        let known = in_time(patience, answered(session.capabilities())).await?;
        let (tells, can_move) = (known.has_str("IDLE"), known.has_str("MOVE"));
        let folder = in_time(patience, async {
            match place.afterwards {
                Afterwards::Leave => session.examine(&place.folder).await,
                Afterwards::Seen | Afterwards::Move(_) => session.select(&place.folder).await,
            }
            .map_err(|error| match error {
                Error::No(_) | Error::Bad(_) => Failure::Folder,
                _ => Failure::Broken,
            })
        });
        let folder = folder.await?;
        Ok(Self {
            generation: folder.uid_validity.unwrap_or(0),
            next_uid: folder.uid_next,
            tells,
            can_move,
            session,
            patience,
            afterwards: place.afterwards.clone(),
        })
    }

    /// UIDs from one on, lowest first.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn uids_from(&mut self, first: u32) -> Result<Vec<u32>, Failure> {
        let query = format!("UID {}:*", first.max(1));
        let found = in_time(self.patience, answered(self.session.uid_search(query))).await?;
        // `n:*` names the last letter even when its UID is smaller.
        let mut uids: Vec<u32> = found.into_iter().filter(|uid| *uid >= first).collect();
        uids.sort_unstable();
        Ok(uids)
    }

    /// The sizes of some letters; those that are gone are left out.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn sizes(&mut self, uids: &[u32]) -> Result<Vec<Listed>, Failure> {
        let mut sizes = Vec::with_capacity(uids.len());
        for some in uids.chunks(AT_ONCE) {
            let fetched = self
                .answers(some, "(UID RFC822.SIZE)", self.patience)
                .await?;
            sizes.extend(fetched.iter().filter_map(|one| {
                Some(Listed {
                    uid: one.uid?,
                    size: u64::from(one.size.unwrap_or(0)),
                })
            }));
        }
        sizes.sort_unstable_by_key(|one| one.uid);
        sizes.dedup_by_key(|one| one.uid);
        Ok(sizes)
    }

    /// The letters themselves, without marking them as seen; those that are gone are left out.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn fetch(&mut self, letters: &[Listed]) -> Result<Vec<Fetched>, Failure> {
        let uids: Vec<u32> = letters.iter().map(|one| one.uid).collect();
        let bytes: u64 = letters.iter().map(|one| one.size).sum();
        let patience = self.patience + Duration::from_secs(bytes / SLOWEST);
        let what = "(UID INTERNALDATE BODY.PEEK[])";
        let fetched = self.answers(&uids, what, patience).await?;
        let mut letters: Vec<Fetched> = Vec::with_capacity(fetched.len());
        for one in fetched {
            let wanted = one.uid.filter(|uid| uids.contains(uid));
            let (Some(uid), Some(raw)) = (wanted, one.body()) else {
                // News of other letters (flags) comes between.
                continue;
            };
            letters.push(Fetched {
                uid,
                raw: raw.to_vec(),
                internal_at: one
                    .internal_date()
                    .and_then(|at| Timestamp::from_second(at.timestamp()).ok()),
            });
        }
        letters.sort_by_key(|letter| letter.uid);
        letters.dedup_by_key(|letter| letter.uid);
        Ok(letters)
    }

    async fn answers(
        &mut self,
        uids: &[u32],
        what: &str,
        patience: Duration,
    ) -> Result<Vec<Fetch>, Failure> {
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let set = set(uids);
        let asked = async {
            let stream = self.session.uid_fetch(set, what).await?;
            stream.try_collect::<Vec<Fetch>>().await
        };
        in_time(patience, answered(asked)).await
    }

    /// Does with letters that are in the book what the settings say.
    ///
    /// # Errors
    /// When the connection fails, or the server refuses.
    pub async fn put_away(&mut self, uids: &[u32]) -> Result<(), Failure> {
        if uids.is_empty() {
            return Ok(());
        }
        let (set, patience) = (set(uids), self.patience);
        match self.afterwards.clone() {
            Afterwards::Leave => Ok(()),
            Afterwards::Seen => {
                in_time(
                    patience,
                    answered(self.flag(&set, "+FLAGS.SILENT (\\Seen)")),
                )
                .await
            }
            Afterwards::Move(folder) if self.can_move => {
                in_time(patience, answered(self.session.uid_mv(&set, &folder))).await
            }
            Afterwards::Move(folder) => {
                in_time(patience, answered(self.session.uid_copy(&set, &folder))).await?;
                // Removed by whoever empties the folder: EXPUNGE would take other people's with it.
                in_time(
                    patience,
                    answered(self.flag(&set, "+FLAGS.SILENT (\\Deleted)")),
                )
                .await
            }
        }
    }

    async fn flag(&mut self, set: &str, flags: &str) -> ImapResult<()> {
        let answers = self.session.uid_store(set, flags).await?;
        answers.try_collect::<Vec<Fetch>>().await.map(|_| ())
    }

    /// Waits until the server tells of something new, at most so long.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn wait(self, most: Duration) -> Result<Self, Failure> {
        let Self {
            session,
            patience,
            afterwards,
            generation,
            next_uid,
            tells,
            can_move,
        } = self;
        let mut waiting = session.idle();
        in_time(patience, answered(waiting.init())).await?;
        let (told, _stop) = waiting.wait_with_timeout(most);
        // Its own limit starts anew whenever the server says that it is still there.
        if let Ok(told) = tokio::time::timeout(most, told).await {
            told.map(|_| ()).map_err(|_| Failure::Broken)?;
        }
        let session = in_time(patience, answered(waiting.done())).await?;
        Ok(Self {
            session,
            patience,
            afterwards,
            generation,
            next_uid,
            tells,
            can_move,
        })
    }

    /// Signs out; a server that is gone by then is no fault.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(self.patience, self.session.logout()).await;
    }
}

fn set(uids: &[u32]) -> String {
    let uids: Vec<String> = uids.iter().map(u32::to_string).collect();
    uids.join(",")
}

/// One step, which may not take longer than it may.
async fn in_time<T>(
    patience: Duration,
    step: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let done = tokio::time::timeout(patience, step).await;
    done.unwrap_or(Err(Failure::Timeout))
}

/// What the library reports holds what the server said, which may be anything: only the kind is kept.
async fn answered<T>(step: impl Future<Output = ImapResult<T>>) -> Result<T, Failure> {
    step.await.map_err(|error| match error {
        Error::No(_) | Error::Bad(_) => Failure::Refused,
        _ => Failure::Broken,
    })
}
