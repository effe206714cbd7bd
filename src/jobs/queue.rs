//! The table of jobs: writing them down, holding them, and what became of them.

use super::model::{BOUNCED, Job, JobKind, LEASE, NewJob, Reason, Task};
use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::jobs;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use diesel::prelude::*;
use jiff::Timestamp;

pub mod office;
pub mod recipients;
pub mod sent;

pub use sent::purge;

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
    enqueue_at(db, new, now, now)
}

/// Writes a job down that is due at an instant, in the transaction it is called in. Whatever may be
/// taken back before then, the job asks about when it is done.
///
/// # Errors
/// What the database reports.
pub fn enqueue_at(db: &mut Db, new: &NewJob<'_>, due: Timestamp, now: Timestamp) -> Result<()> {
    let row = Row {
        id: &new_id(now)?,
        kind: new.kind.code(),
        consultation_id: new.consultation,
        subject_id: new.subject,
        detail: &new.detail.to_string(),
        due_at: to_micros(due),
        attempts: 0,
        created_at: to_micros(now),
    };
    crate::insert_row!(db, jobs::table, row)
}

/// The identifiers of jobs that can be begun now, at most `limit`: kind by kind in their order,
/// within a kind those first that wait longest.
///
/// # Errors
/// What the database reports.
pub fn due(db: &mut Db, task: Task, now: Timestamp, limit: usize) -> Result<Vec<String>> {
    let now = to_micros(now);
    let mut found = Vec::new();
    for kind in task.kinds() {
        let left = limit.saturating_sub(found.len());
        if left == 0 {
            break;
        }
        // Kind by kind, because each is one look into the index however many others wait.
        let ids: Vec<String> = jobs::table
            .filter(jobs::kind.eq(kind.code()))
            .filter(jobs::done_at.is_null())
            .filter(jobs::given_up_at.is_null())
            .filter(jobs::due_at.le(now))
            .filter(jobs::leased_until.is_null().or(jobs::leased_until.le(now)))
            .order(jobs::due_at.asc())
            .limit(i64::try_from(left).unwrap_or(i64::MAX))
            .select(jobs::id)
            .load(db)?;
        found.extend(ids);
    }
    Ok(found)
}

/// Removes jobs about one thing that are not done yet.
///
/// # Errors
/// What the database reports.
pub fn drop_waiting(
    db: &mut Db,
    consultation_id: &str,
    kinds: &[JobKind],
    subject: &str,
) -> Result<()> {
    let codes: Vec<&str> = kinds.iter().map(|kind| kind.code()).collect();
    let waiting = jobs::table
        .filter(jobs::consultation_id.eq(consultation_id))
        .filter(jobs::subject_id.eq(subject))
        .filter(jobs::kind.eq_any(codes))
        .filter(jobs::done_at.is_null());
    diesel::delete(waiting).execute(db)?;
    Ok(())
}

type Claimed = (String, String, String, String, String, i32);

/// Takes hold of those of the jobs that nobody holds. However many workers ask at once, in this
/// process and in others, each job goes to one: the condition is asked again where it is changed.
///
/// # Errors
/// What the database reports.
pub fn claim(db: &mut Db, ids: &[String], now: Timestamp) -> Result<Vec<Job>> {
    let until = until(now)?;
    let now = to_micros(now);
    let mut held = Vec::new();
    for id in ids {
        let claimed: Option<Claimed> = diesel::update(
            jobs::table
                .filter(jobs::id.eq(id))
                .filter(jobs::done_at.is_null())
                .filter(jobs::given_up_at.is_null())
                .filter(jobs::due_at.le(now))
                .filter(jobs::leased_until.is_null().or(jobs::leased_until.le(now))),
        )
        .set((
            jobs::leased_until.eq(until),
            jobs::attempts.eq(jobs::attempts + 1),
        ))
        .returning((
            jobs::id,
            jobs::kind,
            jobs::consultation_id,
            jobs::subject_id,
            jobs::detail,
            jobs::attempts,
        ))
        .get_result(db)
        .optional()?;
        held.extend(claimed.map(job).transpose()?);
    }
    Ok(held)
}

