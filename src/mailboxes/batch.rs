//! Letters that came together: kept and read side by side, settled one after the other.

use super::fetch::{Look, Tally};
use super::store::{self, Item};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::email::{Arrival, Prepared, Received, unclear};
use crate::intake::mailrooms::Mailrooms;
use futures_util::{StreamExt, stream};
use std::sync::Arc;

/// Letters that are read at once.
const SIDE_BY_SIDE: usize = 4;

/// Faults of the machine, not of a letter: the same letters again later.
const OF_THE_MACHINE: [Kind; 2] = [Kind::Unavailable, Kind::Busy];

/// A letter on its way in.
pub(super) struct Arriving {
    /// Its number in the mailbox.
    pub(super) uid: i64,
    pub(super) raw: Vec<u8>,
    pub(super) arrival: Arrival,
}

/// A letter that was read, or could not be.
struct Read {
    uid: i64,
    prepared: Result<Prepared>,
}

/// Settles letters in their order, in one transaction with the note of how far the mailbox was read:
/// behind the number in `until`, so many being left. Answers the numbers of those that are safe.
///
/// # Errors
/// `Kind::Unavailable` or `Kind::Busy` when database or disk cannot be written: nothing was noted.
pub(super) async fn settle_in_order(
    look: &mut Look<'_>,
    arriving: Vec<Arriving>,
    until: Option<(u32, usize)>,
) -> Result<Vec<i64>> {
    let read = read_all(look, arriving).await?;
    let read = Arc::new(read);
    let ledger = Ledger::of(look, until);
    let (all, book) = (Arc::clone(&read), ledger.clone());
    let together = move |db: &mut Db| {
        let done = book.settle(db, &all)?;
        book.advance(db)?;
        Ok(done)
    };
    let database = look.fetcher.rooms.database.clone();
    let settled = match database.write(together).await {
        Err(error) if !OF_THE_MACHINE.contains(&error.kind()) => {
            tracing::error!(?error, "letters could not be settled together");
            ledger.one_by_one(look, &read).await?
        }
        settled => settled?,
    };
    if let Some((last, _)) = until {
        look.known.next_uid = look.known.next_uid.max(last.saturating_add(1));
    }
    for (_, received) in &settled {
        look.tally.count(received.as_ref());
    }
    let safe = settled
        .into_iter()
        .filter(|(_, received)| received.is_some());
    Ok(safe.map(|(uid, _)| uid).collect())
}

async fn read_all(look: &Look<'_>, arriving: Vec<Arriving>) -> Result<Vec<Read>> {
    let (rooms, candidates) = (&look.fetcher.rooms, &look.candidates);
    let fetcher = look.fetcher;
    let reading = stream::iter(arriving).map(|mut one| {
        let (rooms, candidates) = (Arc::clone(rooms), Arc::clone(candidates));
        async move {
            let uid = one.uid;
            one.arrival.checks = fetcher.checks(&one.raw).await;
            let work = move || prepare(&rooms, &candidates, &one);
            let done = tokio::task::spawn_blocking(work).await;
            // A reader that gave way under a letter must not stop the others.
            let prepared = done.unwrap_or_else(|cause| Err(Error::internal(cause)));
            Read { uid, prepared }
        }
    });
    let read: Vec<Read> = reading.buffered(SIDE_BY_SIDE).collect().await;
    let mut whole = Vec::with_capacity(read.len());
    for one in read {
        match one.prepared {
            Err(error) if OF_THE_MACHINE.contains(&error.kind()) => return Err(error),
            prepared => whole.push(Read { prepared, ..one }),
        }
    }
    Ok(whole)
}

fn prepare(rooms: &Mailrooms, candidates: &[Consultation], letter: &Arriving) -> Result<Prepared> {
    let arrival = letter.arrival.clone();
    let at = arrival.internal_at.unwrap_or_else(|| rooms.clock.now());
    match rooms.choose(candidates, &letter.raw, None, at) {
        Some(consultation) => rooms.of(consultation)?.prepare(&letter.raw, arrival),
        None => unclear(&rooms.storage, &rooms.clock, &letter.raw, arrival),
    }
}

