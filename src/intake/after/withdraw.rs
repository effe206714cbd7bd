//! Taking a submission back. It stays in the record, marked and counted apart; it needs no outcome
//! and the public edition does not print its words.

use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::{Consultation, Timing};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::find;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Whether a submission that came in can still be taken back: while the window is open and no
/// outcome is published.
#[must_use]
pub fn is_possible(consultation: &Consultation, at: Timestamp) -> bool {
    let answered = consultation.answered_at.is_some_and(|when| when <= at);
    consultation.window.judge(at) == Timing::InTime && !answered
}

/// Marks a submission and all its remarks as withdrawn, with the event and the job that says so
/// where an e-mail address is known. Asked again it answers the same and changes nothing.
///
/// `asked_at` is when the request arrived.
///
/// # Errors
/// `Kind::Conflict` outside the window or after publication of the outcomes.
pub fn withdraw(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    submission_id: &str,
    asked_at: Timestamp,
) -> Result<()> {
    store::hold(db, &consultation.id, submission_id)?;
    let found = find::by_id(db, vault, consultation, submission_id)?;
    if found.withdrawn_at.is_some() {
        return Ok(());
    }
    if !is_possible(consultation, asked_at) {
        return Err(Error::new(
            Kind::Conflict,
            "征求意见已经截止，不能再撤回；您的意见仍按收到时的内容研究",
            "the consultation has closed, so this can no longer be withdrawn; it is studied as it was received",
        ));
    }
    let now = clock.now();
    if !store::withdraw(db, &consultation.id, submission_id, asked_at)? {
        return Ok(());
    }
    let event = NewEvent {
        consultation: &consultation.id,
        action: Action::SubmissionWithdrawn,
        subject: "submission",
        subject_id: submission_id,
        detail: json!({"remarks": found.remarks.len()}),
    };
    record(db, actor, now, &event)?;
    if found.sender.emails.is_empty() {
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::AcknowledgeWithdrawal,
        consultation: &consultation.id,
        subject: submission_id,
        detail: Value::Null,
    };
    enqueue(db, &job, now)
}
