//! A mail of ours that came back.

use super::model::{Bounce, JobKind, Notice, Reason};
use super::queue::sent;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::correspondence::thread::submission_of_mail;
use crate::db::Db;
use crate::error::Result;
use crate::followers::links;
use crate::intake::letters::thread::note_bounce;
use crate::mail::outbound::message_id;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use serde_json::json;

/// The mail that a bounce is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The job that asked for the mail.
    pub job: String,
    pub kind: JobKind,
    pub consultation: String,
    /// The submission that the mail was about; `None` for a follower's.
    pub submission: Option<String>,
    /// Why it did not arrive; `None` while it may still.
    pub failure: Option<Bounce>,
}

/// Binds a bounce to the mail that came back: the letter it came as (its consultation, empty for
/// none, and its identifier) names the job, and the job is given up where the office sees it, though
/// the mail server had taken the mail, with an event. What is only delayed changes nothing else. A
/// follower whose mailbox is no more is not written to again, and nobody need do anything.
///
/// `None` when the number is none of ours, or when the mail is remembered no more.
///
/// # Errors
/// What the database reports.
pub fn bounced(
    db: &mut Db,
    vault: &Vault,
    notice: &Notice<'_>,
    letter: (&str, &str),
    now: Timestamp,
) -> Result<Option<Bound>> {
    let job = message_id::job_of(vault, notice.original_message_id)?;
    let mail = match job {
        Some(job) => sent::by_job(db, &job)?,
        None => None,
    };
    let Some(mail) = mail else {
        return Ok(None);
    };
    note_bounce(db, letter, &mail.job)?;
    let bound = Bound {
        submission: submission_of_mail(db, &mail)?,
        failure: notice.failure(),
        job: mail.job,
        kind: mail.kind,
        consultation: mail.consultation,
    };
    if let Some(failure) = bound.failure {
        let follows = matches!(bound.kind, JobKind::TellFollower | JobKind::ConfirmFollower);
        if follows && failure.is_for_good() {
            links::stop(db, vault, &mail.subject, now)?;
        } else if sent::came_back(db, &bound.job, Reason::Bounced(failure), now)? {
            note(db, &bound, letter.1, now)?;
        }
    }
    Ok(Some(bound))
}

fn note(db: &mut Db, bound: &Bound, letter: &str, now: Timestamp) -> Result<()> {
    let event = NewEvent {
        consultation: &bound.consultation,
        action: Action::MailBounced,
        subject: "job",
        subject_id: &bound.job,
        detail: json!({
            "kind": bound.kind.code(),
            "reason": bound.failure.map(Bounce::code),
            "letter": letter,
        }),
    };
    record(db, &Actor::System("mail"), now, &event)
}
