//! Asking for the mail that says a submission arrived.

use super::model::submission::{Channel, NewSubmission};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue;
use jiff::Timestamp;

/// Writes down, in the transaction of a submission, that its sender is to be told: where an address
/// was given with a form or at the desk. Letters by e-mail are answered by whoever reads them, who
/// knows which of them were automatic.
pub(super) fn ask(
    db: &mut Db,
    consultation: &Consultation,
    input: &NewSubmission,
    id: &str,
    now: Timestamp,
) -> Result<()> {
    if input.sender.emails.is_empty() || input.channel == Channel::Email {
        return Ok(());
    }
    let job = NewJob {
        kind: JobKind::AcknowledgeSubmission,
        consultation: &consultation.id,
        subject: id,
        detail: serde_json::Value::Null,
    };
    queue::enqueue(db, &job, now)
}
