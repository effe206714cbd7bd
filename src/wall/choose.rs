//! Choosing what is shown: one remark at a time, by a person who has read it.

use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::triage::find::remark;
use serde_json::json;

/// Shows a remark, or hides it again, with its event; nothing happens when it is so already.
///
/// # Errors
/// `Kind::NotFound` when there is no such remark, `Kind::Conflict` when its sender took it back or
/// had it erased, `Kind::Forbidden` for staff who may only look.
pub fn choose(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    id: &str,
    shown: bool,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    let wanted = remark(db, &consultation.id, id)?;
    if shown && store::is_taken_back(db, &consultation.id, id)? {
        return Err(Error::new(
            Kind::Conflict,
            "提意见的人已经撤回这条意见或者要求删除个人信息，不能公开",
            "the sender took this remark back or had their data erased; it cannot be shown",
        ));
    }
    if !store::choose(db, &consultation.id, id, shown.then_some(now))? {
        return Ok(());
    }
    let event = NewEvent {
        consultation: &consultation.id,
        action: if shown {
            Action::RemarkShown
        } else {
            Action::RemarkHidden
        },
        subject: "remark",
        subject_id: &wanted.id,
        detail: json!({}),
    };
    record(db, actor, now, &event)
}
