//! Tells somebody that their letter was too large to be read, and what to do.

use super::model::Job;
use super::tools::Desk;
use crate::db::Db;
use crate::error::Result;
use crate::intake::letters::thread::of_letter;
use crate::intake::upload::take::in_words;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::TooLarge;
use crate::words::Lang;

/// The mail; nothing when nothing is kept of the letter any more.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    let Some(letter) = of_letter(db, desk.vault, &consultation, &job.subject)? else {
        return Ok(None);
    };
    let bytes = job.detail.get("bytes").and_then(|bytes| bytes.as_u64());
    let words = TooLarge {
        sheet: desk.sheet(&consultation, Lang::Zh),
        size: in_words(usize::try_from(bytes.unwrap_or(0)).unwrap_or(usize::MAX)),
    };
    Ok(Some(Mail {
        null_sender: true,
        reply_to: desk.reply_to(&consultation),
        after: letter.chain(),
        ..words.mail(&letter.from)?
    }))
}
