//! What the links in a follower's mails do: confirm, and stop.

use super::store;
use super::sweep::UNCONFIRMED;
use crate::clock::from_micros;
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Kind, Result};
use crate::ids::is_id;
use crate::privacy::vault::Vault;
use jiff::Timestamp;

/// Where a follower stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Has not answered our mail yet.
    Asked,
    Following,
    /// Stopped, or waited too long; the address is gone.
    Over,
}

/// A follower that a link names, and what is followed.
#[derive(Clone, Debug)]
pub struct Linked {
    pub consultation: Consultation,
    pub standing: Standing,
}

/// The follower of a link whose token was checked; `None` when the row is gone.
///
/// # Errors
/// What the database reports.
pub fn linked(db: &mut Db, id: &str, now: Timestamp) -> Result<Option<Linked>> {
    if !is_id(id) {
        return Ok(None);
    }
    let Some(row) = store::by_link(db, id)? else {
        return Ok(None);
    };
    let consultation = match find::by_id(db, &row.consultation_id, now) {
        Ok(consultation) => consultation,
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let is_old = from_micros(row.asked_at) + UNCONFIRMED <= now;
    let standing = match (row.ended_at, row.confirmed_at) {
        (Some(_), _) => Standing::Over,
        (None, Some(_)) => Standing::Following,
        (None, None) if is_old => Standing::Over,
        (None, None) => Standing::Asked,
    };
    Ok(Some(Linked {
        consultation,
        standing,
    }))
}

/// Starts telling a follower who was asked; the answer is where they stand after it.
///
/// # Errors
/// What the database reports.
pub fn confirm(db: &mut Db, id: &str, now: Timestamp) -> Result<Option<Linked>> {
    let Some(found) = linked(db, id, now)? else {
        return Ok(None);
    };
    if found.standing == Standing::Asked {
        store::confirm(db, &found.consultation.id, id, now)?;
    }
    linked(db, id, now)
}

/// Stops telling a follower: the address is destroyed, and its hash with it, so that the same person
/// can follow again. Doing it twice changes nothing.
///
/// # Errors
/// What the database reports; `Kind::Internal` when the consultation's key cannot be opened.
pub fn stop(db: &mut Db, vault: &Vault, id: &str, now: Timestamp) -> Result<Option<Linked>> {
    let Some(found) = linked(db, id, now)? else {
        return Ok(None);
    };
    let owner = &found.consultation;
    let key = vault.data_key(&owner.id, &owner.wrapped_key)?;
    let nothing = key.seal(b"", id)?;
    store::end(db, &owner.id, id, &nothing, now)?;
    linked(db, id, now)
}
