//! The one door: whatever comes in, by whatever channel, is registered here, in one transaction.

use super::acknowledge;
use super::model::receipt;
use super::model::submission::{NewRemark, NewSubmission, Registered};
use super::seal::{Sealed, seal};
use super::store;
use super::upload::claim::claim;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, to_micros};
use crate::consultations::model::{Consultation, Timing};
use crate::db::{Db, once};
use crate::documents::published;
use crate::error::Result;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// Registers a submission: the submission itself with its contact details sealed, its remarks and
/// attachments, the audit event, and the mail that says it arrived to whoever gave an address.
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
    let sealed = seal(vault, actor, clock, consultation, input)?;
    let sections = section_ids(db, consultation, &input.remarks)?;
    keep(db, vault, actor, consultation, input, &sealed, &sections)
}

/// The second half of [`submit`]: writes what [`seal`] made ready, in the transaction it is called
/// in. `sections` are the identifiers of the sections that the remarks are on, in their order.
///
/// # Errors
/// What the database reports.
pub fn keep(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    consultation: &Consultation,
    input: &NewSubmission,
    sealed: &Sealed,
    sections: &[Option<String>],
) -> Result<Registered> {
    let (id, now) = (&sealed.submission_id, sealed.now);
    if let Some(first) = once::claim(db, &sealed.once, id)? {
        return again(db, vault, consultation, first);
    }
    let row = row(actor, consultation, input, sealed);
    store::insert_submission(db, &row)?;
    let owner = store::RemarkOwner {
        consultation_id: &consultation.id,
        submission_id: id,
        channel: row.channel,
        timing: row.timing,
        received_at: row.received_at,
        before: 0,
    };
    store::insert_remarks(db, &owner, &input.remarks, sections, now)?;
    // Only now: what is sent again has its files already, and they may no longer wait.
    let mut files = claim(db, &consultation.id, &input.uploads, now)?;
    files.extend(input.attachments.iter().cloned());
    for attachment in store::insert_attachments(db, &consultation.id, id, &files, now)? {
        scan_later(db, &consultation.id, &attachment, now)?;
    }
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: &consultation.id,
            action: Action::SubmissionReceived,
            subject: "submission",
            subject_id: id,
            detail: serde_json::json!({
                "channel": input.channel.code(),
                "timing": sealed.timing.code(),
                "remarks": input.remarks.len(),
                "attachments": files.len(),
            }),
        },
    )?;
    acknowledge::ask(db, consultation, input, id, now)?;
    Ok(Registered {
        submission_id: id.clone(),
        receipt: sealed.receipt.clone(),
        timing: sealed.timing,
        received_at: input.received_at,
        repeated: false,
    })
}

/// Asks for the scanner to be asked again about an attachment that is held.
pub(super) fn scan_later(
    db: &mut Db,
    consultation: &str,
    attachment: &str,
    now: Timestamp,
) -> Result<()> {
    let job = NewJob {
        kind: JobKind::ScanAttachment,
        consultation,
        subject: attachment,
        detail: serde_json::Value::Null,
    };
    enqueue(db, &job, now)
}

/// The identifiers of the sections that the remarks are on, in their order.
fn section_ids(
    db: &mut Db,
    consultation: &Consultation,
    remarks: &[NewRemark],
) -> Result<Vec<Option<String>>> {
    remarks
        .iter()
        .map(|remark| match &remark.anchor {
            Some(anchor) => {
                published::section_id(db, &consultation.id, consultation.version, anchor).map(Some)
            }
            None => Ok(None),
        })
        .collect()
}

fn row<'a>(
    actor: &'a Actor,
    consultation: &'a Consultation,
    input: &'a NewSubmission,
    sealed: &'a Sealed,
) -> store::SubmissionRow<'a> {
    let received_at = to_micros(input.received_at);
    store::SubmissionRow {
        consultation_id: &consultation.id,
        id: &sealed.submission_id,
        channel: input.channel.code(),
        timing: sealed.timing.code(),
        received_at,
        received_basis: input.received_basis.code(),
        recorded_at: to_micros(sealed.now),
        sent_at: input.sent_at.map(to_micros),
        sender_kind: input.sender.kind.code(),
        contact_sealed: &sealed.contact,
        person_hash: sealed.person_hash.as_deref(),
        consented_at: input.consented.then_some(received_at),
        recorded_by: match actor {
            Actor::Staff { id, .. } => Some(id),
            Actor::Public | Actor::System(_) => None,
        },
        subject: input.subject.as_deref(),
        elided_sealed: sealed.elided.as_deref(),
        raw_sha256: input.raw_sha256.as_deref(),
        lang: input.lang.code(),
    }
}

/// The answer for a submission that is there already.
fn again(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    submission_id: String,
) -> Result<Registered> {
    let (timing, received_at) = store::timing_of(db, &consultation.id, &submission_id)?;
    Ok(Registered {
        receipt: receipt::number(vault.receipt(), &submission_id)?,
        timing: Timing::parse(&timing).unwrap_or(Timing::InTime),
        received_at,
        submission_id,
        repeated: true,
    })
}
