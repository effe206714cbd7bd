//! Asking to be told: an address is written down, sealed, and gets one mail with a link.

use super::store::{self, NewRow};
use crate::clock::to_micros;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use crate::ids::new_id;
use crate::intake::model::email::Email;
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use crate::privacy::vault::Vault;
use crate::words::Lang;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// A further request for the same address brings no further mail for this long.
const QUIET: SignedDuration = SignedDuration::from_hours(1);

/// An address that is ready to be written: what needs no database is done.
pub struct Asking {
    id: String,
    sealed: Vec<u8>,
    hash: String,
    lang: Lang,
    now: Timestamp,
}

/// Seals an address. The same mailbox gives the same hash however its letters are written.
///
/// # Errors
/// `Kind::Internal` when the consultation's key cannot be opened.
pub fn seal(
    vault: &Vault,
    consultation: &Consultation,
    address: &Email,
    lang: Lang,
    now: Timestamp,
) -> Result<Asking> {
    let id = new_id(now)?;
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    Ok(Asking {
        sealed: key.seal(address.as_str().as_bytes(), &id)?,
        hash: address_hash(vault, consultation, address.as_str())?,
        id,
        lang,
        now,
    })
}

/// By which a mailbox is found, however its letters are written.
pub(super) fn address_hash(
    vault: &Vault,
    consultation: &Consultation,
    address: &str,
) -> Result<String> {
    let folded = address.to_ascii_lowercase();
    let parts = ["follower", &consultation.id, &folded];
    vault.lookup().keyed_hash(&parts)
}

/// Writes an address down and asks for the mail that has it confirmed. Whoever asks learns nothing:
/// for an address that follows already, or was asked for within the hour, the same answer comes
/// after a write of the same kind, and no mail goes out.
///
/// Nothing of this is in the audit log: it is no part of the decision's record, and strangers must
/// not be able to make that grow.
///
/// # Errors
/// What the database reports.
pub fn ask(db: &mut Db, consultation: &Consultation, asking: &Asking) -> Result<()> {
    let row = NewRow {
        consultation_id: &consultation.id,
        id: &asking.id,
        address_sealed: &asking.sealed,
        address_hash: &asking.hash,
        lang: asking.lang.code(),
        asked_at: to_micros(asking.now),
    };
    if store::insert(db, &row)? {
        return confirm(db, consultation, &asking.id, asking.now);
    }
    let before = asking.now - QUIET;
    match store::ask_again(db, &consultation.id, &asking.hash, before, asking.now)? {
        Some(id) => confirm(db, consultation, &id, asking.now),
        None => store::touch(db, &consultation.id, &asking.hash),
    }
}

fn confirm(db: &mut Db, consultation: &Consultation, id: &str, now: Timestamp) -> Result<()> {
    let job = NewJob {
        kind: JobKind::ConfirmFollower,
        consultation: &consultation.id,
        subject: id,
        detail: Value::Null,
    };
    enqueue(db, &job, now)
}
