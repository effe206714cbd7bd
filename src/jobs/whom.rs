//! To whom a mail goes, masked: for the office's list.

use super::queue::office::Failed;
use crate::consultations::find as consultations;
use crate::consultations::model::Consultation;
use crate::correspondence::find as correspondence;
use crate::db::Db;
use crate::error::{Kind, Result};
use crate::intake::find;
use crate::intake::letters::thread::of_letter;
use crate::intake::model::email::Email;
use crate::jobs::model::JobKind;
use crate::privacy::requests::find::without_note;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A job that did not succeed, with what the office reads of it.
#[derive(Clone, Debug)]
pub struct Addressed {
    pub failed: Failed,
    /// What was consulted on; empty when that is gone.
    pub title: String,
    /// `z***@example.org`; empty for jobs to nobody, and when the address is gone. `None` when it is
    /// there and cannot be opened.
    pub to: Option<String>,
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
    let mut known: HashMap<String, Option<Consultation>> = HashMap::new();
    let mut listed = Vec::with_capacity(failed.len());
    for failed in failed {
        let about = match known.entry(failed.consultation.clone()) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(place) => {
                let found = consultations::by_id(db, &failed.consultation, now);
                place.insert(unless_gone(found)?)
            }
        };
        let to = match about {
            Some(about) => masked(db, vault, about, &failed)?,
            None => Some(String::new()),
        };
        listed.push(Addressed {
            title: about
                .as_ref()
                .map_or_else(String::new, |about| about.draft_title.clone()),
            to,
            failed,
        });
    }
    Ok(listed)
}

/// The masked address. One that cannot be opened is told in the log and does not take the others of
/// the list away.
fn masked(
    db: &mut Db,
    vault: &Vault,
    about: &Consultation,
    failed: &Failed,
) -> Result<Option<String>> {
    let to = match address(db, vault, about, failed) {
        Err(error) if error.kind() == Kind::Internal => {
            tracing::error!(job = %failed.id, ?error, "to whom a mail goes cannot be opened");
            return Ok(None);
        }
        found => unless_gone(found)?.flatten(),
    };
    let to = to.and_then(|to| Email::parse(&to).ok());
    Ok(Some(to.map_or_else(String::new, |to| to.masked())))
}

/// What was found; `None` when it is not there any more.
fn unless_gone<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
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
