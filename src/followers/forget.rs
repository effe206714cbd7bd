//! Following ends with an erasure: the address is no longer ours to write to.

use super::ask::address_hash;
use super::store;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use crate::jobs::model::JobKind;
use crate::jobs::queue;
use crate::privacy::vault::Vault;

/// Removes who follows a consultation under one of these addresses, with the mails that wait for
/// them. The links in mails that went out lead to the page that says it is over.
///
/// # Errors
/// What the database reports.
pub fn stop_following(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    addresses: &[String],
) -> Result<()> {
    for address in addresses {
        let hash = address_hash(vault, consultation, address)?;
        for id in store::by_hash(db, &consultation.id, &hash)? {
            let kinds = [JobKind::ConfirmFollower, JobKind::TellFollower];
            queue::drop_waiting(db, &consultation.id, &kinds, &id)?;
            store::remove_one(db, &consultation.id, &id)?;
        }
    }
    Ok(())
}
