//! Reading the correspondence with a sender.

use super::model::{Message, words_of};
use super::store::{self, Row};
use crate::clock::from_micros;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::ids::made_at;
use crate::intake::letters::thread::{self, CameIn};
use crate::jobs::model::JobKind;
use crate::jobs::queue::sent::{self, MailState};
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// One letter, in either direction.
#[derive(Clone)]
pub enum Entry {
    /// The office wrote; what became of its mail (`None`: its job is gone).
    Sent(Message, Option<MailState>),
    /// The sender wrote by e-mail.
    Came(CameIn),
}

impl Entry {
    fn at(&self) -> Timestamp {
        match self {
            Self::Sent(message, _) => message.written_at,
            Self::Came(letter) => letter.received_at,
        }
    }
}

/// What the office and the sender of a submission wrote to each other, the oldest first.
///
/// # Errors
/// What the database reports; `Kind::Internal` when something sealed does not open.
pub fn of_submission(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for row in store::of_submission(db, &consultation.id, submission_id)? {
        let message = open(vault, consultation, row)?;
        let ids = made_at(message.written_at);
        let mail = sent::about(db, JobKind::SendOfficeMessage, &message.id, &ids)?;
        entries.push(Entry::Sent(message, mail.map(|(_, state)| state)));
    }
    let letters = thread::of_submission(db, vault, consultation, submission_id)?;
    entries.extend(letters.into_iter().map(Entry::Came));
    entries.sort_by_key(Entry::at);
    Ok(entries)
}

/// A message of the office; `None` when there is none.
///
/// # Errors
/// As [`of_submission`].
pub fn message(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    id: &str,
) -> Result<Option<Message>> {
    let row = store::by_id(db, &consultation.id, id)?;
    row.map(|row| open(vault, consultation, row)).transpose()
}

/// The submission whose sender a message is for.
///
/// # Errors
/// What the database reports.
pub fn submission_of_message(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
) -> Result<Option<String>> {
    store::submission_of_message(db, consultation_id, id)
}

fn open(vault: &Vault, consultation: &Consultation, row: Row) -> Result<Message> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let words = key.open(&row.words_sealed, &words_of(&row.id))?;
    Ok(Message {
        words: String::from_utf8(words).map_err(Error::internal)?,
        id: row.id,
        submission_id: row.submission_id,
        written_by: row.written_by_name,
        written_at: from_micros(row.written_at),
    })
}
