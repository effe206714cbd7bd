//! Asking.

use super::model::{RequestKind, note_of};
use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, to_micros};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::intake::after::hold;
use crate::intake::find::Found;
use crate::privacy::vault::Vault;
use serde_json::json;

/// Writes a request down, its note sealed, with the event. The same kind of request waits once:
/// asked again it answers the same.
///
/// # Errors
/// `Kind::Conflict` for correcting or erasing what is erased already.
pub fn ask(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    found: &Found,
    (kind, note): (RequestKind, Option<&str>),
) -> Result<()> {
    let (consultation, submission) = (&found.consultation, &found.submission_id);
    hold(db, &consultation.id, submission)?;
    if store::is_waiting(db, &consultation.id, submission, kind)? {
        return Ok(());
    }
    if found.erased_at.is_some() && kind != RequestKind::Copy {
        return Err(Error::new(
            Kind::Conflict,
            "您的联系方式已经删除，没有可以更正或删除的了",
            "your contact details are erased already; nothing is left to correct or erase",
        ));
    }
    let now = clock.now();
    let id = new_id(now)?;
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let sealed = note.map(|note| key.seal(note.as_bytes(), &note_of(&id)));
    let sealed = sealed.transpose()?;
    let row = store::NewRow {
        consultation_id: &consultation.id,
        id: &id,
        submission_id: submission,
        kind: kind.code(),
        note_sealed: sealed.as_deref(),
        asked_at: to_micros(now),
    };
    store::insert(db, &row)?;
    let event = NewEvent {
        consultation: &consultation.id,
        action: Action::PrivacyRequested,
        subject: "submission",
        subject_id: submission,
        detail: json!({"request": id, "kind": kind.code()}),
    };
    record(db, actor, now, &event)
}
