//! What the office sees of the jobs, and trying one again.

use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::jobs;
use crate::error::Result;
use crate::jobs::model::{JobKind, Reason, Task};
use diesel::dsl::count_star;
use diesel::prelude::*;
use jiff::Timestamp;

/// Lets a job that was given up be tried again, from the first pause on; `None` when it was not
/// given up. Answers its consultation and kind.
///
/// # Errors
/// What the database reports.
pub fn try_again(db: &mut Db, id: &str, now: Timestamp) -> Result<Option<(String, String)>> {
    let row = jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::given_up_at.is_not_null());
    Ok(diesel::update(row)
        .set((
            jobs::given_up_at.eq(None::<i64>),
            jobs::due_at.eq(to_micros(now)),
            jobs::attempts.eq(0),
            jobs::last_error.eq(None::<String>),
        ))
        .returning((jobs::consultation_id, jobs::kind))
        .get_result(db)
        .optional()?)
}

/// How the mails stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Not sent yet.
    pub waiting: i64,
    /// Of these, tried and put off.
    pub put_off: i64,
    pub given_up: i64,
}

/// How the mails stand.
///
/// # Errors
/// What the database reports.
pub fn standing(db: &mut Db) -> Result<Standing> {
    let kinds = Task::Mail.kinds().map(JobKind::code);
    let waiting = jobs::table
        .filter(jobs::kind.eq_any(kinds))
        .filter(jobs::done_at.is_null())
        .filter(jobs::given_up_at.is_null());
    Ok(Standing {
        waiting: waiting.clone().select(count_star()).first(db)?,
        put_off: waiting
            .filter(jobs::last_error.is_not_null())
            .select(count_star())
            .first(db)?,
        given_up: jobs::table
            .filter(jobs::given_up_at.is_not_null())
            .select(count_star())
            .first(db)?,
    })
}

/// Whether anything was given up.
///
/// # Errors
/// What the database reports.
pub fn any_given_up(db: &mut Db) -> Result<bool> {
    let one: Option<String> = jobs::table
        .filter(jobs::given_up_at.is_not_null())
        .select(jobs::id)
        .first(db)
        .optional()?;
    Ok(one.is_some())
}

/// A job that did not succeed so far, for the office.
#[derive(Clone, Debug)]
pub struct Failed {
    pub id: String,
    pub kind: JobKind,
    pub consultation: String,
    pub subject: String,
    pub reason: Reason,
    pub attempts: i32,
    /// When it is tried again, or was given up.
    pub at: Timestamp,
}

type FailedRow = (String, String, String, String, Option<String>, i32, i64);

fn failed((id, kind, consultation, subject, reason, attempts, at): FailedRow) -> Option<Failed> {
    Some(Failed {
        id,
        kind: JobKind::parse(&kind)?,
        consultation,
        subject,
        reason: Reason::parse(reason.as_deref().unwrap_or_default()),
        attempts,
        at: from_micros(at),
    })
}

/// What was given up, the latest first.
///
/// # Errors
/// What the database reports.
pub fn given_up(db: &mut Db, limit: i64) -> Result<Vec<Failed>> {
    let rows: Vec<FailedRow> = jobs::table
        .filter(jobs::given_up_at.is_not_null())
        .order(jobs::given_up_at.desc())
        .limit(limit)
        .select((
            jobs::id,
            jobs::kind,
            jobs::consultation_id,
            jobs::subject_id,
            jobs::last_error,
            jobs::attempts,
            jobs::given_up_at.assume_not_null(),
        ))
        .load(db)?;
    Ok(rows.into_iter().filter_map(failed).collect())
}

/// What was tried and waits for its next try, the next first.
///
/// # Errors
/// What the database reports.
pub fn put_off(db: &mut Db, limit: i64) -> Result<Vec<Failed>> {
    let kinds = Task::Mail.kinds().map(JobKind::code);
    let rows: Vec<FailedRow> = jobs::table
        .filter(jobs::kind.eq_any(kinds))
        .filter(jobs::done_at.is_null())
        .filter(jobs::given_up_at.is_null())
        .filter(jobs::last_error.is_not_null())
        .order(jobs::due_at.asc())
        .limit(limit)
        .select((
            jobs::id,
            jobs::kind,
            jobs::consultation_id,
            jobs::subject_id,
            jobs::last_error,
            jobs::attempts,
            jobs::due_at,
        ))
        .load(db)?;
    Ok(rows.into_iter().filter_map(failed).collect())
}
