//! Putting right how a sender is named and reached (个人信息保护法 Art. 46).

use super::store::{self, Contact};
use crate::audit::model::Actor;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::find::Found;
use crate::intake::form::{Faults, FormField, RawForm, Rules, read};
use crate::intake::model::email::Email;
use crate::intake::model::phone::Phone;
use crate::intake::model::submission::{Channel, ReceivedBasis, Sender};
use crate::privacy::vault::Vault;
use jiff::Timestamp;

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

/// What the form of the office does not ask stays as it is.
#[must_use]
pub fn corrected(known: &Sender, read: Sender) -> Sender {
    let known = known.clone();
    Sender {
        credit_code: known.credit_code,
        district: known.district,
        capacity: known.capacity,
        ..read
    }
}

/// Contact details from a form of the office. Several numbers or addresses stand apart by 、 or a
/// comma.
///
/// # Errors
/// Every fault with its field.
pub fn read_sender(raw: &RawForm, now: Timestamp) -> std::result::Result<Sender, Faults> {
    // The same rules as at the desk; what was said is not asked again.
    let form = RawForm {
        text: "-".to_owned(),
        phone: String::new(),
        email: String::new(),
        ..raw.clone()
    };
    let read = read(&form, Rules::Desk, Channel::Visit, ReceivedBasis::Desk, now);
    let mut faults = match &read {
        Ok(_) => Faults::default(),
        Err(faults) => faults.clone(),
    };
    let phones = each(&raw.phone, |one| {
        Phone::parse(one).map(|phone| phone.shown())
    });
    let emails = each(&raw.email, |one| {
        Email::parse(one).map(|email| email.as_str().to_owned())
    });
    if let Err(error) = &phones {
        faults.add(FormField::Phone, error.both().clone());
    }
    if let Err(error) = &emails {
        faults.add(FormField::Email, error.both().clone());
    }
    match (read, phones, emails) {
        (Ok(read), Ok(phones), Ok(emails)) => Ok(Sender {
            phones,
            emails,
            ..read.sender
        }),
        _ => Err(faults),
    }
}

fn each(typed: &str, parse: impl Fn(&str) -> Result<String>) -> Result<Vec<String>> {
    let parts = typed
        .split(['、', ',', '，', ';', '；', '\n'])
        .map(str::trim);
    parts.filter(|part| !part.is_empty()).map(parse).collect()
}
