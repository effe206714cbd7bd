//! A letter that came by e-mail: kept as raw bytes first, then read by machine, then registered
//! through the same door as every form. What cannot be read or was not written by a person is set
//! aside for the office to see; nothing is lost and nothing is registered twice.
//!
//! [`Mailroom::prepare`] does what needs no database (many letters at once), [`Prepared::settle`]
//! the rest in the transaction it is called in, [`Mailroom::receive`] both for one letter.

mod earlier;
mod join;
mod prepare;
mod sent;
mod settle;
mod when;

use crate::clock::Clock;
use crate::consultations::model::{Consultation, Timing};
use crate::db::Database;
use crate::db::storage::Storage;
use crate::documents::published::SectionRef;
use crate::error::{Kind, Result};
use crate::intake::reading::Convert;
use crate::mail::inbound::Desk;
use crate::mailboxes::model::Road;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
pub use prepare::{NO_CONSULTATION, Prepared, unclear};
use std::sync::Arc;

/// What receiving letters needs.
pub struct Mailroom {
    pub database: Database,
    pub storage: Storage,
    pub vault: Vault,
    pub clock: Arc<dyn Clock>,
    pub consultation: Arc<Consultation>,
    /// The draft's sections, to turn a letter's references into places.
    pub sections: Vec<SectionRef>,
    /// The office's own addresses and the draft's words.
    pub desk: Desk,
    /// The name of our own mail server in `Received` lines; without it the topmost line counts.
    pub mail_host: Option<String>,
    /// Larger letters are kept and set aside unread, in bytes.
    pub letter_limit: usize,
    /// What of the attachments is converted before it is read.
    pub convert: Convert,
    /// Larger attachments stand only in the raw letter, in bytes.
    pub attachment_limit: usize,
    /// Whether a virus scanner is set up: attachments are then held until it was asked.
    pub scanned: bool,
    /// Answers at most to one address within an hour.
    pub answers_per_hour: u32,
}

/// How a letter came to us, and what is known of it besides its bytes.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub road: Road,
    pub mailbox_id: Option<String>,
    /// When the mailbox's server got it (INTERNALDATE).
    pub internal_at: Option<Timestamp>,
    /// When its file was written.
    pub file_time: Option<Timestamp>,
    /// What was found out about its sender's domain, as JSON.
    pub checks: Option<String>,
}

impl Arrival {
    /// A letter that came by a road and of which nothing else is known.
    #[must_use]
    pub fn by(road: Road) -> Self {
        Self {
            road,
            mailbox_id: None,
            internal_at: None,
            file_time: None,
            checks: None,
        }
    }
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    Registered {
        receipt: String,
        timing: Timing,
    },
    /// Added to what the sender sent before.
    Supplement {
        receipt: String,
        timing: Timing,
    },
    /// The same letter is there already.
    Duplicate,
    /// Set aside; the reason is a code such as `auto-reply` or `too-large`.
    Quarantined {
        reason: String,
    },
}

impl Mailroom {
    /// Takes one letter. `file_time` is when its file was written, for letters that no `Received`
    /// line dates.
    ///
    /// # Errors
    /// `Kind::Unavailable` when disk or database cannot be written: try the same letter again.
    pub fn receive(&self, raw: &[u8], file_time: Option<Timestamp>) -> Result<Received> {
        let arrival = Arrival {
            file_time,
            ..Arrival::by(Road::File)
        };
        self.receive_by(raw, arrival)
    }

    /// [`Mailroom::receive`] for any road.
    ///
    /// # Errors
    /// As [`Mailroom::receive`].
    pub fn receive_by(&self, raw: &[u8], arrival: Arrival) -> Result<Received> {
        let prepared = Arc::new(self.prepare(raw, arrival)?);
        let settling = Arc::clone(&prepared);
        let settled = self.database.write_now(move |db| settling.settle(db));
        if let Err(error) = &settled
            && !matches!(error.kind(), Kind::Unavailable | Kind::Busy)
        {
            let failed = Arc::clone(&prepared);
            self.database.write_now(move |db| failed.note_failed(db))?;
        }
        settled
    }
}
