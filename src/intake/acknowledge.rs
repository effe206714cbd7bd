//! Asking for the mail that says a submission arrived.

use super::find::open_sender;
use super::letters::thread;
pub use super::letters::thread::Answer;
use super::model::submission::{Channel, NewSubmission};
use super::store;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Writes down, in the transaction of a submission, that its sender is to be told: where an address
/// was given with a form or at the desk. Letters by e-mail are answered by whoever reads them, who
/// knows which of them were automatic.
pub(super) fn ask(
    db: &mut Db,
    consultation: &Consultation,
    input: &NewSubmission,
    id: &str,
    now: Timestamp,
) -> Result<()> {
    if input.sender.emails.is_empty() || input.channel == Channel::Email {
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::AcknowledgeSubmission,
        consultation: &consultation.id,
        subject: id,
        detail: Value::Null,
    };
    queue::enqueue(db, &job, now)
}

/// A letter that was registered and is to be answered.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredLetter<'a> {
    pub consultation: &'a Consultation,
    pub submission_id: &'a str,
    pub letter_id: &'a str,
    /// The keyed hash by which letters from one address are counted; empty for a letter that names
    /// none.
    pub sender_hash: &'a str,
    /// The remarks that the letter added to a submission; `None` when it began one.
    pub remark_ids: Option<&'a [String]>,
    /// The setting `mail_answers_per_hour`.
    pub limit_per_hour: u32,
}

/// Writes down, in the transaction in which a letter is registered, that its sender is to be told, or
/// why not, and notes that on the letter. Asked again for the same letter it answers the same and
/// nobody is told twice. Never to be called for a letter that a machine wrote.
///
/// # Errors
/// What the database reports; `Kind::Internal` when the contact details do not open.
pub fn ask_for_letter(
    db: &mut Db,
    vault: &Vault,
    letter: &AnsweredLetter<'_>,
    now: Timestamp,
) -> Result<Answer> {
    let (owner, id) = (&letter.consultation.id, letter.letter_id);
    if let Some(before) = thread::noted_answer(db, owner, id)? {
        return Ok(before);
    }
    let answer = decide(db, vault, letter, now)?;
    if thread::note_answer(db, owner, id, answer, now)? && answer == Answer::Asked {
        queue::enqueue(db, &job(letter), now)?;
    }
    Ok(answer)
}

fn decide(
    db: &mut Db,
    vault: &Vault,
    letter: &AnsweredLetter<'_>,
    now: Timestamp,
) -> Result<Answer> {
    let row = store::by_id(db, &letter.consultation.id, letter.submission_id)?;
    let sender = open_sender(vault, letter.consultation, &row.id, &row.contact_sealed)?;
    if sender.emails.is_empty() {
        return Ok(Answer::None);
    }
    let over = thread::is_over_limit(db, letter.sender_hash, letter.limit_per_hour, now)?;
    Ok(if over { Answer::Limited } else { Answer::Asked })
}

fn job<'a>(letter: &AnsweredLetter<'a>) -> NewJob<'a> {
    let id = letter.letter_id;
    let (kind, detail) = match letter.remark_ids {
        None => (JobKind::AcknowledgeSubmission, json!({"letter": id})),
        Some(remarks) => {
            let detail = json!({"remarks": remarks, "letter": id});
            (JobKind::AcknowledgeSupplement, detail)
        }
    };
    NewJob {
        kind,
        consultation: &letter.consultation.id,
        subject: letter.submission_id,
        detail,
    }
}

/// A letter that was too large to be read, and is to be answered.
#[derive(Clone, Copy, Debug)]
pub struct LargeLetter<'a> {
    pub consultation_id: &'a str,
    pub letter_id: &'a str,
    pub sender_hash: &'a str,
    /// Its size.
    pub bytes: i64,
    /// The setting `mail_answers_per_hour`.
    pub limit_per_hour: u32,
}

/// The same for a letter that is kept and could not be read for its size.
///
/// # Errors
/// What the database reports.
pub(super) fn ask_for_large(db: &mut Db, letter: &LargeLetter<'_>, now: Timestamp) -> Result<()> {
    let (owner, id) = (letter.consultation_id, letter.letter_id);
    let over = thread::is_over_limit(db, letter.sender_hash, letter.limit_per_hour, now)?;
    let answer = if over { Answer::Limited } else { Answer::Asked };
    if !thread::note_answer(db, owner, id, answer, now)? || over {
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::AnswerTooLarge,
        consultation: owner,
        subject: id,
        detail: json!({"bytes": letter.bytes}),
    };
    queue::enqueue(db, &job, now)
}
