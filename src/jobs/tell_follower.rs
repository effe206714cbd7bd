//! Tells one follower what is new.

use super::model::Job;
use super::tools::{Desk, text, unreadable};
use crate::consultations::model::Consultation;
use crate::dates;
use crate::db::Db;
use crate::error::Result;
use crate::followers::find;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::{News, Told};
use crate::privacy::link::{Purpose, token};
use crate::words::Lang;
use jiff::civil::Date;

/// The news; nothing for somebody who asked to be left alone.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    let Some(follower) = find::by_id(db, desk.vault, &consultation, &job.subject)? else {
        return Ok(None);
    };
    if !follower.is_confirmed || follower.has_ended {
        return Ok(None);
    }
    let token = token(desk.vault, Purpose::StopFollowing, &follower.id)?;
    let sheet = desk.sheet(&consultation, follower.lang);
    let words = Told {
        news: news(job, &consultation, follower.lang)?,
        stop: format!("{}/f/{}/{token}/stop", sheet.base, follower.id),
        sheet,
    };
    let mail = words.mail(&follower.address)?;
    Ok(Some(Mail {
        reply_to: desk.reply_to(&consultation),
        ..mail
    }))
}

/// The news of a job's detail; an extension names its days as `closed_on` and `closes_on`, and its
/// `reason`.
fn news(job: &Job, consultation: &Consultation, lang: Lang) -> Result<News> {
    let day = |key| text(job, key).and_then(|day| day.parse::<Date>().ok());
    Ok(match text(job, "news") {
        Some("revised") => News::Revised,
        Some("answered") => News::Answered,
        Some("extended") => News::Extended {
            was: day("closed_on").map_or_else(String::new, |day| dates::long(lang, day)),
            is: dates::long(
                lang,
                day("closes_on").unwrap_or(consultation.window.closes_on),
            ),
            reason: text(job, "reason").unwrap_or_default().to_owned(),
        },
        _ => return Err(unreadable()),
    })
}
