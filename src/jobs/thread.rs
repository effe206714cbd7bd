//! Where a mail about a submission stands in the conversation with its sender.

use super::model::{Job, JobKind};
use super::queue::sent;
use super::tools::{Desk, text};
use crate::db::Db;
use crate::error::Result;
use crate::ids::made_with;
use crate::intake::find::Found;
use crate::intake::letters::thread::{self, LetterThread};
use crate::mail::outbound::{Mail, answer_to, message_id};

/// Puts a mail into the conversation: behind the letter that it answers, else behind the sender's
/// latest letter, else behind our first receipt. Whoever wrote a letter finds the answers under their
/// own subject, because many programs tell conversations apart by it.
pub(super) fn in_thread(
    db: &mut Db,
    desk: &Desk<'_>,
    found: &Found,
    job: &Job,
    mail: Mail,
) -> Result<Mail> {
    if let Some(letter) = letter(db, desk, found, job)? {
        let subject = answer_to(&letter.subject, &found.receipt);
        return Ok(Mail {
            after: letter.chain(),
            subject: subject.unwrap_or_else(|| mail.subject.clone()),
            ..mail
        });
    }
    // Written down with the submission, in its millisecond.
    let ids = made_with(&found.submission_id);
    let kind = JobKind::AcknowledgeSubmission;
    let first = sent::about(db, kind, &found.submission_id, &ids)?;
    let before = first.map(|(id, _)| id).filter(|id| *id != job.id);
    let number = |id: String| message_id::of_job(desk.vault, &id, desk.domain());
    let after = before.map(number).transpose()?;
    Ok(Mail {
        after: after.into_iter().collect(),
        ..mail
    })
}

fn letter(db: &mut Db, desk: &Desk<'_>, found: &Found, job: &Job) -> Result<Option<LetterThread>> {
    let about = &found.consultation;
    if let Some(id) = text(job, "letter")
        && let Some(own) = thread::of_letter(db, desk.vault, about, id)?
    {
        return Ok(Some(own));
    }
    thread::latest(db, desk.vault, about, &found.submission_id)
}
