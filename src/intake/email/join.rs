//! Adding a letter to a submission that is there already: what it says more, and its files.

use super::prepare::{Comment, Prepared};
use super::settle::ACTOR;
use crate::audit::model::{Action, NewEvent};
use crate::audit::record::record;
use crate::clock::to_micros;
use crate::db::{Db, once};
use crate::error::Result;
use crate::intake::after::supplement::MOST_REMARKS;
use crate::intake::after::{hold, last_ordinal};
use crate::intake::find::Found;
use crate::intake::model::submission::{Channel, NewAttachment, NewRemark};
use crate::intake::store::{self, RemarkOwner};
use crate::intake::submit::scan_later;
use serde_json::json;

/// What was added.
pub(super) struct Joined {
    pub(super) submission_id: String,
    pub(super) receipt: String,
    /// Identifiers of the new remarks.
    pub(super) remarks: Vec<String>,
    pub(super) files: usize,
}

/// Adds a letter to a submission. `None` when it cannot be added to: it was withdrawn or erased, or
/// is full; the letter is then one of its own.
pub(super) fn join(
    db: &mut Db,
    letter: &Prepared,
    comment: &Comment,
    found: &Found,
) -> Result<Option<Joined>> {
    hold(db, letter.owner(), &found.submission_id)?;
    let new: Vec<usize> = (0..comment.input.remarks.len())
        .filter(|at| {
            comment
                .input
                .remarks
                .get(*at)
                .is_some_and(|one| !is_there(found, one))
        })
        .collect();
    let over = found.withdrawn_at.is_some() || found.erased_at.is_some();
    if over || found.remarks.len() + new.len() > MOST_REMARKS {
        return Ok(None);
    }
    let nothing = Joined {
        submission_id: found.submission_id.clone(),
        receipt: found.receipt.clone(),
        remarks: Vec::new(),
        files: 0,
    };
    let first = once::claim(db, &comment.sealed.once, &found.submission_id)?;
    if let Some(first) = first {
        return Ok(Some(Joined {
            submission_id: first,
            ..nothing
        }));
    }
    let remarks = add_remarks(db, letter, comment, found, &new)?;
    let files = add_files(db, letter, comment, found)?;
    if remarks.is_empty() && files == 0 {
        return Ok(Some(nothing));
    }
    note(db, letter, found, &remarks, files)?;
    Ok(Some(Joined {
        remarks,
        files,
        ..nothing
    }))
}

/// The same words, wherever they were placed since.
fn is_there(found: &Found, remark: &NewRemark) -> bool {
    let mut known = found.remarks.iter();
    known.any(|one| one.text.trim() == remark.text.trim())
}

fn add_remarks(
    db: &mut Db,
    letter: &Prepared,
    comment: &Comment,
    found: &Found,
    new: &[usize],
) -> Result<Vec<String>> {
    let window = &comment.sent.settler.consultation.window;
    let received_at = comment.input.received_at;
    let owner = RemarkOwner {
        consultation_id: letter.owner(),
        submission_id: &found.submission_id,
        channel: Channel::Email.code(),
        timing: window.judge(received_at).code(),
        received_at: to_micros(received_at),
        before: last_ordinal(db, letter.owner(), &found.submission_id)?,
    };
    let pick = |at: &usize| {
        let remark = comment.input.remarks.get(*at)?;
        Some((remark.clone(), comment.sections.get(*at)?.clone()))
    };
    let (remarks, sections): (Vec<_>, Vec<_>) = new.iter().filter_map(pick).unzip();
    let now = letter.clock.now();
    store::insert_remarks(db, &owner, &remarks, &sections, now)
}

fn add_files(db: &mut Db, letter: &Prepared, comment: &Comment, found: &Found) -> Result<usize> {
    let is_new = |file: &&NewAttachment| {
        let mut known = found.attachments.iter();
        !known.any(|one| one.sha256 == file.sha256)
    };
    let files: Vec<NewAttachment> = comment
        .input
        .attachments
        .iter()
        .filter(is_new)
        .cloned()
        .collect();
    let (owner, now) = (letter.owner(), letter.clock.now());
    for held in store::insert_attachments(db, owner, &found.submission_id, &files, now)? {
        scan_later(db, owner, &held, now)?;
    }
    Ok(files.len())
}

fn note(
    db: &mut Db,
    letter: &Prepared,
    found: &Found,
    remarks: &[String],
    files: usize,
) -> Result<()> {
    record(
        db,
        &ACTOR,
        letter.clock.now(),
        &NewEvent {
            consultation: letter.owner(),
            action: Action::SubmissionSupplemented,
            subject: "submission",
            subject_id: &found.submission_id,
            detail: json!({"remarks": remarks, "files": files, "letter": letter.sha256}),
        },
    )
}
