//! To whom a mail goes, masked: for the office's list.

use super::queue::office::Failed;
use crate::consultations::find as consultations;
use crate::consultations::model::Consultation;
use crate::correspondence::find as correspondence;
use crate::db::Db;
use crate::error::Result;
use crate::intake::find;
use crate::intake::letters::thread::of_letter;
use crate::intake::model::email::Email;
use crate::jobs::model::JobKind;
use crate::privacy::requests::find::without_note;
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// A job that did not succeed, with what the office reads of it.
#[derive(Clone, Debug)]
pub struct Addressed {
    pub failed: Failed,
    /// What was consulted on; empty when that is gone.
    pub title: String,
    /// `z***@example.org`; empty for jobs to nobody, and when the address is gone.
    pub to: String,
}

/// Finds out to whom jobs are addressed.
///
/// # Errors
/// What the database reports.
pub fn addressed(
    db: &mut Db,
    vault: &Vault,
    failed: Vec<Failed>,
    now: Timestamp,
) -> Result<Vec<Addressed>> {
    let one = |failed: Failed| {
        let consultation = consultations::by_id(db, &failed.consultation, now).ok();
        let to = consultation
            .as_ref()
            .and_then(|about| address(db, vault, about, &failed).ok().flatten());
        let masked = to.and_then(|to| Email::parse(&to).ok());
        Ok(Addressed {
            title: consultation.map_or_else(String::new, |about| about.draft_title),
            to: masked.map_or_else(String::new, |to| to.masked()),
            failed,
        })
    };
    failed.into_iter().map(one).collect()
}

fn address(
    db: &mut Db,
    vault: &Vault,
    about: &Consultation,
    failed: &Failed,
) -> Result<Option<String>> {
    let submission = match failed.kind {
        JobKind::ConfirmFollower | JobKind::TellFollower => {
            let follower = crate::followers::find::by_id(db, vault, about, &failed.subject)?;
            return Ok(follower.map(|one| one.address));
        }
        JobKind::SpreadNews | JobKind::SpreadResults | JobKind::ScanAttachment => return Ok(None),
        JobKind::AnswerTooLarge => {
            let letter = of_letter(db, vault, about, &failed.subject)?;
            return Ok(letter.map(|letter| letter.from));
        }
        JobKind::AnswerPrivacyRequest => {
            let request = without_note(db, &failed.subject)?;
            request.map(|request| request.submission_id)
        }
        JobKind::SendOfficeMessage => {
            correspondence::submission_of_message(db, &about.id, &failed.subject)?
        }
        JobKind::AcknowledgeSubmission
        | JobKind::AcknowledgeSupplement
        | JobKind::AcknowledgeWithdrawal
        | JobKind::TellResult => Some(failed.subject.clone()),
    };
    let Some(submission) = submission else {
        return Ok(None);
    };
    let found = find::by_id(db, vault, about, &submission)?;
    Ok(found.sender.emails.into_iter().next())
}
