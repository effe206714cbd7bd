//! The table of jobs.

use super::model::NewJob;
use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::jobs;
use crate::error::Result;
use crate::ids::new_id;
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
struct Row<'a> {
    id: &'a str,
    kind: &'a str,
    consultation_id: &'a str,
    subject_id: &'a str,
    detail: &'a str,
    due_at: i64,
    attempts: i32,
    created_at: i64,
}

/// Writes a job down, due at once, in the transaction it is called in.
///
/// # Errors
/// What the database reports.
pub fn enqueue(db: &mut Db, new: &NewJob<'_>, now: Timestamp) -> Result<()> {
    let row = Row {
        id: &new_id(now)?,
        kind: new.kind.code(),
        consultation_id: new.consultation,
        subject_id: new.subject,
        detail: &new.detail.to_string(),
        due_at: to_micros(now),
        attempts: 0,
        created_at: to_micros(now),
    };
    crate::insert_row!(db, jobs::table, row)
}
