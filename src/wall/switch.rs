//! Turning the wall on and off.

use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use serde_json::json;

/// Turns the wall on or off, with its event; nothing happens when it is so already. What was chosen
/// stays chosen while it is off.
///
/// # Errors
/// `Kind::Forbidden` for staff who may only look.
pub fn turn(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    on: bool,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    if !store::turn(db, &consultation.id, on.then_some(now))? {
        return Ok(());
    }
    let event = NewEvent {
        consultation: &consultation.id,
        action: if on {
            Action::WallOpened
        } else {
            Action::WallClosed
        },
        subject: "consultation",
        subject_id: &consultation.id,
        detail: json!({}),
    };
    record(db, actor, now, &event)
}
