//! News of a consultation: one `TellFollower` for each follower who confirmed and has not ended.

use super::model::{Job, JobKind, NewJob, Outcome};
use super::queue;
use super::tools::{Tools, text, unreadable};
use crate::consultations::find as consultations;
use crate::db::Db;
use crate::documents::published;
use crate::error::{Kind, Result};
use crate::followers::find;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Followers in one transaction.
const BATCH: i64 = 500;

/// Makes the jobs, batch by batch.
pub(super) async fn run(tools: &Tools, job: &Job) -> Result<Outcome> {
    tools.in_batches(job, batch).await
}

/// The last follower of the batch; `None` when there are no more.
fn batch(db: &mut Db, job: &Job, after: &str, now: Timestamp) -> Result<Option<String>> {
    let mut news = job.detail.as_object().cloned().ok_or_else(unreadable)?;
    if !still_true(db, job, now)? {
        return Ok(None);
    }
    news.remove("after");
    let ids = find::told_after(db, &job.consultation, after, BATCH)?;
    for id in &ids {
        let new = NewJob {
            kind: JobKind::TellFollower,
            consultation: &job.consultation,
            subject: id,
            detail: Value::Object(news.clone()),
        };
        queue::enqueue(db, &new, now)?;
    }
    let Some(last) = ids.last() else {
        return Ok(None);
    };
    news.insert("after".to_owned(), json!(last));
    queue::go_on(db, job, &Value::Object(news), now)?;
    Ok(Some(last.clone()))
}

/// Whether what is to be told has happened: a publication may have been taken back before its hour.
fn still_true(db: &mut Db, job: &Job, now: Timestamp) -> Result<bool> {
    let consultation = match consultations::by_id(db, &job.consultation, now) {
        Ok(consultation) => consultation,
        Err(error) if error.kind() == Kind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    Ok(match text(job, "news") {
        Some("revised") => {
            let version = job.detail.get("version").and_then(Value::as_i64);
            let seen = published::versions(db, &job.consultation, now)?;
            seen.iter()
                .any(|one| Some(i64::from(one.number)) == version)
        }
        Some("answered") => consultation.answered_at.is_some_and(|at| at <= now),
        Some("extended") => true,
        _ => return Err(unreadable()),
    })
}
