//! Tells a sender that a request about their data was dealt with.

use super::model::Job;
use super::said::greeting;
use super::thread::in_thread;
use super::tools::Desk;
use super::unconfirmed::{bare, is_known};
use crate::clock::beijing;
use crate::dates;
use crate::db::Db;
use crate::error::Result;
use crate::intake::find;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::{Cause, PrivacyAnswer};
use crate::privacy::requests::find::without_note;

/// The answer; nothing while the request is open, or when there is no address: after an erasure
/// there is none, and the answer stands on the receipt's page.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    let Some(request) = without_note(db, &job.subject)? else {
        return Ok(None);
    };
    let found = find::by_id(db, desk.vault, &consultation, &request.submission_id)?;
    let address = found.sender.emails.first();
    let done = request.done.filter(|_| found.erased_at.is_none());
    let (Some(to), Some(done)) = (address, done) else {
        return Ok(None);
    };
    if !is_known(&found) {
        let about = (&consultation, &found, to.as_str());
        return bare(db, desk, job, about, Cause::Dealt).map(Some);
    }
    let asked = request.asked_at.to_zoned(beijing()).datetime();
    let words = PrivacyAnswer {
        sheet: desk.sheet(&consultation, found.lang),
        name: greeting(&found.sender),
        receipt: found.receipt.clone(),
        asked: dates::moment(found.lang, asked),
        answer: done.answer,
    };
    let mail = Mail {
        reply_to: desk.reply_to(&consultation),
        ..words.mail(to)?
    };
    in_thread(db, desk, &found, job, mail).map(Some)
}
