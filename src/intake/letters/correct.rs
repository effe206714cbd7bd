//! Putting right the contact details that were read out of a letter.

use super::look;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::after::{correct as contact, hold};
use crate::intake::find;
use crate::intake::model::submission::Sender;
use crate::privacy::vault::Vault;
use serde_json::json;

/// Puts other contact details in the place of those that were read out of a letter. The event names
/// the details that changed, never what they were or are.
///
/// # Errors
/// `Kind::Conflict` when the letter is no submission or its contact details were erased,
/// `Kind::Forbidden` for staff who may only look.
pub fn correct(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    (letter_id, sender): (&str, &Sender),
) -> Result<()> {
    let letter = look::one(db, &consultation.id, letter_id)?;
    let submission = letter.submission_id.ok_or_else(no_submission)?;
    hold(db, &consultation.id, &submission)?;
    let found = find::by_id(db, vault, consultation, &submission)?;
    contact::correct(db, vault, actor, &found, sender)?;
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &consultation.id,
            action: Action::ContactCorrected,
            subject: "submission",
            subject_id: &submission,
            detail: json!({"fields": changed(&found.sender, sender)}),
        },
    )
}

/// Which details differ.
fn changed(before: &Sender, after: &Sender) -> Vec<&'static str> {
    let differs = [
        ("name", before.name != after.name),
        ("organisation", before.organisation != after.organisation),
        ("phone", before.phones != after.phones),
        ("email", before.emails != after.emails),
        ("address", before.address != after.address),
    ];
    let differing = differs.into_iter().filter(|(_, is_other)| *is_other);
    differing.map(|(field, _)| field).collect()
}

/// What is said when a letter is no submission.
#[must_use]
pub fn no_submission() -> Error {
    Error::new(
        Kind::Conflict,
        "这封邮件没有登记成意见，没有可以更正的",
        "this e-mail was not registered; there is nothing to correct",
    )
}
