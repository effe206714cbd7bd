//! One look into a mailbox: every letter that is not in the book yet is read, in the order of the
//! server, and settled together with how far the mailbox was read.
//!
//! Killed at any point it loses nothing and registers nothing twice: a letter whose transaction was
//! not written is fetched again, and one that was written is known by the hash of its bytes.

use super::model::{Failure, Remembered};
use super::store;
use crate::config::{Mailbox, Place};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::mailrooms::Mailrooms;
use crate::mail::authentic::{Checker, Checks, ClientInfo};
use crate::mail::imap::Inbox;
use std::sync::Arc;
use std::time::Duration;

/// What reading mailboxes needs.
pub struct Fetcher {
    pub rooms: Arc<Mailrooms>,
    /// Finds out where letters come from.
    pub checker: Checker,
    /// The name of our own mail server in `Received` lines.
    pub mail_host: Option<String>,
    /// For each step with the server.
    pub patience: Duration,
    /// Larger letters are kept unread, in bytes.
    pub letter_limit: usize,
}

/// What came of one look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub registered: usize,
    pub supplements: usize,
    pub duplicates: usize,
    pub set_aside: usize,
    /// Could not be read for now; tried again later.
    pub failed: usize,
}

/// Why a look ended early.
#[derive(Debug)]
pub(super) enum Broke {
    /// The mailbox.
    Mailbox(Failure),
    /// Our own database or disk.
    Ours(Error),
}

impl From<Failure> for Broke {
    fn from(failure: Failure) -> Self {
        Self::Mailbox(failure)
    }
}

impl From<Error> for Broke {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

/// A mailbox that is being looked into.
pub(super) struct Look<'a> {
    pub(super) fetcher: &'a Fetcher,
    pub(super) candidates: Arc<Vec<Consultation>>,
    pub(super) known: Remembered,
    pub(super) tally: Tally,
}

impl Fetcher {
    /// Looks into a mailbox once. Whatever happens is written down for the office to see; answers
    /// what came of the letters and, for a server, the open folder, to wait in.
    ///
    /// # Errors
    /// Why the mailbox could not be read to its end.
    pub async fn look(&self, mailbox: &Mailbox) -> Result<(Tally, Option<Inbox>), Failure> {
        match self.pass(mailbox).await {
            Ok(done) => Ok(done),
            Err(Broke::Mailbox(failure)) => {
                self.note(mailbox, failure).await;
                Err(failure)
            }
            Err(Broke::Ours(error)) => {
                tracing::error!(mailbox = %mailbox.name, ?error, "a mailbox could not be read");
                self.note(mailbox, Failure::Fault).await;
                Err(Failure::Fault)
            }
        }
    }

    /// What is known of where a letter comes from, as JSON; `None` when nothing is.
    pub async fn checks(&self, raw: &[u8]) -> Option<String> {
        let client = ClientInfo::from_headers(raw, self.mail_host.as_deref());
        let checks = self.checker.check(raw, client).await;
        (checks != Checks::default()).then(|| checks.to_json())
    }

    async fn pass(&self, mailbox: &Mailbox) -> std::result::Result<(Tally, Option<Inbox>), Broke> {
        let (id, name) = (self.id(mailbox)?, mailbox.name.clone());
        let (now, key) = (self.rooms.clock.now(), id.clone());
        let begin = move |db: &mut Db| store::begin(db, &key, &name, now);
        let known = self.rooms.database.write(begin).await?;
        let named = mailbox.consultation.clone();
        let candidates = match self.rooms.look_up_candidates(named).await {
            Err(error) if error.kind() == Kind::NotFound => {
                return Err(Failure::Consultation.into());
            }
            found => found?,
        };
        let mut look = Look {
            fetcher: self,
            candidates: Arc::new(candidates),
            known,
            tally: Tally::default(),
        };
        let inbox = match &mailbox.place {
            Place::Imap(place) => Some(look.imap(place).await?),
            Place::Maildir(folder) => {
                look.maildir(folder).await?;
                None
            }
        };
        let now = self.rooms.clock.now();
        let succeed = move |db: &mut Db| store::succeed(db, &id, now);
        self.rooms.database.write(succeed).await?;
        Ok((look.tally, inbox))
    }

    /// The key of a mailbox in the tables: it names no person.
    fn id(&self, mailbox: &Mailbox) -> Result<String> {
        let lookup = self.rooms.vault.lookup();
        let hash = lookup.keyed_hash(&["mailbox", &mailbox.identity()])?;
        Ok(hash.chars().take(32).collect())
    }

    async fn note(&self, mailbox: &Mailbox, failure: Failure) {
        tracing::warn!(mailbox = %mailbox.name, failure = failure.code(), "a mailbox could not be read");
        let now = self.rooms.clock.now();
        let noted = async {
            let id = self.id(mailbox)?;
            let fail = move |db: &mut Db| store::fail(db, &id, failure, now);
            self.rooms.database.write(fail).await
        };
        if let Err(error) = noted.await {
            tracing::error!(
                ?error,
                "that a mailbox could not be read was not written down"
            );
        }
    }
}
