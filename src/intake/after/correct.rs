//! Putting right how a sender is named and reached (个人信息保护法 Art. 46).

use super::store::{self, Contact};
use crate::audit::model::Actor;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::find::Found;
use crate::intake::model::submission::Sender;
use crate::privacy::vault::Vault;

/// Seals other contact details in the place of a submission's. People are counted by the first way
/// to reach them, so the count follows; a confirmed address stays confirmed only if it is the same.
/// The event belongs to the request that asked for it.
///
/// # Errors
/// `Kind::Conflict` when the contact details were erased, `Kind::Forbidden` for staff who may only
/// look.
pub fn correct(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    found: &Found,
    sender: &Sender,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    if found.erased_at.is_some() {
        return Err(Error::new(
            Kind::Conflict,
            "这份来件的联系方式已经按要求删除，不能再更正",
            "the contact details of this submission were erased and cannot be corrected",
        ));
    }
    let consultation = &found.consultation;
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let json = serde_json::to_vec(sender).map_err(Error::internal)?;
    let person = |way| {
        let parts = ["person", &consultation.id, way];
        vault.lookup().keyed_hash(&parts)
    };
    let counted = sender.first_way().map(person).transpose()?;
    let contact = Contact {
        sealed: &key.seal(&json, &found.submission_id)?,
        person_hash: counted.as_deref(),
        keeps_confirmation: sender.emails == found.sender.emails,
    };
    store::set_contact(db, &consultation.id, &found.submission_id, &contact)
}
