//! A mailbox on an IMAP server.

use super::batch::{Arriving, settle_in_order};
use super::fetch::{Broke, Look};
use super::model::Road;
use super::store::{self, Item};
use crate::config::Imap;
use crate::db::Db;
use crate::error::Result;
use crate::intake::email::Arrival;
use crate::mail::imap::{Inbox, Listed};
use jiff::SignedDuration;

/// Letters settled in one transaction.
const AT_ONCE: usize = 40;

/// Bytes of letters that are held at once, unless one letter alone is larger.
const BYTES_AT_ONCE: u64 = 32 * 1024 * 1024;

/// A letter that is larger than so many times the limit is not fetched.
const HUGE: u64 = 4;

/// Tries of a letter at which the connection broke or the program died, before it is passed over.
const TRIES: i32 = 3;

/// After this time what was passed over is tried again.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

impl Look<'_> {
    pub(super) async fn imap(&mut self, place: &Imap) -> std::result::Result<Inbox, Broke> {
        let mut inbox = Inbox::open(place, self.fetcher.patience).await?;
        self.renumber(&inbox).await?;
        let mut uids = self.due().await?;
        let new = inbox.uids_from(self.known.next_uid).await?;
        uids.extend(
            new.into_iter()
                .filter(|uid| !uids.contains(uid))
                .collect::<Vec<_>>(),
        );
        let mut left = uids.len();
        // After a fault one at a time, each noted before it is tried: of a letter on which the
        // connection breaks or the program dies it is known which it was.
        let careful = self.known.failing_since.is_some();
        for some in uids.chunks(if careful { 1 } else { AT_ONCE }) {
            let sizes = inbox.sizes(some).await?;
            left -= some.len();
            self.missing(some, &sizes).await?;
            for group in groups(&sizes, self.huge()) {
                if careful && !self.may_try(&group).await? {
                    continue;
                }
                self.take(&mut inbox, &group, left).await?;
            }
        }
        Ok(inbox)
    }

    /// When the server's numbers mean other letters than before (UIDVALIDITY changed, or the next
    /// number went back), everything is looked at again, and known by its hash.
    async fn renumber(&mut self, inbox: &Inbox) -> Result<()> {
        let went_back = inbox
            .next_uid
            .is_some_and(|next| next < self.known.next_uid);
        if self.known.generation == Some(inbox.generation) && !went_back {
            return Ok(());
        }
        (self.known.generation, self.known.next_uid) = (Some(inbox.generation), 1);
        let (id, generation) = (self.known.id.clone(), inbox.generation);
        let renumber = move |db: &mut Db| store::renumber(db, &id, generation);
        self.fetcher.rooms.database.write(renumber).await
    }

    /// Letters that were passed over and are due again.
    async fn due(&self) -> Result<Vec<u32>> {
        let (id, generation) = (self.known.id.clone(), self.generation());
        let before = self.fetcher.rooms.clock.now() - AGAIN;
        let failed = move |db: &mut Db| store::failed(db, &id, generation, before);
        let due = self.fetcher.rooms.database.read(failed).await?;
        Ok(due
            .into_iter()
            .filter_map(|uid| u32::try_from(uid).ok())
            .collect())
    }

    pub(super) fn generation(&self) -> u32 {
        self.known.generation.unwrap_or(0)
    }

    /// Notes letters that somebody removed before they could be read.
    async fn missing(&mut self, asked: &[u32], there: &[Listed]) -> Result<()> {
        let gone = asked.iter().copied();
        let gone = gone.filter(|uid| !there.iter().any(|one| one.uid == *uid));
        let gone: Vec<u32> = gone.collect();
        if gone.is_empty() {
            return Ok(());
        }
        let (id, generation) = (self.known.id.clone(), self.generation());
        let now = self.fetcher.rooms.clock.now();
        let note = move |db: &mut Db| {
            gone.iter().try_for_each(|uid| {
                let item = Item {
                    mailbox: &id,
                    generation,
                    uid: i64::from(*uid),
                };
                store::gone(db, &item, now)
            })
        };
        self.fetcher.rooms.database.write(note).await
    }

    /// Notes that letters are about to be tried; `false` when that was in vain too often.
    async fn may_try(&mut self, letters: &[Listed]) -> Result<bool> {
        let (id, generation) = (self.known.id.clone(), self.generation());
        let (letters, now) = (letters.to_vec(), self.fetcher.rooms.clock.now());
        let try_it = move |db: &mut Db| {
            let mut most = 0;
            for one in &letters {
                let item = Item {
                    mailbox: &id,
                    generation,
                    uid: i64::from(one.uid),
                };
                most = most.max(store::tried(db, &item, "broken", now)?);
            }
            Ok(most)
        };
        let tries = self.fetcher.rooms.database.write(try_it).await?;
        Ok(tries <= TRIES)
    }

    /// Fetches letters, settles them, and does with them at the server what the settings say.
    async fn take(
        &mut self,
        inbox: &mut Inbox,
        letters: &[Listed],
        left: usize,
    ) -> std::result::Result<(), Broke> {
        if let [huge] = letters
            && huge.size > self.huge()
        {
            self.tally.failed += 1;
            return Ok(self.pass_over(huge.uid, "huge", left).await?);
        }
        let arriving = inbox
            .fetch(letters)
            .await?
            .into_iter()
            .map(|fetched| Arriving {
                uid: i64::from(fetched.uid),
                arrival: Arrival {
                    mailbox_id: Some(self.known.id.clone()),
                    internal_at: fetched.internal_at,
                    ..Arrival::by(Road::Imap)
                },
                raw: fetched.raw,
            });
        let arriving = arriving.collect();
        let last = letters.iter().map(|one| one.uid).max().unwrap_or(0);
        let settled = settle_in_order(self, arriving, Some((last, left))).await?;
        let safe = settled.iter().filter_map(|uid| u32::try_from(*uid).ok());
        Ok(inbox.put_away(&safe.collect::<Vec<_>>()).await?)
    }

    /// Letters over this size are not fetched, in bytes.
    pub(super) fn huge(&self) -> u64 {
        let limit = u64::try_from(self.fetcher.letter_limit).unwrap_or(u64::MAX);
        limit.saturating_mul(HUGE)
    }

    async fn pass_over(&mut self, uid: u32, why: &'static str, left: usize) -> Result<()> {
        let (id, generation) = (self.known.id.clone(), self.generation());
        let now = self.fetcher.rooms.clock.now();
        let next = uid.saturating_add(1).max(self.known.next_uid);
        let waiting = u32::try_from(left).unwrap_or(u32::MAX);
        self.known.next_uid = next;
        let note = move |db: &mut Db| {
            let item = Item {
                mailbox: &id,
                generation,
                uid: i64::from(uid),
            };
            store::tried(db, &item, why, now)?;
            store::advance(db, &id, next, waiting)
        };
        self.fetcher.rooms.database.write(note).await
    }
}

