//! Asks whether somebody really wants to follow (double opt-in).

use super::model::Job;
use super::tools::Desk;
use crate::db::Db;
use crate::error::Result;
use crate::followers::find;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters;
use crate::privacy::link::{Purpose, token};

/// The question; nothing when it was answered meanwhile.
pub(super) fn compose(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let consultation = desk.consultation(db, job)?;
    let Some(follower) = find::by_id(db, desk.vault, &consultation, &job.subject)? else {
        return Ok(None);
    };
    if follower.is_confirmed || follower.has_ended {
        return Ok(None);
    }
    let token = token(desk.vault, Purpose::ConfirmFollower, &follower.id)?;
    let sheet = desk.sheet(&consultation, follower.lang);
    let words = letters::ConfirmFollower {
        confirm: format!("{}/f/{}/{token}", sheet.base, follower.id),
        sheet,
    };
    words.mail(&follower.address).map(Some)
}
