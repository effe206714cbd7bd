//! Tells a sender that a request about their data was dealt with.

use super::model::Job;
use super::said::greeting;
use super::tools::Desk;
use crate::clock::beijing;
use crate::dates;
use crate::db::Db;
use crate::error::Result;
use crate::intake::find;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::PrivacyAnswer;
use crate::privacy::{last_mail, requests};

/// The answer; nothing while the request is open, or when there is no address. After an erasure the
/// address is the one that was sealed into the job for this mail.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    let Some(request) = requests::by_id(db, &consultation.id, &job.subject)? else {
        return Ok(None);
    };
    let found = find::by_id(db, desk.vault, &consultation, &request.submission_id)?;
    let key = desk
        .vault
        .data_key(&consultation.id, &consultation.wrapped_key)?;
    let kept = last_mail::open(&key, &job.subject, &job.detail)?;
    let to = kept.or_else(|| found.sender.emails.first().cloned());
    let (Some(to), true) = (to, request.is_done) else {
        return Ok(None);
    };
    let asked = request.asked_at.to_zoned(beijing()).datetime();
    let words = PrivacyAnswer {
        sheet: desk.sheet(&consultation, found.lang),
        name: greeting(&found.sender),
        receipt: found.receipt.clone(),
        asked: dates::moment(found.lang, asked),
        erasure: found.erased_at.is_some(),
        answer: request.answer.unwrap_or_default(),
    };
    Ok(Some(Mail {
        reply_to: desk.reply_to(&consultation),
        ..words.mail(&to)?
    }))
}
