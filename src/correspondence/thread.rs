//! Which submission somebody answers.

use super::store;
use crate::db::Db;
use crate::error::Result;
use crate::intake::letters::thread::submission_of_letter;
use crate::jobs::model::JobKind;
use crate::jobs::queue::sent::{self, SentMail};
use crate::mail::outbound::message_id;
use crate::privacy::requests::find::without_note;
use crate::privacy::vault::Vault;

/// Most numbers that are looked at, the nearest first: a letter may name any number of them.
const MOST: usize = 50;

/// The consultation and the submission that a letter answers, by the Message-IDs it names (nearest
/// last): that of a mail of ours, which nobody can make up, whatever the mailbox; or that of an
/// earlier letter to one of these consultations. `None` when it answers neither.
///
/// Who knows the number of somebody's letter can answer it: whether the sender is the same is for the
/// caller to ask.
///
/// # Errors
/// What the database reports.
pub fn submission_of(
    db: &mut Db,
    vault: &Vault,
    references: &[String],
    consultations: &[&str],
) -> Result<Option<(String, String)>> {
    for id in references.iter().rev().take(MOST) {
        if let Some(job) = message_id::job_of(vault, id)? {
            let mail = sent::by_job(db, &job)?;
            if let Some(mail) = mail
                && let Some(submission) = submission_of_mail(db, &mail)?
            {
                return Ok(Some((mail.consultation, submission)));
            }
            continue;
        }
        for owner in consultations {
            if let Some(submission) = submission_of_letter(db, vault, id, owner)? {
                return Ok(Some(((*owner).to_owned(), submission)));
            }
        }
    }
    Ok(None)
}

/// The submission that a mail of ours was about; `None` when it was about none.
///
/// # Errors
/// What the database reports.
pub fn submission_of_mail(db: &mut Db, mail: &SentMail) -> Result<Option<String>> {
    Ok(match mail.kind {
        JobKind::AcknowledgeSubmission
        | JobKind::AcknowledgeSupplement
        | JobKind::AcknowledgeWithdrawal
        | JobKind::TellResult => Some(mail.subject.clone()),
        JobKind::SendOfficeMessage => {
            store::submission_of_message(db, &mail.consultation, &mail.subject)?
        }
        JobKind::AnswerPrivacyRequest => {
            without_note(db, &mail.subject)?.map(|request| request.submission_id)
        }
        JobKind::ConfirmFollower
        | JobKind::TellFollower
        | JobKind::SpreadNews
        | JobKind::AnswerTooLarge
        | JobKind::SpreadResults
        | JobKind::ScanAttachment => None,
    })
}
