//! Dealing with a request, once.

use super::model::{Request, RequestKind};
use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::after::{correct, erase, hold};
use crate::intake::find::{Found, by_id};
use crate::intake::model::submission::Sender;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use crate::privacy::vault::Vault;
use serde_json::{Value, json};

/// The error for whoever comes second.
#[must_use]
pub fn dealt_with_already() -> Error {
    Error::new(
        Kind::Conflict,
        "另一位同事刚刚办结了这项申请，您这次没有改动任何内容",
        "a colleague has just dealt with this request; nothing was changed by you",
    )
}

/// Corrects contact details and ends the request, in one transaction.
///
/// # Errors
/// `Kind::Conflict` when somebody else ended it first, and what [`correct::correct`] refuses.
pub fn correct(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    (request, found): (&Request, &Found),
    (sender, answer): (&Sender, &str),
) -> Result<()> {
    // An erasure may have come in between: what it took away must not be put back.
    hold(db, &request.consultation_id, &request.submission_id)?;
    let found = by_id(db, vault, &found.consultation, &found.submission_id)?;
    finish(db, actor, clock, (request, sender), answer)?;
    correct::correct(db, vault, actor, &found, sender)
}

/// Ends a request, with its event and the mail that tells the person, where there is an address to
/// write to: after an erasure there is none, and the answer stands on the receipt's page.
///
/// # Errors
/// `Kind::Conflict` when somebody else ended it first, `Kind::Forbidden` for staff who may only
/// look.
pub fn finish(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    (request, sender): (&Request, &Sender),
    answer: &str,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    let (_, by, by_name) = actor.parts();
    let now = clock.now();
    if !store::finish(db, &request.id, (by, by_name), answer, now)? {
        return Err(dealt_with_already());
    }
    let event = NewEvent {
        consultation: &request.consultation_id,
        action: Action::PrivacyRequestDone,
        subject: "submission",
        subject_id: &request.submission_id,
        detail: json!({"request": request.id, "kind": request.kind.code()}),
    };
    record(db, actor, now, &event)?;
    if request.kind == RequestKind::Erase || sender.emails.is_empty() {
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::AnswerPrivacyRequest,
        consultation: &request.consultation_id,
        subject: &request.id,
        detail: Value::Null,
    };
    enqueue(db, &job, now)
}

/// The first step of an erasure: everything in the tables goes, the notes beside requests included.
/// The request still waits, so that files which could not be removed are tried again.
///
/// # Errors
/// `Kind::Conflict` when the request is dealt with already, and what [`erase::erase`] refuses.
pub fn begin_erasure(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    (request, found): (&Request, &Found),
) -> Result<()> {
    hold(db, &request.consultation_id, &request.submission_id)?;
    let now = store::by_id(db, &request.id)?;
    if now.is_none_or(|row| row.done_at.is_some()) {
        return Err(dealt_with_already());
    }
    // As it stands now: a correction or a supplement may have come since the page was shown.
    let found = &by_id(db, vault, &found.consultation, &found.submission_id)?;
    erase::erase(db, vault, actor, clock, found)?;
    let concealer = found.concealer();
    store::conceal_answers(
        db,
        &request.consultation_id,
        &request.submission_id,
        |words| concealer.conceal(words).into_string(),
    )?;
    let event = NewEvent {
        consultation: &request.consultation_id,
        action: Action::ContactErased,
        subject: "submission",
        subject_id: &request.submission_id,
        detail: json!({"request": request.id}),
    };
    // One that was cut short and is done again was told of already.
    if found.erased_at.is_none() {
        record(db, actor, clock.now(), &event)?;
    }
    store::forget_notes(db, &request.consultation_id, &request.submission_id)
}