/// Where it is noted which letters of a mailbox are in the book.
#[derive(Clone)]
struct Ledger {
    mailbox: String,
    generation: u32,
    next: Option<(u32, u32)>,
    now: jiff::Timestamp,
}

/// What became of each letter; `None` for one that could not be read for now.
type Settled = Vec<(i64, Option<Received>)>;

impl Ledger {
    fn of(look: &Look<'_>, until: Option<(u32, usize)>) -> Self {
        let next = |(last, left): (u32, usize)| {
            let next = last.saturating_add(1).max(look.known.next_uid);
            (next, u32::try_from(left).unwrap_or(u32::MAX))
        };
        Self {
            mailbox: look.known.id.clone(),
            generation: look.generation(),
            next: until.map(next),
            now: look.fetcher.rooms.clock.now(),
        }
    }

    fn item(&self, uid: i64) -> Item<'_> {
        Item {
            mailbox: &self.mailbox,
            generation: self.generation,
            uid,
        }
    }

    fn settle(&self, db: &mut Db, letters: &[Read]) -> Result<Settled> {
        let mut settled = Vec::with_capacity(letters.len());
        for letter in letters {
            settled.push((letter.uid, self.settle_one(db, letter)?));
        }
        Ok(settled)
    }

    fn settle_one(&self, db: &mut Db, letter: &Read) -> Result<Option<Received>> {
        let item = self.item(letter.uid);
        let Ok(prepared) = &letter.prepared else {
            store::tried(db, &item, "unreadable", self.now)?;
            return Ok(None);
        };
        let received = prepared.settle(db)?;
        store::fetched(db, &item, prepared.sha256(), self.now)?;
        Ok(Some(received))
    }

    fn advance(&self, db: &mut Db) -> Result<()> {
        match self.next {
            Some((next, left)) => store::advance(db, &self.mailbox, next, left),
            None => Ok(()),
        }
    }

    /// Each in a transaction of its own; one that cannot be settled is noted, and does not stop the
    /// others.
    async fn one_by_one(&self, look: &Look<'_>, letters: &Arc<Vec<Read>>) -> Result<Settled> {
        let database = &look.fetcher.rooms.database;
        let mut settled = Vec::with_capacity(letters.len());
        for at in 0..letters.len() {
            let (book, all) = (self.clone(), Arc::clone(letters));
            let one = move |db: &mut Db| match all.get(at) {
                Some(letter) => book.settle(db, std::slice::from_ref(letter)),
                None => Ok(Vec::new()),
            };
            match database.write(one).await {
                Ok(mut done) => settled.append(&mut done),
                Err(error) if OF_THE_MACHINE.contains(&error.kind()) => return Err(error),
                Err(error) => {
                    tracing::error!(?error, "a letter could not be settled");
                    settled.push(self.note_fault(look, letters, at).await?);
                }
            }
        }
        let book = self.clone();
        database.write(move |db| book.advance(db)).await?;
        Ok(settled)
    }

    async fn note_fault(
        &self,
        look: &Look<'_>,
        letters: &Arc<Vec<Read>>,
        at: usize,
    ) -> Result<(i64, Option<Received>)> {
        let (book, all) = (self.clone(), Arc::clone(letters));
        let note = move |db: &mut Db| {
            let Some(letter) = all.get(at) else {
                return Err(Error::internal("a letter that was just there is gone"));
            };
            if let Ok(prepared) = &letter.prepared {
                prepared.note_failed(db)?;
            }
            store::tried(db, &book.item(letter.uid), "fault", book.now)?;
            Ok((letter.uid, None))
        };
        look.fetcher.rooms.database.write(note).await
    }
}

impl Tally {
    fn count(&mut self, received: Option<&Received>) {
        match received {
            Some(Received::Registered { .. }) => self.registered += 1,
            Some(Received::Supplement { .. }) => self.supplements += 1,
            Some(Received::Duplicate) => self.duplicates += 1,
            Some(Received::Quarantined { .. }) => self.set_aside += 1,
            None => self.failed += 1,
        }
    }
}
