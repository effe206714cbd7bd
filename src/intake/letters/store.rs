//! The book of letters: its table.

pub(super) mod head;
pub(super) mod held;

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::letters;
use crate::error::Result;
use crate::ids::new_id;
use crate::intake::model::letter::LetterState;
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = letters, treat_none_as_default_value = false)]
struct NewRow<'a> {
    consultation_id: &'a str,
    id: String,
    raw_sha256: &'a str,
    message_hash: &'a str,
    state: &'a str,
    received_at: i64,
    recorded_at: i64,
    road: &'a str,
    mailbox_id: Option<&'a str>,
    bytes: i64,
    internal_at: Option<i64>,
    relay_at: Option<i64>,
    checks: Option<&'a str>,
    head_sealed: Option<&'a [u8]>,
}

/// A letter as it came.
pub(in crate::intake) struct Entry<'a> {
    pub(in crate::intake) consultation_id: &'a str,
    pub(in crate::intake) raw_sha256: &'a str,
    pub(in crate::intake) road: &'a str,
    pub(in crate::intake) mailbox_id: Option<&'a str>,
    pub(in crate::intake) bytes: i64,
    pub(in crate::intake) internal_at: Option<Timestamp>,
    pub(in crate::intake) relay_at: Option<Timestamp>,
    pub(in crate::intake) checks: Option<&'a str>,
    /// Sender and subject, of one that becomes no submission.
    pub(in crate::intake) head_sealed: Option<&'a [u8]>,
}

/// What a letter is known by later.
pub(in crate::intake) struct Known {
    pub(in crate::intake) message_hash: String,
    /// `None` when it does not say who sent it.
    pub(in crate::intake) sender_hash: Option<String>,
    /// What answers need of its header.
    pub(in crate::intake) thread_sealed: Vec<u8>,
}

/// What became of a letter.
pub(in crate::intake) struct Outcome<'a> {
    pub(in crate::intake) state: &'a LetterState,
    pub(in crate::intake) known: &'a Known,
    pub(in crate::intake) submission_id: &'a str,
    pub(in crate::intake) received_at: Timestamp,
    /// What answers need of its header.
    pub(in crate::intake) thread_sealed: &'a [u8],
}

/// Books a letter by the hash of its bytes; answers its identifier and its state,
/// [`LetterState::Stored`] when new.
pub(in crate::intake) fn note(
    db: &mut Db,
    entry: &Entry<'_>,
    now: Timestamp,
) -> Result<(String, LetterState)> {
    let id = new_id(now)?;
    let row = NewRow {
        consultation_id: entry.consultation_id,
        id: id.clone(),
        raw_sha256: entry.raw_sha256,
        message_hash: "",
        state: LetterState::Stored.code(),
        received_at: to_micros(now),
        recorded_at: to_micros(now),
        road: entry.road,
        mailbox_id: entry.mailbox_id,
        bytes: entry.bytes,
        internal_at: entry.internal_at.map(to_micros),
        relay_at: entry.relay_at.map(to_micros),
        checks: entry.checks,
        head_sealed: entry.head_sealed,
    };
    if crate::insert_once!(db, letters::table, &row)? {
        return Ok((id, LetterState::Stored));
    }
    let (id, state, reason): (String, String, Option<String>) = letters::table
        .filter(letters::consultation_id.eq(entry.consultation_id))
        .filter(letters::raw_sha256.eq(entry.raw_sha256))
        .select((letters::id, letters::state, letters::reason))
        .first(db)?;
    Ok((id, LetterState::parse(&state, reason)?))
}

/// Writes down what became of a letter; `false` when that stands there already: of two programs
/// that read the same letter at once, the second finds the submission that the first one made,
/// and must not call the letter a duplicate of itself.
pub(in crate::intake) fn finish(
    db: &mut Db,
    consultation_id: &str,
    raw_sha256: &str,
    outcome: &Outcome<'_>,
) -> Result<bool> {
    let rows = diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(consultation_id))
            .filter(letters::raw_sha256.eq(raw_sha256))
            .filter(letters::state.eq(LetterState::Stored.code())),
    )
    .set((
        letters::state.eq(outcome.state.code()),
        letters::reason.eq(None::<String>),
        letters::message_hash.eq(&outcome.known.message_hash),
        letters::sender_hash.eq(&outcome.known.sender_hash),
        letters::submission_id.eq(outcome.submission_id),
        letters::thread_sealed.eq(outcome.thread_sealed),
        letters::head_sealed.eq(None::<Vec<u8>>),
        letters::received_at.eq(to_micros(outcome.received_at)),
    ))
    .execute(db)?;
    Ok(rows == 1)
}

/// Notes what a letter is known by that made no submission.
pub(in crate::intake) fn know(db: &mut Db, letter: (&str, &str), known: &Known) -> Result<()> {
    diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(letter.0))
            .filter(letters::id.eq(letter.1)),
    )
    .set((
        letters::message_hash.eq(&known.message_hash),
        letters::sender_hash.eq(&known.sender_hash),
        letters::thread_sealed.eq(&known.thread_sealed),
    ))
    .execute(db)?;
    Ok(())
}

/// Nothing could be made of a letter for now.
pub(in crate::intake) fn fault(db: &mut Db, consultation_id: &str, raw_sha256: &str) -> Result<()> {
    diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(consultation_id))
            .filter(letters::raw_sha256.eq(raw_sha256))
            .filter(letters::state.eq(LetterState::Stored.code())),
    )
    .set(letters::reason.eq("fault"))
    .execute(db)?;
    Ok(())
}

/// The submission of a sender's letter with a Message-ID, the latest first.
pub(in crate::intake) fn sent_by(
    db: &mut Db,
    consultation_id: &str,
    message_hash: &str,
    sender_hash: &str,
) -> Result<Option<String>> {
    let found: Option<Option<String>> = letters::table
        .filter(letters::consultation_id.eq(consultation_id))
        .filter(letters::message_hash.eq(message_hash))
        .filter(letters::sender_hash.eq(sender_hash))
        .filter(letters::submission_id.is_not_null())
        .order(letters::id.desc())
        .select(letters::submission_id)
        .first(db)
        .optional()?;
    Ok(found.flatten())
}

/// The latest submissions that a sender's letters made, the latest first, each once.
pub(in crate::intake) fn latest_of(
    db: &mut Db,
    consultation_id: &str,
    sender_hash: &str,
    limit: i64,
) -> Result<Vec<String>> {
    let found: Vec<Option<String>> = letters::table
        .filter(letters::consultation_id.eq(consultation_id))
        .filter(letters::sender_hash.eq(sender_hash))
        .filter(letters::state.eq(LetterState::Registered.code()))
        .order(letters::recorded_at.desc())
        .limit(limit)
        .select(letters::submission_id)
        .load(db)?;
    Ok(found.into_iter().flatten().collect())
}

/// Sets a letter aside; `false`, and nothing changed, when another process was first.
pub(in crate::intake) fn quarantine(
    db: &mut Db,
    consultation_id: &str,
    raw_sha256: &str,
    reason: &str,
    received_at: Timestamp,
) -> Result<bool> {
    let changed = diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(consultation_id))
            .filter(letters::raw_sha256.eq(raw_sha256))
            .filter(letters::state.eq(LetterState::Stored.code())),
    )
    .set((
        letters::state.eq("quarantined"),
        letters::reason.eq(reason),
        letters::received_at.eq(to_micros(received_at)),
    ))
    .execute(db)?;
    Ok(changed == 1)
}