/// Letters in their order, so that those fetched together are not too much at once; one that is huge
/// is alone.
fn groups(letters: &[Listed], huge: u64) -> Vec<Vec<Listed>> {
    let most = BYTES_AT_ONCE.min(huge);
    let mut groups: Vec<Vec<Listed>> = Vec::new();
    let mut bytes = 0_u64;
    for letter in letters {
        match groups.last_mut() {
            Some(group) if bytes.saturating_add(letter.size) <= most => group.push(*letter),
            _ => {
                groups.push(vec![*letter]);
                bytes = 0;
            }
        }
        bytes = bytes.saturating_add(letter.size);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_letters_come_alone() {
        let letter = |uid, size| Listed { uid, size };
        let cut = |letters: &[Listed], huge| -> Vec<Vec<u32>> {
            let cut = groups(letters, huge).into_iter();
            cut.map(|group| group.iter().map(|one| one.uid).collect())
                .collect()
        };
        let large = BYTES_AT_ONCE + 1;
        let letters = [letter(1, 10), letter(2, 10), letter(3, large), letter(4, 1)];
        assert_eq!(cut(&letters, u64::MAX), [vec![1, 2], vec![3], vec![4]]);
        assert_eq!(cut(&letters[..2], 15), [[1], [2]]);
        assert!(cut(&[], 1).is_empty());
    }
}
