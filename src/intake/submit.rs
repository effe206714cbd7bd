//! The one door: whatever comes in, by whatever channel, is registered here, in one transaction.

use super::model::receipt;
use super::model::submission::{Channel, NewRemark, NewSubmission, Registered};
use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::{Consultation, Timing};
use crate::db::Db;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// Registers a submission: the submission itself with its contact details sealed, its remarks and
/// attachments, and the audit event.
///
/// The time of receipt decides whether it is in the window. A web form outside the window is
/// refused (its page says how else to reach the office); everything else is kept and marked early
/// or late. The same submission sent again changes nothing and gets its first receipt number.
///
/// # Errors
/// `Kind::Conflict` for a web form outside the window, `Kind::Invalid` for a section that the draft
/// does not have or a submission without a remark.
pub fn submit(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    input: &NewSubmission,
) -> Result<Registered> {
    actor.must_be_able_to_change()?;
    let timing = consultation.window.judge(input.received_at);
    if input.channel == Channel::Web && timing != Timing::InTime {
        return Err(outside_window(timing));
    }
    let sections = section_ids(db, consultation, &input.remarks)?;
    let now = clock.now();
    let submission_id = new_id(now)?;
    let receipt = receipt::number(vault.receipt(), &submission_id)?;
    let row = sealed_row(
        vault,
        consultation,
        input,
        &submission_id,
        &receipt,
        timing,
        now,
        actor,
    )?;
    if !store::insert_submission(db, &row)? {
        return again(db, vault, consultation, &row.idempotency_key);
    }
    store::insert_remarks(db, consultation, &row, &input.remarks, &sections, now)?;
    store::insert_attachments(
        db,
        &consultation.id,
        &submission_id,
        &input.attachments,
        now,
    )?;
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: &consultation.id,
            action: Action::SubmissionReceived,
            subject: "submission",
            subject_id: &submission_id,
            detail: serde_json::json!({
                "channel": input.channel.code(),
                "timing": timing.code(),
                "remarks": input.remarks.len(),
                "attachments": input.attachments.len(),
            }),
        },
    )?;
    Ok(Registered {
        submission_id,
        receipt,
        timing,
        repeated: false,
    })
}

fn outside_window(timing: Timing) -> Error {
    match timing {
        Timing::Early => Error::new(
            Kind::Conflict,
            "征求意见尚未开始，您的意见还没有提交",
            "the consultation is not open yet; your comment was not sent",
        ),
        Timing::InTime | Timing::Late => Error::new(
            Kind::Conflict,
            "征求意见已经截止，您的意见没有提交",
            "the consultation has closed; your comment was not sent",
        ),
    }
}

/// The identifiers of the sections that the remarks are on, in their order.
fn section_ids(
    db: &mut Db,
    consultation: &Consultation,
    remarks: &[NewRemark],
) -> Result<Vec<Option<String>>> {
    if remarks.is_empty() {
        return Err(Error::invalid("请填写您的意见", "Write your comment"));
    }
    remarks
        .iter()
        .map(|remark| match &remark.anchor {
            Some(anchor) => published::section_id(db, &consultation.id, anchor).map(Some),
            None => Ok(None),
        })
        .collect()
}

#[expect(
    clippy::too_many_arguments,
    reason = "one row from everything that is known about it"
)]
fn sealed_row<'a>(
    vault: &Vault,
    consultation: &'a Consultation,
    input: &'a NewSubmission,
    id: &'a str,
    receipt: &str,
    timing: Timing,
    now: Timestamp,
    actor: &'a Actor,
) -> Result<store::SubmissionRow<'a>> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let contact = serde_json::to_vec(&input.sender).map_err(Error::internal)?;
    let mut same: Vec<&str> = vec![&consultation.id, input.channel.code()];
    same.extend(input.same_as.iter().map(String::as_str));
    let person_hash = input
        .sender
        .first_way()
        .map(|way| {
            vault
                .lookup()
                .keyed_hash(&["person", &consultation.id, way])
        })
        .transpose()?;
    Ok(store::SubmissionRow {
        consultation_id: &consultation.id,
        id,
        channel: input.channel.code(),
        timing: timing.code(),
        received_at: crate::clock::to_micros(input.received_at),
        received_basis: input.received_basis.code(),
        recorded_at: crate::clock::to_micros(now),
        sent_at: input.sent_at.map(crate::clock::to_micros),
        sender_kind: input.sender.kind.code(),
        contact_sealed: key.seal(&contact, id)?,
        person_hash,
        idempotency_key: vault.idempotency().keyed_hash(&same)?,
        receipt_hash: vault.lookup().keyed_hash(&["receipt", receipt])?,
        consented_at: input
            .consented
            .then(|| crate::clock::to_micros(input.received_at)),
        recorded_by: match actor {
            Actor::Staff { id, .. } => Some(id),
            Actor::Public | Actor::System(_) => None,
        },
        subject: input.subject.as_deref(),
        elided: input.elided.as_deref(),
        raw_sha256: input.raw_sha256.as_deref(),
    })
}

/// The answer for a submission that is there already.
fn again(db: &mut Db, vault: &Vault, consultation: &Consultation, key: &str) -> Result<Registered> {
    let (submission_id, timing) = store::by_idempotency_key(db, &consultation.id, key)?;
    Ok(Registered {
        receipt: receipt::number(vault.receipt(), &submission_id)?,
        timing: Timing::parse(&timing).unwrap_or(Timing::InTime),
        submission_id,
        repeated: true,
    })
}
