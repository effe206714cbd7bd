//! The table of what the office wrote.

use crate::db::Db;
use crate::db::schema::office_messages;
use crate::error::Result;
use diesel::prelude::*;

/// A message to be written.
#[derive(Insertable)]
#[diesel(table_name = office_messages)]
pub(super) struct NewRow<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) id: &'a str,
    pub(super) submission_id: &'a str,
    pub(super) words_sealed: &'a [u8],
    pub(super) written_by: &'a str,
    pub(super) written_by_name: &'a str,
    pub(super) written_at: i64,
}

/// A message as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = office_messages)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) submission_id: String,
    pub(super) words_sealed: Vec<u8>,
    pub(super) written_by_name: String,
    pub(super) written_at: i64,
}

/// `false` when a message with this identifier is there already.
pub(super) fn insert(db: &mut Db, row: &NewRow<'_>) -> Result<bool> {
    crate::insert_once!(db, office_messages::table, row)
}

pub(super) fn by_id(db: &mut Db, consultation: &str, id: &str) -> Result<Option<Row>> {
    Ok(office_messages::table
        .filter(office_messages::consultation_id.eq(consultation))
        .filter(office_messages::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?)
}

/// The messages to the sender of a submission, the oldest first.
pub(super) fn of_submission(db: &mut Db, consultation: &str, submission: &str) -> Result<Vec<Row>> {
    Ok(office_messages::table
        .filter(office_messages::consultation_id.eq(consultation))
        .filter(office_messages::submission_id.eq(submission))
        .order((office_messages::written_at.asc(), office_messages::id.asc()))
        .select(Row::as_select())
        .load(db)?)
}

pub(super) fn submission_of_message(
    db: &mut Db,
    consultation: &str,
    id: &str,
) -> Result<Option<String>> {
    Ok(office_messages::table
        .filter(office_messages::consultation_id.eq(consultation))
        .filter(office_messages::id.eq(id))
        .select(office_messages::submission_id)
        .first(db)
        .optional()?)
}

/// Puts other sealed words in the place of a message's.
pub(super) fn set_words(db: &mut Db, consultation: &str, id: &str, sealed: &[u8]) -> Result<()> {
    diesel::update(
        office_messages::table
            .filter(office_messages::consultation_id.eq(consultation))
            .filter(office_messages::id.eq(id)),
    )
    .set(office_messages::words_sealed.eq(sealed))
    .execute(db)?;
    Ok(())
}
