//! Tells senders that what they sent arrived, was added, or was taken back.

use super::model::Job;
use super::said::{greeting, is_over, said, sections};
use super::thread::in_thread;
use super::tools::{Desk, text};
use super::unconfirmed::{bare, confirm_link, is_known};
use crate::clock::beijing;
use crate::consultations::model::{Consultation, Timing};
use crate::dates;
use crate::db::Db;
use crate::error::Result;
use crate::intake::after::complete::open_for;
use crate::intake::find::{self, Found, FoundRemark};
use crate::intake::model::submission::Channel;
use crate::mail::outbound::Mail;
use crate::mail::outbound::letters::{Acknowledge, Cause, Missing, Withdrawal};
use crate::privacy::link::{Purpose, token};
use crate::words::Lang;
use jiff::Timestamp;

/// A submission arrived.
pub(super) fn submission(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let (consultation, found) = open(db, desk, job)?;
    let first = |remark: &FoundRemark| remark.received_at <= found.received_at;
    receipt(db, desk, job, (&consultation, &found), false, &first)
}

/// An addition to a submission: the remarks that the job's detail names.
pub(super) fn supplement(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let (consultation, found) = open(db, desk, job)?;
    let named = named(job);
    let added = |remark: &FoundRemark| named.contains(&remark.id.as_str());
    if !found.remarks.iter().any(added) {
        return Ok(None);
    }
    receipt(db, desk, job, (&consultation, &found), true, &added)
}

/// The remarks that a job names: one, or those of a letter.
fn named(job: &Job) -> Vec<&str> {
    let listed = job.detail.get("remarks").and_then(|all| all.as_array());
    let listed = listed.into_iter().flatten().filter_map(|one| one.as_str());
    listed.chain(text(job, "remark")).collect()
}

/// A submission was taken back.
pub(super) fn withdrawal(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<Option<Mail>> {
    let (consultation, found) = open(db, desk, job)?;
    let (Some(to), Some(at), None) = (
        found.sender.emails.first(),
        found.withdrawn_at,
        found.erased_at,
    ) else {
        return Ok(None);
    };
    if !is_known(&found) {
        let about = (&consultation, &found, to.as_str());
        return bare(db, desk, job, about, Cause::Withdrawn).map(Some);
    }
    let words = Withdrawal {
        sheet: desk.sheet(&consultation, found.lang),
        name: greeting(&found.sender),
        receipt: found.receipt.clone(),
        withdrawn: moment(at, found.lang),
        still_open: is_open(desk, &consultation),
    };
    finish(db, desk, job, &found, words.mail(to)?)
}

fn open(db: &mut Db, desk: &Desk<'_>, job: &Job) -> Result<(Consultation, Found)> {
    let consultation = desk.consultation(db, job)?;
    let found = find::by_id(db, desk.vault, &consultation, &job.subject)?;
    Ok((consultation, found))
}

fn receipt(
    db: &mut Db,
    desk: &Desk<'_>,
    job: &Job,
    (consultation, found): (&Consultation, &Found),
    supplement: bool,
    wanted: &dyn Fn(&FoundRemark) -> bool,
) -> Result<Option<Mail>> {
    let Some(to) = found.sender.emails.first().filter(|_| !is_over(found)) else {
        return Ok(None);
    };
    if !is_known(found) {
        let cause = match supplement {
            true => Cause::Added,
            false => Cause::Arrived,
        };
        return bare(db, desk, job, (consultation, found, to), cause).map(Some);
    }
    let sections = sections(db, consultation)?;
    let standing = |remark: &&FoundRemark| remark.withdrawn_at.is_none() && wanted(remark);
    let remarks: Vec<&FoundRemark> = found.remarks.iter().filter(standing).collect();
    let at = remarks.iter().map(|remark| remark.received_at).max();
    let sheet = desk.sheet(consultation, found.lang);
    let missing = missing(desk, found, &remarks, &sheet.base)?;
    // Whoever completes by the link in the mail has confirmed the address by that.
    let confirm = match missing {
        Some(_) => None,
        None => confirm(desk, found, &sheet.base)?,
    };
    let words = Acknowledge {
        name: greeting(&found.sender),
        receipt: found.receipt.clone(),
        received: moment(at.unwrap_or(found.received_at), found.lang),
        timing: found.timing,
        closes: dates::long(found.lang, consultation.window.closes_on),
        said: remarks
            .iter()
            .map(|remark| said(remark, &sections))
            .collect(),
        files: found
            .attachments
            .iter()
            .filter(|_| !supplement)
            .map(|file| file.name.clone())
            .collect(),
        supplement,
        still_open: is_open(desk, consultation),
        confirm,
        missing,
        sheet,
    };
    finish(db, desk, job, found, words.mail(to)?)
}

/// The address that confirms the e-mail address, while it is not confirmed.
fn confirm(desk: &Desk<'_>, found: &Found, base: &str) -> Result<Option<String>> {
    if found.email_confirmed_at.is_some() {
        return Ok(None);
    }
    confirm_link(desk, found, base).map(Some)
}

/// What a letter left open, with the address where it can be completed; `None` for nothing. Forms
/// and the desk ask for everything themselves.
fn missing(
    desk: &Desk<'_>,
    found: &Found,
    remarks: &[&FoundRemark],
    base: &str,
) -> Result<Option<Missing>> {
    let open = open_for(found);
    let numbers = (1..).zip(remarks);
    let unplaced = numbers.filter(|(_, remark)| open.place.contains(&remark.id));
    let unplaced: Vec<usize> = unplaced.map(|(number, _)| number).collect();
    if found.channel != Channel::Email || !(open.name || open.phone || !unplaced.is_empty()) {
        return Ok(None);
    }
    let token = token(desk.vault, Purpose::Complete, &found.address_link())?;
    Ok(Some(Missing {
        name: open.name,
        phone: open.phone,
        unplaced,
        link: format!("{base}/r/{}/complete/{token}", found.receipt),
    }))
}

/// A letter may have been written by a machine: nobody is told when the answer to it bounces.
fn finish(
    db: &mut Db,
    desk: &Desk<'_>,
    job: &Job,
    found: &Found,
    mail: Mail,
) -> Result<Option<Mail>> {
    let mail = Mail {
        null_sender: found.channel == Channel::Email || text(job, "letter").is_some(),
        reply_to: desk.reply_to(&found.consultation),
        ..mail
    };
    in_thread(db, desk, found, job, mail).map(Some)
}

fn is_open(desk: &Desk<'_>, consultation: &Consultation) -> bool {
    consultation.window.judge(desk.now) == Timing::InTime
}

fn moment(at: Timestamp, lang: Lang) -> String {
    dates::moment(lang, at.to_zoned(beijing()).datetime())
}