fn job((id, kind, consultation, subject, detail, attempts): Claimed) -> Result<Job> {
    Ok(Job {
        id,
        kind: JobKind::parse(&kind).ok_or_else(|| Error::internal("a job of an unknown kind"))?,
        consultation,
        subject,
        detail: serde_json::from_str(&detail).map_err(Error::internal)?,
        attempts,
    })
}

fn until(now: Timestamp) -> Result<i64> {
    let until = now.checked_add(LEASE).map_err(Error::internal)?;
    Ok(to_micros(until))
}

/// A job that this worker still holds.
macro_rules! held {
    ($job:expr) => {
        jobs::table
            .filter(jobs::id.eq(&$job.id))
            .filter(jobs::attempts.eq($job.attempts))
            .filter(jobs::done_at.is_null())
            .filter(jobs::given_up_at.is_null())
    };
}

/// Marks a job as done. What was done stays done when another worker holds the job by now, unless the
/// mail has come back already: bounces can be faster than this.
///
/// # Errors
/// What the database reports.
pub fn finish(db: &mut Db, job: &Job, now: Timestamp) -> Result<()> {
    let row = jobs::table
        .filter(jobs::id.eq(&job.id))
        .filter(jobs::done_at.is_null())
        .filter(
            jobs::last_error
                .is_null()
                .or(jobs::last_error.not_like(format!("{BOUNCED} %"))),
        );
    diesel::update(row)
        .set((
            jobs::done_at.eq(to_micros(now)),
            jobs::given_up_at.eq(None::<i64>),
            jobs::leased_until.eq(None::<i64>),
            jobs::last_error.eq(None::<String>),
        ))
        .execute(db)?;
    Ok(())
}

/// Gives a job back, to be tried again at an instant.
///
/// # Errors
/// What the database reports.
pub fn put_off(db: &mut Db, job: &Job, reason: Reason, due: Timestamp) -> Result<()> {
    diesel::update(held!(job))
        .set((
            jobs::due_at.eq(to_micros(due)),
            jobs::leased_until.eq(None::<i64>),
            jobs::last_error.eq(reason.code()),
        ))
        .execute(db)?;
    Ok(())
}

/// Gives a job up: from now on the office sees it, and nobody tries it until the office says so.
///
/// # Errors
/// What the database reports.
pub fn give_up(db: &mut Db, job: &Job, reason: Reason, now: Timestamp) -> Result<()> {
    diesel::update(held!(job))
        .set((
            jobs::given_up_at.eq(to_micros(now)),
            jobs::leased_until.eq(None::<i64>),
            jobs::last_error.eq(reason.code()),
        ))
        .execute(db)?;
    Ok(())
}

/// Notes how far a long job has come, in the transaction of what it did, and holds it anew.
///
/// # Errors
/// `Kind::Conflict` when another worker holds it by now: what was done is undone.
pub fn go_on(db: &mut Db, job: &Job, detail: &serde_json::Value, now: Timestamp) -> Result<()> {
    let rows = diesel::update(held!(job))
        .set((
            jobs::detail.eq(detail.to_string()),
            jobs::leased_until.eq(until(now)?),
        ))
        .execute(db)?;
    if rows == 1 {
        return Ok(());
    }
    Err(Error::new(
        Kind::Conflict,
        "这项后台任务已由另一个进程接手",
        "another process has taken this job over",
    ))
}

/// Takes back a job that nobody has begun: what it would tell will not happen.
///
/// # Errors
/// What the database reports.
pub fn call_off(db: &mut Db, kind: JobKind, consultation: &str, due: Timestamp) -> Result<()> {
    let waiting = jobs::table
        .filter(jobs::kind.eq(kind.code()))
        .filter(jobs::consultation_id.eq(consultation))
        .filter(jobs::due_at.eq(to_micros(due)))
        .filter(jobs::attempts.eq(0))
        .filter(jobs::done_at.is_null());
    diesel::delete(waiting).execute(db)?;
    Ok(())
}
