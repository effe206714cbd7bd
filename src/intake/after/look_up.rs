//! Looking a submission up by its receipt number and the contact that was left with it.
//!
//! A wrong number and a wrong contact must be told apart by nobody: not by the answer, not by its
//! status, not by the time it takes. So there is one path. The row under the number is read, or,
//! when there is none, the row that stands next to it in the index; its contact is opened and
//! compared in either case, and whether the row is the right one is asked last.

use super::store;
use crate::consultations::find as consultations;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::find::{hash_of_receipt, open_sender};
use crate::intake::model::receipt;
use crate::intake::model::same_contact::{HASHES, is_theirs};
use crate::intake::model::submission::Sender;
use crate::intake::store::{StoredSubmission, by_older_receipt};
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use subtle::ConstantTimeEq;

/// Whether a look-up is allowed, and what was done to find out.
#[derive(Clone, Copy, Debug)]
pub struct LookedUp {
    pub allowed: bool,
    pub work: Work,
}

/// What was done: the same for every answer, which a test holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub rows_asked_for: usize,
    pub contacts_opened: usize,
    pub hashes_made: usize,
}

/// Whether somebody who gives this number (plain, as [`crate::intake::model::receipt::normalise`]
/// writes it) and this contact may see the submission.
///
/// # Errors
/// What the database reports.
pub fn look_up(
    db: &mut Db,
    vault: &Vault,
    number: &str,
    contact: &str,
    now: Timestamp,
) -> Result<LookedUp> {
    let mut work = Work::default();
    let ids = receipt::submission(vault.receipt(), number)?;
    let hash = hash_of_receipt(vault, number)?;
    // All are read each time: which of them is used must not show.
    let older = by_older_receipt(db, &hash)?;
    let (next, first) = (store::at_or_after(db, ids.start())?, store::first(db)?);
    work.rows_asked_for += 3;
    let Some(candidate) = older.or(next).or(first) else {
        // Nothing was ever sent: every number is wrong.
        return Ok(LookedUp {
            allowed: false,
            work,
        });
    };
    let opened = contact_of(db, vault, &candidate, now, &mut work)?;
    // After an erasure nothing is left to compare with, nor to protect: the number alone opens it.
    let erased = candidate.erased_at.is_some();
    let can_be_known = erased | opened.is_some();
    let opened = opened.filter(|_| !erased).unwrap_or_default();
    let is_contact = is_theirs(vault.lookup(), &opened, contact)?;
    work.hashes_made += HASHES;
    let own = receipt::number(vault.receipt(), &candidate.id)?;
    let is_number = own.as_bytes().ct_eq(number.as_bytes());
    Ok(LookedUp {
        allowed: bool::from(is_number) & is_contact & can_be_known,
        work,
    })
}

/// The contact of a row; `None` when it does not open (its key was destroyed): nobody is known by it.
fn contact_of(
    db: &mut Db,
    vault: &Vault,
    row: &StoredSubmission,
    now: Timestamp,
    work: &mut Work,
) -> Result<Option<Sender>> {
    work.rows_asked_for += 1;
    work.contacts_opened += 1;
    let consultation = match consultations::by_id(db, &row.consultation_id, now) {
        Ok(consultation) => consultation,
        Err(error) if error.kind() == Kind::NotFound => return Ok(None),
        Err(error) => return Err(Error::internal(error)),
    };
    Ok(open_sender(vault, &consultation, &row.id, &row.contact_sealed).ok())
}
