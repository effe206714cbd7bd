//! What can be done for a submission before the database is asked: whether it may come in, its
//! identifier and receipt number, its contact details sealed. Kept apart so that many can do it at
//! once while one writes.

use super::model::receipt;
use super::model::submission::{Channel, NewSubmission};
use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::consultations::model::{Consultation, Timing};
use crate::db::once::OnceKey;
use crate::error::{Error, Kind, Result};
use crate::ids::new_numbered_id;
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// A submission that is ready to be written.
pub struct Sealed {
    pub(super) now: Timestamp,
    pub(super) submission_id: String,
    pub(super) receipt: String,
    pub(super) timing: Timing,
    pub(super) contact: Vec<u8>,
    pub(super) elided: Option<Vec<u8>>,
    pub(super) person_hash: Option<String>,
    pub(super) once: OnceKey,
}

/// Judges a submission and makes it ready.
///
/// # Errors
/// `Kind::Conflict` for a web form outside the window, `Kind::Invalid` for a submission without a
/// remark, `Kind::Forbidden` for staff who may only look.
pub fn seal(
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    input: &NewSubmission,
) -> Result<Sealed> {
    actor.must_be_able_to_change()?;
    let timing = consultation.window.judge(input.received_at);
    if input.channel == Channel::Web && timing != Timing::InTime {
        return Err(outside_window(timing));
    }
    if input.remarks.is_empty() {
        return Err(Error::invalid("请填写您的意见", "Write your comment"));
    }
    let now = clock.now();
    let submission_id = new_numbered_id(now)?;
    let receipt = receipt::number(vault.receipt(), &submission_id)?;
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let contact = serde_json::to_vec(&input.sender).map_err(Error::internal)?;
    let elided = input.elided.as_deref();
    let elided = elided.map(|text| key.seal(text.as_bytes(), &elided_of(&submission_id)));
    let mut same: Vec<&str> = vec![&consultation.id, input.channel.code()];
    same.extend(input.same_as.iter().map(String::as_str));
    let person = |way| {
        vault
            .lookup()
            .keyed_hash(&["person", &consultation.id, way])
    };
    Ok(Sealed {
        now,
        timing,
        contact: key.seal(&contact, &submission_id)?,
        elided: elided.transpose()?,
        person_hash: input.sender.first_way().map(person).transpose()?,
        once: OnceKey::of(vault.idempotency().mac(&same)?),
        submission_id,
        receipt,
    })
}

/// What the sealed signature and quote of a submission are bound to: not the same as its contact
/// details, so that the two cannot change places.
pub(super) fn elided_of(submission_id: &str) -> String {
    format!("{submission_id}/elided")
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
