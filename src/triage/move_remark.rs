//! Moving a remark to the section it is really on.

use super::{find, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use serde_json::json;

/// Where a remark goes.
#[derive(Clone, Debug)]
pub struct Move {
    pub consultation_id: String,
    pub remark_id: String,
    /// The version of the draft that the anchor belongs to.
    pub version: i32,
    /// The anchor of a section of the draft; `None` for the whole.
    pub anchor: Option<String>,
    pub seen_revision: i32,
}

/// Moves a remark, and notes from where to where. Moving it to where it is changes nothing.
///
/// # Errors
/// `Kind::Conflict` when somebody else moved it since, `Kind::Invalid` for an unknown section.
pub fn move_remark(db: &mut Db, actor: &Actor, clock: &dyn Clock, to: &Move) -> Result<()> {
    actor.must_be_able_to_change()?;
    let places = places(db, to)?;
    if places.0 == places.1 {
        return Ok(());
    }
    put(db, actor, clock, to, (places, Action::RemarkMoved))
}

/// Puts a remark where its sender says it belongs, and notes from where to where; also when that is
/// where it stands, because from then on it is no guess.
///
/// # Errors
/// As [`move_remark`].
pub fn place_by_sender(db: &mut Db, actor: &Actor, clock: &dyn Clock, to: &Move) -> Result<()> {
    let places = places(db, to)?;
    put(db, actor, clock, to, (places, Action::RemarkPlacedBySender))
}

/// The sections that a remark is on and goes to.
type Places = (Option<String>, Option<String>);

fn places(db: &mut Db, to: &Move) -> Result<Places> {
    let remark = find::remark(db, &to.consultation_id, &to.remark_id)?;
    let section = to
        .anchor
        .as_deref()
        .map(|anchor| published::section_id(db, &to.consultation_id, to.version, anchor))
        .transpose()?;
    Ok((remark.section_id, section))
}

fn put(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    to: &Move,
    ((from, section), action): (Places, Action),
) -> Result<()> {
    let moved = store::set_section(
        db,
        &to.consultation_id,
        &to.remark_id,
        section.as_deref(),
        to.seen_revision,
    )?;
    if !moved {
        return Err(Error::new(
            Kind::Conflict,
            "另一位同事刚刚调整过这条意见所对的条款，请核对后再改",
            "a colleague has just moved this remark; look again and then move it",
        ));
    }
    let path = |db: &mut Db, id: Option<&str>| -> Result<Option<String>> {
        id.map(|id| published::section_path(db, &to.consultation_id, id))
            .transpose()
    };
    let from_path = path(db, from.as_deref())?;
    let to_path = path(db, section.as_deref())?;
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &to.consultation_id,
            action,
            subject: "remark",
            subject_id: &to.remark_id,
            detail: json!({"from": from_path, "to": to_path}),
        },
    )
}
