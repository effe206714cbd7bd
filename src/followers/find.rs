//! Finding followers, for the mails to them.

use super::store;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::privacy::vault::Vault;
use crate::words::Lang;

/// A follower with the address opened. Never logged.
pub struct Follower {
    pub id: String,
    pub address: String,
    pub lang: Lang,
    pub is_confirmed: bool,
    /// Whether they asked to be left alone.
    pub has_ended: bool,
}

/// A follower of a consultation; `None` when there is none.
///
/// # Errors
/// What the database reports; `Kind::Internal` when the key is not theirs.
pub fn by_id(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    id: &str,
) -> Result<Option<Follower>> {
    let Some(row) = store::by_id(db, &consultation.id, id)? else {
        return Ok(None);
    };
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let address = key.open(&row.address_sealed, &row.id)?;
    Ok(Some(Follower {
        address: String::from_utf8(address).map_err(Error::internal)?,
        lang: Lang::of_code(&row.lang),
        is_confirmed: row.confirmed_at.is_some(),
        has_ended: row.ended_at.is_some(),
        id: row.id,
    }))
}

/// The identifiers of those who are to be told: confirmed and not ended, in order, from after one
/// of them on (the empty text for the first).
///
/// # Errors
/// What the database reports.
pub fn told_after(
    db: &mut Db,
    consultation_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>> {
    store::told_after(db, consultation_id, after, limit)
}
