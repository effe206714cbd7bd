//! Letters that were set aside, and what the office does with them: has them read again, registers
//! them all the same, puts them down, takes them up again.

use super::store::held as store;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::email::{Arrival, Mailroom, Received};
use crate::mailboxes::model::Road;
use serde_json::json;
use std::sync::Arc;

/// What the office decides about a letter that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The program reads it once more, as it reads today.
    Read,
    /// A person says that it is somebody's opinion, whatever the program thinks.
    AsComment,
}

/// A letter in the book: its consultation (empty while nobody knows which) and its identifier.
#[derive(Clone, Copy, Debug)]
pub struct Booked<'a> {
    pub consultation_id: &'a str,
    pub id: &'a str,
}

/// Reads a letter that was set aside once more, for the consultation of a mailroom. The times it came
/// at stay as they were.
///
/// # Errors
/// `Kind::NotFound` when there is no such letter, `Kind::Conflict` when it was registered meanwhile or
/// the consultation has the same letter already, `Kind::Unavailable` when its bytes cannot be had.
pub fn replay(
    room: &Mailroom,
    booked: Booked<'_>,
    actor: &Actor,
    again: Again,
) -> Result<Received> {
    actor.must_be_able_to_change()?;
    let (owner, id) = (booked.consultation_id.to_owned(), booked.id.to_owned());
    let row = room.database.read_now(|db| store::by_id(db, &owner, &id))?;
    let row = row.ok_or_else(no_such)?;
    let raw = room.storage.fetch(&row.raw_sha256)?;
    let arrival = Arrival {
        road: Road::parse(&row.road),
        mailbox_id: row.mailbox_id,
        internal_at: row.internal_at,
        file_time: Some(row.received_at),
        checks: row.checks,
    };
    let prepared = Arc::new(room.prepare_again(&raw, arrival, again)?);
    let (actor, clock) = (actor.clone(), Arc::clone(&room.clock));
    let new_owner = room.consultation.id.clone();
    room.database.write_now(move |db| {
        if !store::open_again(db, (&owner, &id), &new_owner)? {
            return Err(settled());
        }
        let detail = json!({"as_comment": again == Again::AsComment});
        event(
            db,
            &actor,
            &*clock,
            &new_owner,
            (Action::LetterReplayed, &id, detail),
        )?;
        prepared.settle(db)
    })
}

/// Puts a letter that was set aside down: it is no opinion, and not looked at again. Twice is once.
///
/// # Errors
/// `Kind::Conflict` when it was registered meanwhile.
pub fn set_down(db: &mut Db, actor: &Actor, clock: &dyn Clock, booked: Booked<'_>) -> Result<()> {
    actor.must_be_able_to_change()?;
    let (_, by, _) = actor.parts();
    let owner = booked.consultation_id;
    match store::set_down(db, (owner, booked.id), by, clock.now())? {
        store::Changed::Now => {
            let what = (Action::LetterSetDown, booked.id, serde_json::Value::Null);
            event(db, actor, clock, owner, what)
        }
        store::Changed::Before => Ok(()),
        store::Changed::Not => Err(settled()),
    }
}

/// Takes a letter up again that was put down.
///
/// # Errors
/// What the database reports.
pub fn take_up(db: &mut Db, actor: &Actor, clock: &dyn Clock, booked: Booked<'_>) -> Result<()> {
    actor.must_be_able_to_change()?;
    let owner = booked.consultation_id;
    if store::take_up(db, (owner, booked.id))? {
        let what = (Action::LetterTakenUp, booked.id, serde_json::Value::Null);
        event(db, actor, clock, owner, what)?;
    }
    Ok(())
}

fn event(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &str,
    (action, id, detail): (Action, &str, serde_json::Value),
) -> Result<()> {
    let event = NewEvent {
        consultation,
        action,
        subject: "letter",
        subject_id: id,
        detail,
    };
    record(db, actor, clock.now(), &event)
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "没有这封邮件，请从邮件列表里重新进入",
        "there is no such e-mail; go back to the list",
    )
}

fn settled() -> Error {
    Error::new(
        Kind::Conflict,
        "这封邮件已经有人处理过了，请刷新页面看最新情况",
        "somebody has dealt with this e-mail already; load the page again",
    )
}
