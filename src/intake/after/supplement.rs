//! Adding to a submission while the window is open.

use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, to_micros};
use crate::consultations::model::{Consultation, Timing};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::intake::find::{self, Found};
use crate::intake::model::submission::{Channel, check_text};
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use serde_json::json;

/// Remarks that one submission can hold, supplements included.
pub const MOST_REMARKS: usize = 100;

/// What is added.
#[derive(Clone, Debug)]
pub struct NewSupplement {
    pub submission_id: String,
    pub text: String,
    /// The remark whose section it is on; `None` for the whole draft.
    pub beside: Option<String>,
    /// When the request arrived.
    pub received_at: Timestamp,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supplemented {
    Added,
    /// The same words on the same section are there already.
    Repeated,
}

/// Adds a remark to a submission, with its own time of receipt, the event, and the job that
/// acknowledges it where an e-mail address is known. The same words on the same section twice count
/// once.
///
/// # Errors
/// `Kind::Conflict` outside the window, after a withdrawal, or when the submission is full;
/// `Kind::Invalid` for words that cannot be taken.
pub fn supplement(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    new: &NewSupplement,
) -> Result<Supplemented> {
    store::hold(db, &consultation.id, &new.submission_id)?;
    let found = find::by_id(db, vault, consultation, &new.submission_id)?;
    let text = check_text(&new.text)?;
    let section = section(&found, new)?;
    if found.withdrawn_at.is_none() {
        let mut others = found.remarks.iter();
        if others.any(|other| other.text == text && other.section_id == section) {
            return Ok(Supplemented::Repeated);
        }
    }
    may_add(&found, new.received_at)?;
    let id = new_id(clock.now())?;
    let row = store::NewRow {
        consultation_id: &consultation.id,
        id: &id,
        submission_id: &found.submission_id,
        ordinal: store::last_ordinal(db, &consultation.id, &found.submission_id)?.saturating_add(1),
        section_id: section.as_deref(),
        text: &text,
        channel: Channel::Web.code(),
        timing: Timing::InTime.code(),
        received_at: to_micros(new.received_at),
        revision: 0,
    };
    store::insert_remark(db, &row)?;
    note(db, actor, clock.now(), &found, &id)?;
    Ok(Supplemented::Added)
}

fn section(found: &Found, new: &NewSupplement) -> Result<Option<String>> {
    let Some(beside) = &new.beside else {
        return Ok(None);
    };
    let mut remarks = found.remarks.iter();
    let remark = remarks.find(|remark| remark.id == *beside).ok_or_else(|| {
        Error::invalid(
            "没有您选的这一条，请重新选择",
            "there is no such remark of yours; choose again",
        )
    })?;
    Ok(remark.section_id.clone())
}

fn may_add(found: &Found, received_at: Timestamp) -> Result<()> {
    let refuse = |zh: &str, en: &str| Err(Error::new(Kind::Conflict, zh, en));
    if found.consultation.window.judge(received_at) != Timing::InTime {
        return refuse(
            "征求意见已经截止，补充的话没有提交",
            "the consultation has closed; what you added was not sent",
        );
    }
    if found.withdrawn_at.is_some() {
        return refuse(
            "这份意见已经撤回，不能再补充；请重新提一份",
            "this comment was withdrawn and cannot be added to; send a new one",
        );
    }
    if found.remarks.len() >= MOST_REMARKS {
        return refuse(
            "这份意见里的条数已到上限，请另提一份",
            "this comment holds as many remarks as it can; send another",
        );
    }
    Ok(())
}

fn note(db: &mut Db, actor: &Actor, now: Timestamp, found: &Found, remark: &str) -> Result<()> {
    let (consultation, id) = (&found.consultation.id, &found.submission_id);
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation,
            action: Action::SubmissionSupplemented,
            subject: "submission",
            subject_id: id,
            detail: json!({"remark": remark}),
        },
    )?;
    if found.sender.emails.is_empty() {
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::AcknowledgeSupplement,
        consultation,
        subject: id,
        detail: json!({"remark": remark}),
    };
    enqueue(db, &job, now)
}
