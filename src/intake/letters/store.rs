//! The book of letters: its table.

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::letters;
use crate::error::Result;
use crate::ids::new_id;
use crate::intake::model::letter::LetterState;
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = letters)]
struct NewRow<'a> {
    consultation_id: &'a str,
    id: String,
    raw_sha256: &'a str,
    message_hash: &'a str,
    state: &'a str,
    received_at: i64,
    recorded_at: i64,
}

/// Books a letter by the hash of its bytes; answers its state, [`LetterState::Stored`] when new.
pub(in crate::intake) fn note(
    db: &mut Db,
    consultation_id: &str,
    raw_sha256: &str,
    now: Timestamp,
) -> Result<LetterState> {
    let row = NewRow {
        consultation_id,
        id: new_id(now)?,
        raw_sha256,
        message_hash: "",
        state: LetterState::Stored.code(),
        received_at: to_micros(now),
        recorded_at: to_micros(now),
    };
    if crate::insert_once!(db, letters::table, &row)? {
        return Ok(LetterState::Stored);
    }
    let (state, reason): (String, Option<String>) = letters::table
        .filter(letters::consultation_id.eq(consultation_id))
        .filter(letters::raw_sha256.eq(raw_sha256))
        .select((letters::state, letters::reason))
        .first(db)?;
    LetterState::parse(&state, reason)
}

/// Writes down what became of a letter; `false` when that stands there already: of two programs
/// that read the same letter at once, the second finds the submission that the first one made,
/// and must not call the letter a duplicate of itself.
pub(in crate::intake) fn finish(
    db: &mut Db,
    consultation_id: &str,
    raw_sha256: &str,
    state: &LetterState,
    message_hash: &str,
    submission_id: &str,
    received_at: Timestamp,
) -> Result<bool> {
    let rows = diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(consultation_id))
            .filter(letters::raw_sha256.eq(raw_sha256))
            .filter(letters::state.eq(LetterState::Stored.code())),
    )
    .set((
        letters::state.eq(state.code()),
        letters::message_hash.eq(message_hash),
        letters::submission_id.eq(submission_id),
        letters::received_at.eq(to_micros(received_at)),
    ))
    .execute(db)?;
    Ok(rows == 1)
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
