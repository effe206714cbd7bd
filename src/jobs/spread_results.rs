//! After the answers were published: one `TellResult` for each submission.

use super::model::{Job, JobKind, NewJob, Outcome};
use super::queue;
use super::tools::Tools;
use crate::consultations::find as consultations;
use crate::db::Db;
use crate::error::{Kind, Result};
use crate::intake::find;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Submissions in one transaction: with four million of them nobody else waits long, and after a
/// crash it goes on where it stood.
const BATCH: i64 = 500;

/// Makes the jobs, batch by batch. Whether a submission has an e-mail address is sealed; `TellResult`
/// looks.
pub(super) async fn run(tools: &Tools, job: &Job) -> Result<Outcome> {
    tools.in_batches(job, batch).await
}

/// The last submission of the batch; `None` when there are no more.
fn batch(db: &mut Db, job: &Job, after: &str, now: Timestamp) -> Result<Option<String>> {
    match consultations::by_id(db, &job.consultation, now) {
        Ok(consultation) if consultation.answered_at.is_some() => {}
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    let ids = find::standing_after(db, &job.consultation, after, BATCH)?;
    for id in &ids {
        let new = NewJob {
            kind: JobKind::TellResult,
            consultation: &job.consultation,
            subject: id,
            detail: Value::Null,
        };
        queue::enqueue(db, &new, now)?;
    }
    let Some(last) = ids.last() else {
        return Ok(None);
    };
    queue::go_on(db, job, &json!({ "after": last }), now)?;
    Ok(Some(last.clone()))
}
