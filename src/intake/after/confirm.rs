//! Confirming the e-mail address by the link in our mail: a mark beside the address, not a
//! condition of anything.

use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::Result;
use crate::intake::find::Found;
use serde_json::json;

/// Marks the address as confirmed, once, with its event.
///
/// # Errors
/// What the database reports.
pub fn confirm(db: &mut Db, actor: &Actor, clock: &dyn Clock, found: &Found) -> Result<()> {
    let (consultation, id) = (&found.consultation.id, &found.submission_id);
    let now = clock.now();
    if !store::confirm(db, consultation, id, now)? {
        return Ok(());
    }
    let event = NewEvent {
        consultation,
        action: Action::AddressConfirmed,
        subject: "submission",
        subject_id: id,
        detail: json!({}),
    };
    record(db, actor, now, &event)
}
