//! Sends what somebody of the office wrote to a sender.

use super::model::Job;
use super::said::greeting;
use super::thread::in_thread;
use super::tools::Desk;
use crate::correspondence::find::message;
use crate::db::Db;
use crate::error::Result;
use crate::intake::find;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::OfficeMessage;

/// The message; nothing when the address was erased meanwhile.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    let Some(message) = message(db, desk.vault, &consultation, &job.subject)? else {
        return Ok(None);
    };
    let found = find::by_id(db, desk.vault, &consultation, &message.submission_id)?;
    let Some(to) = found
        .sender
        .emails
        .first()
        .filter(|_| found.erased_at.is_none())
    else {
        return Ok(None);
    };
    let reply_to = desk.reply_to(&consultation);
    let words = OfficeMessage {
        sheet: desk.sheet(&consultation, found.lang),
        name: greeting(&found.sender),
        receipt: found.receipt.clone(),
        words: message.words,
        answers: reply_to.is_some(),
    };
    let mail = Mail {
        reply_to,
        ..words.mail(to)?
    };
    in_thread(db, desk, &found, job, mail).map(Some)
}
