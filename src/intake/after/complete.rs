//! Filling in what a letter left open, by the link in the mail that acknowledged it: a name, a
//! telephone number, the section that an opinion is about. What is there is not changed here: that
//! takes a request, which the office looks at.

use super::confirm::confirm;
use super::correct::correct;
use super::store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::find::{self, Found, FoundRemark};
use crate::intake::model::submission::Sender;
use crate::privacy::vault::Vault;
use crate::responses::find::by_remarks;
use crate::triage::move_remark::{Move, place_by_sender};
use serde_json::json;

/// From this on a section that was read out of a letter is taken for certain, of 100.
pub const CERTAIN: i32 = 70;

/// What is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    pub name: bool,
    pub phone: bool,
    /// The remarks whose section nobody has chosen and no letter named clearly.
    pub place: Vec<String>,
}

impl Open {
    /// Whether anything is.
    #[must_use]
    pub fn any(&self) -> bool {
        self.name || self.phone || !self.place.is_empty()
    }
}

/// What a submission leaves open, as far as it says itself; nothing once it was withdrawn or erased.
#[must_use]
pub fn open_for(found: &Found) -> Open {
    if found.withdrawn_at.is_some() || found.erased_at.is_some() {
        return Open::default();
    }
    let remarks = found.remarks.iter().filter(|one| is_unplaced(one));
    Open {
        name: found.sender.name.is_none(),
        phone: found.sender.phones.is_empty(),
        place: remarks.map(|one| one.id.clone()).collect(),
    }
}

fn is_unplaced(remark: &FoundRemark) -> bool {
    let guessed = remark.confidence.is_some_and(|sure| sure < CERTAIN);
    let moved = remark.revision > 0 || remark.withdrawn_at.is_some();
    !moved && (remark.section_id.is_none() || guessed)
}

/// What can be filled in now: a remark that has its outcome was studied where it stands.
///
/// # Errors
/// What the database reports.
pub fn open_now(db: &mut Db, found: &Found) -> Result<Open> {
    let open = open_for(found);
    let answered = by_remarks(db, &found.consultation.id, &open.place)?;
    let answered: Vec<String> = answered.into_iter().map(|one| one.remark_id).collect();
    let mut place = open.place;
    place.retain(|id| !answered.contains(id));
    Ok(Open { place, ..open })
}

/// What is filled in, checked.
#[derive(Clone, Default)]
pub struct Completion {
    pub name: Option<String>,
    /// As [`crate::intake::model::phone::Phone::shown`] writes it.
    pub phone: Option<String>,
    /// Remarks, each with the anchor of its section in the newest version; `None` for the whole.
    pub places: Vec<(String, Option<String>)>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completed {
    pub contact: bool,
    pub placed: usize,
    /// Remarks that were decided or moved meanwhile, or whose section was known.
    pub passed_over: usize,
}

/// Fills in what is open and leaves everything else as it is, with an event for each change. Whoever
/// has the link got the mail, so the address is confirmed too.
///
/// # Errors
/// `Kind::Conflict` for a submission that was withdrawn or erased, `Kind::Invalid` for a section that
/// the draft does not have.
pub fn complete(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    submission_id: &str,
    new: &Completion,
) -> Result<Completed> {
    store::hold(db, &consultation.id, submission_id)?;
    let found = find::by_id(db, vault, consultation, submission_id)?;
    if found.withdrawn_at.is_some() || found.erased_at.is_some() {
        return Err(Error::new(
            Kind::Conflict,
            "这份意见已经撤回，或者联系方式已经删除，不能再补充",
            "this comment was withdrawn, or its contact details were erased; nothing can be filled in",
        ));
    }
    let open = open_now(db, &found)?;
    confirm(db, actor, clock, &found)?;
    let mut done = Completed {
        contact: contact(db, vault, (actor, clock), &found, (&open, new))?,
        ..Completed::default()
    };
    for (remark, anchor) in &new.places {
        if !open.place.contains(remark) {
            done.passed_over += 1;
            continue;
        }
        let to = Move {
            consultation_id: consultation.id.clone(),
            remark_id: remark.clone(),
            version: consultation.version,
            anchor: anchor.clone(),
            seen_revision: 0,
        };
        place_by_sender(db, actor, clock, &to)?;
        done.placed += 1;
    }
    Ok(done)
}

/// Whether anything was filled in.
fn contact(
    db: &mut Db,
    vault: &Vault,
    (actor, clock): (&Actor, &dyn Clock),
    found: &Found,
    (open, new): (&Open, &Completion),
) -> Result<bool> {
    let name = new.name.clone().filter(|_| open.name);
    let phone = new.phone.clone().filter(|_| open.phone);
    let named = [("name", name.is_some()), ("phone", phone.is_some())];
    let fields: Vec<&str> = named
        .iter()
        .filter(|(_, is)| *is)
        .map(|(what, _)| *what)
        .collect();
    if fields.is_empty() {
        return Ok(false);
    }
    let known = found.sender.clone();
    let sender = Sender {
        name: name.or(known.name),
        phones: phone.map_or(known.phones, |phone| vec![phone]),
        ..known
    };
    correct(db, vault, actor, found, &sender)?;
    let event = NewEvent {
        consultation: &found.consultation.id,
        action: Action::ContactCompleted,
        subject: "submission",
        subject_id: &found.submission_id,
        detail: json!({"fields": fields}),
    };
    record(db, actor, clock.now(), &event)?;
    Ok(true)
}
