//! What is written to an address that nobody confirmed.

use super::model::Job;
use super::thread::in_thread;
use super::tools::{Desk, text};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use crate::intake::find::Found;
use crate::intake::model::submission::Channel;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::{Cause, Unconfirmed};
use crate::privacy::link::{Purpose, token};

/// Whether the address is its owner's: confirmed, or the one that a letter came from. Any other was
/// typed by somebody, who may not be its owner.
pub(super) fn is_known(found: &Found) -> bool {
    found.email_confirmed_at.is_some() || found.channel == Channel::Email
}

/// The mail without name and words. Its subject is our own: that of a letter in the conversation may
/// be a stranger's.
pub(super) fn bare(
    db: &mut Db,
    desk: &Desk<'_>,
    job: &Job,
    (consultation, found, to): (&Consultation, &Found, &str),
    cause: Cause,
) -> Result<Mail> {
    let sheet = desk.sheet(consultation, found.lang);
    let words = Unconfirmed {
        cause,
        receipt: found.receipt.clone(),
        confirm: confirm_link(desk, found, &sheet.base)?,
        sheet,
    };
    let mail = Mail {
        // A letter may have been written by a machine.
        null_sender: text(job, "letter").is_some(),
        reply_to: desk.reply_to(consultation),
        ..words.mail(to)?
    };
    let subject = mail.subject.clone();
    let placed = in_thread(db, desk, found, job, mail)?;
    Ok(Mail { subject, ..placed })
}

/// The address that confirms the e-mail address.
pub(super) fn confirm_link(desk: &Desk<'_>, found: &Found, base: &str) -> Result<String> {
    let token = token(desk.vault, Purpose::ConfirmAddress, &found.address_link())?;
    Ok(format!("{base}/r/{}/confirm/{token}", found.receipt))
}
