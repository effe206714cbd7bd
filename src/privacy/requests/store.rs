//! The table of requests.

use super::model::RequestKind;
use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::privacy_requests;
use crate::error::Result;
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::Timestamp;

/// A request as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = privacy_requests)]
pub(super) struct Row {
    pub(super) consultation_id: String,
    pub(super) id: String,
    pub(super) submission_id: String,
    pub(super) kind: String,
    pub(super) note_sealed: Option<Vec<u8>>,
    pub(super) asked_at: i64,
    pub(super) done_at: Option<i64>,
    pub(super) done_by_name: Option<String>,
    pub(super) answer: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = privacy_requests, treat_none_as_default_value = false)]
pub(super) struct NewRow<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) id: &'a str,
    pub(super) submission_id: &'a str,
    pub(super) kind: &'a str,
    pub(super) note_sealed: Option<&'a [u8]>,
    pub(super) asked_at: i64,
}

pub(super) fn insert(db: &mut Db, row: &NewRow<'_>) -> Result<()> {
    crate::insert_row!(db, privacy_requests::table, row)
}

/// Whether such a request waits already.
pub(super) fn is_waiting(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
    kind: RequestKind,
) -> Result<bool> {
    let waiting: i64 = privacy_requests::table
        .filter(privacy_requests::consultation_id.eq(consultation_id))
        .filter(privacy_requests::submission_id.eq(submission_id))
        .filter(privacy_requests::kind.eq(kind.code()))
        .filter(privacy_requests::done_at.is_null())
        .select(count_star())
        .first(db)?;
    Ok(waiting > 0)
}

pub(super) fn of_submission(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<Row>> {
    Ok(privacy_requests::table
        .filter(privacy_requests::consultation_id.eq(consultation_id))
        .filter(privacy_requests::submission_id.eq(submission_id))
        .order((privacy_requests::asked_at.asc(), privacy_requests::id.asc()))
        .select(Row::as_select())
        .load(db)?)
}

pub(super) fn by_id(db: &mut Db, id: &str) -> Result<Option<Row>> {
    Ok(privacy_requests::table
        .filter(privacy_requests::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?)
}

/// Those that wait, the oldest first.
pub(super) fn waiting(db: &mut Db, limit: i64) -> Result<Vec<Row>> {
    Ok(privacy_requests::table
        .filter(privacy_requests::done_at.is_null())
        .order((privacy_requests::asked_at.asc(), privacy_requests::id.asc()))
        .limit(limit)
        .select(Row::as_select())
        .load(db)?)
}

/// Those that were dealt with, the latest first.
pub(super) fn done(db: &mut Db, limit: i64) -> Result<Vec<Row>> {
    Ok(privacy_requests::table
        .filter(privacy_requests::done_at.is_not_null())
        .order((
            privacy_requests::done_at.desc(),
            privacy_requests::id.desc(),
        ))
        .limit(limit)
        .select(Row::as_select())
        .load(db)?)
}

pub(super) fn count_waiting(db: &mut Db) -> Result<i64> {
    Ok(privacy_requests::table
        .filter(privacy_requests::done_at.is_null())
        .select(count_star())
        .first(db)?)
}

/// Marks a request as dealt with; `false` when it was before.
pub(super) fn finish(
    db: &mut Db,
    id: &str,
    (by, by_name): (&str, &str),
    answer: &str,
    now: Timestamp,
) -> Result<bool> {
    let marked = diesel::update(
        privacy_requests::table
            .filter(privacy_requests::id.eq(id))
            .filter(privacy_requests::done_at.is_null()),
    )
    .set((
        privacy_requests::done_at.eq(Some(to_micros(now))),
        privacy_requests::done_by.eq(Some(by)),
        privacy_requests::done_by_name.eq(Some(by_name)),
        privacy_requests::answer.eq(Some(answer)),
    ))
    .execute(db)?;
    Ok(marked == 1)
}

/// Puts other words in the place of the answers to the requests of a submission.
pub(super) fn conceal_answers(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
    public: impl Fn(&str) -> String,
) -> Result<()> {
    for row in of_submission(db, consultation_id, submission_id)? {
        let Some(answer) = row.answer else {
            continue;
        };
        let one = privacy_requests::table
            .filter(privacy_requests::consultation_id.eq(consultation_id))
            .filter(privacy_requests::id.eq(&row.id));
        diesel::update(one)
            .set(privacy_requests::answer.eq(Some(public(&answer))))
            .execute(db)?;
    }
    Ok(())
}

/// Destroys what was written beside the requests of a submission.
pub(super) fn forget_notes(db: &mut Db, consultation_id: &str, submission_id: &str) -> Result<()> {
    diesel::update(
        privacy_requests::table
            .filter(privacy_requests::consultation_id.eq(consultation_id))
            .filter(privacy_requests::submission_id.eq(submission_id)),
    )
    .set(privacy_requests::note_sealed.eq(None::<Vec<u8>>))
    .execute(db)?;
    Ok(())
}
