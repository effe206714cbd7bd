//! The mails that were asked for, as they are found again: by the number in an answer or a bounce,
//! by what they are about; and what is remembered of them once their jobs are removed.

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::{jobs, sent_mails};
use crate::error::{Error, Result};
use crate::jobs::model::{BOUNCED, JobKind, KEPT, Reason};
use diesel::prelude::*;
use jiff::Timestamp;
use std::ops::RangeInclusive;

/// What a mail of ours was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    /// The job that asked for it.
    pub job: String,
    pub kind: JobKind,
    pub consultation: String,
    /// As [`JobKind`] says.
    pub subject: String,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// Not sent yet; why the last try failed.
    Waiting(Option<Reason>),
    Sent,
    /// Given up, or came back.
    Failed(Reason),
}

/// The mail of a job, however long ago it was sent; `None` when there was none, or when it was about
/// nothing that is remembered.
///
/// # Errors
/// What the database reports.
pub fn by_job(db: &mut Db, job: &str) -> Result<Option<SentMail>> {
    type Row = (String, String, String);
    let row: Option<Row> = jobs::table
        .filter(jobs::id.eq(job))
        .select((jobs::kind, jobs::consultation_id, jobs::subject_id))
        .first(db)
        .optional()?;
    let row = match row {
        Some(row) => Some(row),
        None => sent_mails::table
            .filter(sent_mails::job_id.eq(job))
            .select((
                sent_mails::kind,
                sent_mails::consultation_id,
                sent_mails::subject_id,
            ))
            .first(db)
            .optional()?,
    };
    Ok(row.and_then(|(kind, consultation, subject)| {
        Some(SentMail {
            job: job.to_owned(),
            kind: JobKind::parse(&kind).filter(|kind| kind.sends_mail())?,
            consultation,
            subject,
        })
    }))
}

/// The mail of a kind about something, among the jobs with identifiers within these bounds: which
/// of a million mails it is needs no index of its own, because the job was written down in a known
/// millisecond ([`crate::ids::made_with`]). Answers the job and what became of its mail.
///
/// # Errors
/// What the database reports.
pub fn about(
    db: &mut Db,
    kind: JobKind,
    subject: &str,
    ids: &RangeInclusive<String>,
) -> Result<Option<(String, MailState)>> {
    type Row = (String, Option<i64>, Option<i64>, Option<String>);
    let row: Option<Row> = jobs::table
        .filter(jobs::id.between(ids.start(), ids.end()))
        .filter(jobs::kind.eq(kind.code()))
        .filter(jobs::subject_id.eq(subject))
        .order(jobs::id.asc())
        .select((jobs::id, jobs::done_at, jobs::given_up_at, jobs::last_error))
        .first(db)
        .optional()?;
    if let Some((id, done, given_up, error)) = row {
        let reason = error.as_deref().map(Reason::parse);
        let state = match (done, given_up) {
            (Some(_), _) => MailState::Sent,
            (None, Some(_)) => MailState::Failed(reason.unwrap_or(Reason::Fault)),
            (None, None) => MailState::Waiting(reason),
        };
        return Ok(Some((id, state)));
    }
    let old: Option<String> = sent_mails::table
        .filter(sent_mails::job_id.between(ids.start(), ids.end()))
        .filter(sent_mails::kind.eq(kind.code()))
        .filter(sent_mails::subject_id.eq(subject))
        .order(sent_mails::job_id.asc())
        .select(sent_mails::job_id)
        .first(db)
        .optional()?;
    Ok(old.map(|id| (id, MailState::Sent)))
}

/// Gives up a job whose mail came back, though the mail server had taken it; `false` when that was
/// noted before, or the job is gone.
///
/// # Errors
/// What the database reports.
pub fn came_back(db: &mut Db, job: &str, reason: Reason, now: Timestamp) -> Result<bool> {
    let row = jobs::table.filter(jobs::id.eq(job)).filter(
        jobs::given_up_at
            .is_null()
            .or(jobs::last_error.is_null())
            .or(jobs::last_error.not_like(format!("{BOUNCED} %"))),
    );
    let rows = diesel::update(row)
        .set((
            jobs::given_up_at.eq(to_micros(now)),
            jobs::done_at.eq(None::<i64>),
            jobs::leased_until.eq(None::<i64>),
            jobs::last_error.eq(reason.code()),
        ))
        .execute(db)?;
    Ok(rows == 1)
}

/// Removes what was done long ago, some of it at a time; answers how many. Of mails about
/// submissions it is remembered what they were about: people answer a mail months later.
///
/// # Errors
/// What the database reports.
pub fn purge(db: &mut Db, now: Timestamp) -> Result<usize> {
    let before = now.checked_sub(KEPT).map_err(Error::internal)?;
    let old: Vec<Old> = jobs::table
        .filter(jobs::done_at.lt(to_micros(before)))
        .select((
            jobs::id,
            jobs::consultation_id,
            jobs::kind,
            jobs::subject_id,
        ))
        .limit(500)
        .load(db)?;
    if old.is_empty() {
        return Ok(0);
    }
    let is_remembered =
        |row: &&Old| JobKind::parse(&row.kind).is_some_and(JobKind::is_about_a_submission);
    for row in old.iter().filter(is_remembered) {
        crate::insert_once!(db, sent_mails::table, row)?;
    }
    let ids: Vec<String> = old.into_iter().map(|row| row.job_id).collect();
    Ok(diesel::delete(jobs::table.filter(jobs::id.eq_any(ids))).execute(db)?)
}

/// What is remembered of a job.
#[derive(Queryable, Insertable)]
#[diesel(table_name = sent_mails)]
struct Old {
    job_id: String,
    consultation_id: String,
    kind: String,
    subject_id: String,
}
