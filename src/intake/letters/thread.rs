//! A letter's place in its conversation: what our answers need of its header, sealed; what became of
//! answering it; which submission an answer to our mails, or to a letter, belongs to.

mod store;

use crate::clock::from_micros;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::intake::model::letter::LetterState;
use crate::privacy::vault::Vault;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How the numbers of letters that had none end: they were made from the letter's hash, and no
/// program on the other side knows them.
const MADE_UP: &str = "@hash.invalid>";

/// What an answer needs of a letter's header (RFC 5322, 3.6.4). Sealed as JSON; never logged.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterThread {
    /// With its angle brackets.
    pub message_id: String,
    /// The Message-IDs that the letter answers, the nearest last.
    #[serde(default)]
    pub references: Vec<String>,
    #[serde(default)]
    pub subject: String,
    /// Where it came from, of a letter that made no submission; empty otherwise.
    #[serde(default)]
    pub from: String,
}

impl std::fmt::Debug for LetterThread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LetterThread(…)")
    }
}

impl LetterThread {
    /// What an answer to the letter comes after, the letter last.
    #[must_use]
    pub fn chain(&self) -> Vec<String> {
        let own = Some(self.message_id.clone()).filter(|id| !id.ends_with(MADE_UP));
        self.references.iter().cloned().chain(own).collect()
    }
}

fn bound_to(letter_id: &str) -> String {
    format!("{letter_id}/thread")
}

/// Seals what answers need of a letter, for the column `letters.thread_sealed`.
///
/// # Errors
/// `Kind::Internal` when the consultation's key cannot be opened.
pub fn seal_thread(
    vault: &Vault,
    consultation: &Consultation,
    letter_id: &str,
    thread: &LetterThread,
) -> Result<Vec<u8>> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let json = serde_json::to_vec(thread).map_err(Error::internal)?;
    key.seal(&json, &bound_to(letter_id))
}

/// Opens what [`seal_thread`] sealed.
///
/// # Errors
/// `Kind::Internal` when the key or the letter is another.
pub fn open_thread(
    vault: &Vault,
    consultation: &Consultation,
    letter_id: &str,
    sealed: &[u8],
) -> Result<LetterThread> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    serde_json::from_slice(&key.open(sealed, &bound_to(letter_id))?).map_err(Error::internal)
}

/// The conversation of one letter; `None` when nothing of it is kept.
///
/// # Errors
/// What the database reports.
pub fn of_letter(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    letter_id: &str,
) -> Result<Option<LetterThread>> {
    let sealed = store::thread(db, &consultation.id, letter_id)?;
    sealed
        .map(|sealed| open_thread(vault, consultation, letter_id, &sealed))
        .transpose()
}

/// The conversation of the latest letter of a submission; `None` when none came.
///
/// # Errors
/// What the database reports.
pub fn latest(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
) -> Result<Option<LetterThread>> {
    let row = store::latest(db, &consultation.id, submission_id)?;
    row.map(|(id, sealed)| open_thread(vault, consultation, &id, &sealed))
        .transpose()
}

/// A letter of a submission, for the correspondence with its sender.
#[derive(Clone, Debug)]
pub struct CameIn {
    pub id: String,
    pub state: LetterState,
    pub received_at: Timestamp,
    /// Empty when it had none, or when nothing of it is kept.
    pub subject: String,
    /// Whether it was answered by itself; `None` before that was decided.
    pub answer: Option<Answer>,
}

/// What was decided on answering a letter by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A mail was asked for.
    Asked,
    /// Too many letters came from this address within the hour.
    Limited,
    /// There is no address to answer to.
    None,
}

impl Answer {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Limited => "limited",
            Self::None => "none",
        }
    }

    /// The answer of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Asked, Self::Limited, Self::None]
            .into_iter()
            .find(|known| known.code() == code)
    }
}

/// The letters of a submission, the first received first.
///
/// # Errors
/// What the database reports; `Kind::Internal` for a sealed column that does not open.
pub fn of_submission(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
) -> Result<Vec<CameIn>> {
    let rows = store::of_submission(db, &consultation.id, submission_id)?;
    let opened = rows.into_iter().map(|row| {
        let sealed = row.thread_sealed.as_deref();
        let thread = sealed.map(|sealed| open_thread(vault, consultation, &row.id, sealed));
        Ok(CameIn {
            subject: thread.transpose()?.unwrap_or_default().subject,
            state: LetterState::parse(&row.state, row.reason)?,
            received_at: from_micros(row.received_at),
            answer: row.answer.as_deref().and_then(Answer::parse),
            id: row.id,
        })
    });
    opened.collect()
}

/// The consultation and the submission of the letter with a Message-ID.
///
/// # Errors
/// What the database reports.
pub fn submission_of_letter(
    db: &mut Db,
    vault: &Vault,
    message_id: &str,
    consultation_id: &str,
) -> Result<Option<String>> {
    let hash = vault.lookup().keyed_hash(&["message-id", message_id])?;
    store::submission_with(db, consultation_id, &hash)
}

/// Notes on a letter which mail of ours it brought back: the letter by its consultation (empty when
/// it belongs to none) and its identifier.
///
/// # Errors
/// What the database reports.
pub fn note_bounce(db: &mut Db, letter: (&str, &str), job: &str) -> Result<()> {
    store::set_bounced(db, letter, job)
}

/// Whether a letter's sender has had as many answers within the hour as the setting allows; 0 sets
/// no limit.
pub(in crate::intake) fn is_over_limit(
    db: &mut Db,
    sender_hash: &str,
    limit_per_hour: u32,
    now: Timestamp,
) -> Result<bool> {
    if limit_per_hour == 0 {
        return Ok(false);
    }
    let since = now - SignedDuration::from_hours(1);
    let limit = usize::try_from(limit_per_hour).unwrap_or(usize::MAX);
    let lately = store::answers_since(db, sender_hash, since)?;
    if lately.len() >= store::MOST_LATELY {
        return Ok(true);
    }
    let answered = lately.iter().filter(|one| *one == Answer::Asked.code());
    Ok(answered.count() >= limit)
}

/// Writes down what was decided on answering a letter; `false` when that was decided before.
pub(in crate::intake) fn note_answer(
    db: &mut Db,
    consultation_id: &str,
    letter_id: &str,
    answer: Answer,
    now: Timestamp,
) -> Result<bool> {
    store::set_answer(db, consultation_id, letter_id, answer.code(), now)
}

/// What was decided before.
pub(in crate::intake) fn noted_answer(
    db: &mut Db,
    consultation_id: &str,
    letter_id: &str,
) -> Result<Option<Answer>> {
    let code = store::answer(db, consultation_id, letter_id)?;
    Ok(code.as_deref().and_then(Answer::parse))
}
