//! Tells a sender what became of each remark.

use super::model::Job;
use super::said::{greeting, is_over, said, sections};
use super::thread::in_thread;
use super::tools::Desk;
use super::unconfirmed::{bare, is_known};
use crate::db::Db;
use crate::error::Result;
use crate::intake::find;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::{Answered, Cause, Outcomes};
use crate::responses::find::by_remarks;

/// The outcomes with their reasons; to an address that nobody confirmed, that they are published;
/// nothing for a submission without an e-mail address, or while
/// they are not published.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    if consultation.answered_at.is_none_or(|at| at > desk.now) {
        return Ok(None);
    }
    let found = find::by_id(db, desk.vault, &consultation, &job.subject)?;
    let Some(to) = found.sender.emails.first().filter(|_| !is_over(&found)) else {
        return Ok(None);
    };
    if !is_known(&found) {
        let about = (&consultation, &found, to.as_str());
        return bare(db, desk, job, about, Cause::Published).map(Some);
    }
    let standing = found.remarks.iter();
    let standing: Vec<_> = standing.filter(|one| one.withdrawn_at.is_none()).collect();
    let ids: Vec<String> = standing.iter().map(|remark| remark.id.clone()).collect();
    let answers = by_remarks(db, &consultation.id, &ids)?;
    let sections = sections(db, &consultation)?;
    let answered = standing.iter().map(|remark| {
        let answer = answers.iter().find(|answer| answer.remark_id == remark.id);
        Answered {
            said: said(remark, &sections),
            outcome: answer
                .map_or("", |answer| answer.outcome.word(found.lang))
                .to_owned(),
            reason: answer.map_or_else(String::new, |answer| answer.reason.clone()),
        }
    });
    let reply_to = desk.reply_to(&consultation);
    let words = Outcomes {
        sheet: desk.sheet(&consultation, found.lang),
        name: greeting(&found.sender),
        receipt: found.receipt.clone(),
        answered: answered.collect(),
        answers: reply_to.is_some(),
    };
    let mail = Mail {
        reply_to,
        ..words.mail(to)?
    };
    in_thread(db, desk, &found, job, mail).map(Some)
}
