//! Reading requests.

use super::model::{Done, Request, RequestKind, note_of};
use super::store;
use crate::clock::from_micros;
use crate::consultations::find as consultations;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// How many requests one list shows.
const SHOWN: i64 = 200;

/// The requests about one submission, the oldest first, without their notes.
///
/// # Errors
/// What the database reports.
pub fn of_submission(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<Request>> {
    let rows = store::of_submission(db, consultation_id, submission_id)?;
    rows.into_iter().map(|row| request(row, None)).collect()
}

/// How many requests wait, over all consultations.
///
/// # Errors
/// What the database reports.
pub fn count_waiting(db: &mut Db) -> Result<i64> {
    store::count_waiting(db)
}

/// The requests that wait, the oldest first, and the latest that were dealt with; without notes.
///
/// # Errors
/// What the database reports.
pub fn work_list(db: &mut Db) -> Result<(Vec<Request>, Vec<Request>)> {
    let of = |rows: Vec<store::Row>| rows.into_iter().map(|row| request(row, None)).collect();
    let waiting: Result<_> = of(store::waiting(db, SHOWN)?);
    let done: Result<_> = of(store::done(db, SHOWN)?);
    Ok((waiting?, done?))
}

/// One request without its note, for the mail about it; `None` when there is none.
///
/// # Errors
/// What the database reports.
pub fn without_note(db: &mut Db, id: &str) -> Result<Option<Request>> {
    let row = store::by_id(db, id)?;
    row.map(|row| request(row, None)).transpose()
}

/// One request with its note opened, and its consultation.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn by_id(
    db: &mut Db,
    vault: &Vault,
    id: &str,
    now: Timestamp,
) -> Result<(Request, Consultation)> {
    let row = if is_id(id) {
        store::by_id(db, id)?
    } else {
        None
    };
    let row = row.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            "没有这项申请，请从列表里重新进入",
            "there is no such request; go back to the list",
        )
    })?;
    let consultation = consultations::by_id(db, &row.consultation_id, now)?;
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let sealed = row.note_sealed.as_deref();
    let note = sealed.map(|sealed| key.open(sealed, &note_of(&row.id)));
    let note = note.transpose()?.map(String::from_utf8);
    let note = note.transpose().map_err(Error::internal)?;
    Ok((request(row, note)?, consultation))
}

fn request(row: store::Row, note: Option<String>) -> Result<Request> {
    let kind = RequestKind::parse(&row.kind);
    Ok(Request {
        kind: kind.ok_or_else(|| Error::internal(format!("unknown kind {}", row.kind)))?,
        done: row.done_at.map(|at| Done {
            at: from_micros(at),
            by: row.done_by_name.unwrap_or_default(),
            answer: row.answer.unwrap_or_default(),
        }),
        asked_at: from_micros(row.asked_at),
        id: row.id,
        consultation_id: row.consultation_id,
        submission_id: row.submission_id,
        note,
    })
}
