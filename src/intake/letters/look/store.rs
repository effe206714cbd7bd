//! The book of letters, read.

use super::model::{Guess, Looked, Which};
use crate::clock::from_micros;
use crate::db::Db;
use crate::db::schema::{letter_counts, letters, mailboxes, remarks};
use crate::error::Result;
use crate::intake::model::letter::LetterState;
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct Row {
    id: String,
    raw_sha256: String,
    state: String,
    reason: Option<String>,
    submission_id: Option<String>,
    received_at: i64,
    recorded_at: i64,
    road: String,
    mailbox_id: Option<String>,
    bytes: i64,
    internal_at: Option<i64>,
    relay_at: Option<i64>,
    checks: Option<String>,
    set_down_at: Option<i64>,
    set_down_by: Option<String>,
    head_sealed: Option<Vec<u8>>,
}

impl Row {
    fn looked(self, names: &HashMap<String, String>) -> Result<Looked> {
        let mailbox = self.mailbox_id.as_ref().and_then(|id| names.get(id));
        Ok(Looked {
            state: LetterState::parse(&self.state, self.reason)?,
            id: self.id,
            raw_sha256: self.raw_sha256,
            submission_id: self.submission_id,
            received_at: from_micros(self.received_at),
            recorded_at: from_micros(self.recorded_at),
            road: self.road,
            mailbox: mailbox.cloned(),
            bytes: u64::try_from(self.bytes).unwrap_or(0),
            internal_at: self.internal_at.map(from_micros),
            relay_at: self.relay_at.map(from_micros),
            checks: self.checks,
            set_down: self
                .set_down_at
                .map(|at| (from_micros(at), self.set_down_by.unwrap_or_default())),
            head_sealed: self.head_sealed,
        })
    }
}

/// The letters of a consultation that are asked for.
macro_rules! asked {
    ($query:expr, $which:expr) => {
        match $which {
            Which::All => $query,
            Which::Registered => $query.filter(letters::state.eq("registered")),
            Which::Supplement => $query.filter(letters::state.eq("supplement")),
            Which::Duplicate => $query.filter(letters::state.eq("duplicate")),
            Which::Held => $query
                .filter(letters::state.eq_any(["quarantined", "stored"]))
                .filter(letters::set_down_at.is_null()),
            Which::SetDown => $query
                .filter(letters::state.eq_any(["quarantined", "stored"]))
                .filter(letters::set_down_at.is_not_null()),
        }
    };
}

pub(super) fn page(
    db: &mut Db,
    consultation_id: &str,
    which: Which,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Looked>> {
    let query = letters::table
        .filter(letters::consultation_id.eq(consultation_id.to_owned()))
        .order(letters::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    let mut query = asked!(query, which);
    if let Some(before) = before {
        query = query.filter(letters::id.lt(before.to_owned()));
    }
    let rows: Vec<Row> = query.load(db)?;
    let names = names(db)?;
    rows.into_iter().map(|row| row.looked(&names)).collect()
}

/// The letters of a consultation by what became of them, and whether they were put down.
pub(super) fn counts(db: &mut Db, consultation_id: &str) -> Result<Vec<(String, bool, i64)>> {
    let rows: Vec<(String, i32, i64)> = letter_counts::table
        .filter(letter_counts::consultation_id.eq(consultation_id))
        .select((
            letter_counts::state,
            letter_counts::set_down,
            letter_counts::letters,
        ))
        .load(db)?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|(state, down, count)| (state, down != 0, count))
        .collect())
}

pub(super) fn held(db: &mut Db) -> Result<Vec<(String, i64)>> {
    Ok(letter_counts::table
        .filter(letter_counts::state.eq_any(["quarantined", "stored"]))
        .filter(letter_counts::set_down.eq(0))
        .filter(letter_counts::letters.gt(0))
        .order(letter_counts::consultation_id.asc())
        .select((letter_counts::consultation_id, letter_counts::letters))
        .load(db)?)
}

pub(super) fn one(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Looked>> {
    let row: Option<Row> = letters::table
        .filter(letters::consultation_id.eq(consultation_id))
        .filter(letters::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    let names = names(db)?;
    row.map(|row| row.looked(&names)).transpose()
}

/// There are few mailboxes.
fn names(db: &mut Db) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> = mailboxes::table
        .select((mailboxes::id, mailboxes::name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

pub(super) fn guesses(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<HashMap<String, Guess>> {
    let rows: Vec<(String, Option<String>, Option<i32>)> = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::submission_id.eq(submission_id))
        .select((remarks::id, remarks::evidence, remarks::confidence))
        .load(db)?;
    let guess = |(id, evidence, confidence)| {
        let guess = Guess {
            evidence,
            confidence,
        };
        (id, guess)
    };
    Ok(rows.into_iter().map(guess).collect())
}
