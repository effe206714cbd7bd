//! The columns of the book of letters that answers are made from.

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::letters;
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;

/// So many letters from one address within an hour are looked at: whoever sends more is no person.
pub(super) const MOST_LATELY: usize = 1_000;

/// A letter of a consultation.
macro_rules! letter {
    ($consultation:expr, $id:expr) => {
        letters::table
            .filter(letters::consultation_id.eq($consultation))
            .filter(letters::id.eq($id))
    };
}

pub(super) fn thread(db: &mut Db, consultation: &str, id: &str) -> Result<Option<Vec<u8>>> {
    let sealed: Option<Option<Vec<u8>>> = letter!(consultation, id)
        .select(letters::thread_sealed)
        .first(db)
        .optional()?;
    Ok(sealed.flatten())
}

/// The latest letter of a submission whose conversation is kept.
pub(super) fn latest(
    db: &mut Db,
    consultation: &str,
    submission: &str,
) -> Result<Option<(String, Vec<u8>)>> {
    Ok(letters::table
        .filter(letters::consultation_id.eq(consultation))
        .filter(letters::submission_id.eq(submission))
        .filter(letters::thread_sealed.is_not_null())
        .order((letters::received_at.desc(), letters::id.desc()))
        .select((letters::id, letters::thread_sealed.assume_not_null()))
        .first(db)
        .optional()?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) state: String,
    pub(super) reason: Option<String>,
    pub(super) received_at: i64,
    pub(super) thread_sealed: Option<Vec<u8>>,
    pub(super) answer: Option<String>,
}

pub(super) fn of_submission(db: &mut Db, consultation: &str, submission: &str) -> Result<Vec<Row>> {
    Ok(letters::table
        .filter(letters::consultation_id.eq(consultation))
        .filter(letters::submission_id.eq(submission))
        .order((letters::received_at.asc(), letters::id.asc()))
        .select(Row::as_select())
        .load(db)?)
}

pub(super) fn submission_with(
    db: &mut Db,
    consultation: &str,
    message_hash: &str,
) -> Result<Option<String>> {
    let submission: Option<Option<String>> = letters::table
        .filter(letters::consultation_id.eq(consultation))
        .filter(letters::message_hash.eq(message_hash))
        .filter(letters::submission_id.is_not_null())
        .order(letters::id.asc())
        .select(letters::submission_id)
        .first(db)
        .optional()?;
    Ok(submission.flatten())
}

pub(super) fn set_bounced(db: &mut Db, (owner, id): (&str, &str), job: &str) -> Result<()> {
    diesel::update(letter!(owner, id))
        .set(letters::bounced_job.eq(job))
        .execute(db)?;
    Ok(())
}

/// What was decided on the letters that came from an address and were decided on since an instant.
/// A letter is decided on when it is booked, or later, so the index by the time of booking finds
/// those of a mailbox that is read as it fills.
pub(super) fn answers_since(
    db: &mut Db,
    sender_hash: &str,
    since: Timestamp,
) -> Result<Vec<String>> {
    let since = to_micros(since);
    let most = i64::try_from(MOST_LATELY).unwrap_or(i64::MAX);
    Ok(letters::table
        .filter(letters::sender_hash.eq(sender_hash))
        .filter(letters::recorded_at.ge(since))
        .filter(letters::answered_at.ge(since))
        .order(letters::recorded_at.desc())
        .limit(most)
        .select(letters::answer.assume_not_null())
        .load(db)?)
}

pub(super) fn set_answer(
    db: &mut Db,
    consultation: &str,
    id: &str,
    answer: &str,
    now: Timestamp,
) -> Result<bool> {
    let rows = diesel::update(letter!(consultation, id).filter(letters::answer.is_null()))
        .set((
            letters::answer.eq(answer),
            letters::answered_at.eq(to_micros(now)),
        ))
        .execute(db)?;
    Ok(rows == 1)
}

pub(super) fn answer(db: &mut Db, consultation: &str, id: &str) -> Result<Option<String>> {
    let answer: Option<Option<String>> = letter!(consultation, id)
        .select(letters::answer)
        .first(db)
        .optional()?;
    Ok(answer.flatten())
}
