//! Destroying what tells who sent something (个人信息保护法 Art. 47), while the opinion and every
//! count stay: docs/adr/0029-after-sending.md says what goes and what stays.

use super::store::{self, Contact};
use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::correspondence::write::forget;
use crate::db::storage::Storage;
use crate::db::{Database, Db};
use crate::error::{Error, Result};
use crate::ids::{hex, random};
use crate::intake::find::Found;
use crate::intake::model::submission::{Sender, SenderKind};
use crate::intake::references::store::is_needed;
use crate::privacy::vault::Vault;

/// Takes name, contact person, telephone, e-mail and address out of a submission, with what was set
/// aside of its letter, the letter's subject, the words of what the office wrote to the sender and the
/// names of its files, and marks it as erased.
/// The kind of sender, the name of an organisation (no personal data) and the counts stay: a hash that stands for nobody takes the place of the one
/// the person was counted by. May be done again, to the same end.
///
/// The files themselves go in [`destroy_files`], once this is on disk.
///
/// # Errors
/// `Kind::Forbidden` for staff who may only look.
pub fn erase(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    found: &Found,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    let consultation = &found.consultation;
    let id = &found.submission_id;
    let kind = found.sender.kind;
    let body = found.sender.organisation.clone();
    let nobody = Sender {
        kind,
        organisation: body.filter(|_| kind == SenderKind::Organisation),
        ..Sender::default()
    };
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let json = serde_json::to_vec(&nobody).map_err(Error::internal)?;
    let counted = store::person_hash(db, &consultation.id, id)?;
    let stand_in = random::<32>().map(|bytes| hex(&bytes))?;
    let counted = counted.map(|_| stand_in);
    let contact = Contact {
        sealed: &key.seal(&json, id)?,
        person_hash: counted.as_deref(),
        keeps_confirmation: false,
    };
    store::set_contact(db, &consultation.id, id, &contact)?;
    forget(db, vault, consultation, id)?;
    store::erase(db, &consultation.id, id, clock.now())
}

/// Destroys the files of a submission that was erased, save those that something else still needs.
/// Files that are gone already are passed over, so that it can be tried again.
///
/// # Errors
/// `Kind::Unavailable` when a file cannot be removed.
pub async fn destroy_files(database: &Database, storage: &Storage, found: &Found) -> Result<()> {
    let (owner, id) = (found.consultation.id.clone(), found.submission_id.clone());
    let read = database.read(move |db| {
        let mut going = store::files(db, &owner, &id)?;
        let mut kept = Vec::new();
        for file in &going {
            if is_needed(db, file)? {
                kept.push(file.clone());
            }
        }
        going.retain(|file| !kept.contains(file));
        Ok(going)
    });
    let going = read.await?;
    let (owner, named) = (found.consultation.id.clone(), going.clone());
    let forget = database.write(move |db| {
        let mut files = named.iter();
        files.try_for_each(|file| store::forget_uploads(db, &owner, file))
    });
    forget.await?;
    let storage = storage.clone();
    let work = move || going.iter().try_for_each(|file| storage.destroy(file));
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(Error::internal)?
}
