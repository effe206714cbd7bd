//! Destroying what tells who sent something (个人信息保护法 Art. 47), while the opinion and every
//! count stay: docs/adr/0029-after-sending.md says what goes and what stays.

use super::store::{self, Contact};
use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::correspondence::write::forget;
use crate::db::storage::Storage;
use crate::db::{Database, Db};
use crate::documents::model::quote::TextQuote;
use crate::error::{Error, Result};
use crate::followers::forget::stop_following;
use crate::ids::{hex, random};
use crate::intake::find::Found;
use crate::intake::model::submission::{Sender, SenderKind};
use crate::intake::references::store::is_needed;
use crate::privacy::vault::Vault;
use crate::responses::conceal::conceal_reason;

/// Takes name, contact person, telephone, e-mail and address out of a submission, with what was set
/// aside of its letter, the letter's subject, the words of what the office wrote to the sender and the
/// names of its files, and marks it as erased. What only the details told to be hidden is hidden in
/// the words themselves first: of its opinions and of the office's reasons. Whoever follows the
/// consultation under the same address follows no more.
///
/// The kind of sender, the name of an organisation (no personal data) and the counts stay: a hash
/// that stands for nobody takes the place of the one the person was counted by. May be done again,
/// to the same end; `found` is then read anew, in the transaction.
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
    hide_words(db, found)?;
    stop_following(db, vault, consultation, &found.sender.emails)?;
    for file in &found.attachments {
        store::forget_uploads(db, &consultation.id, &file.sha256, &file.name)?;
    }
    store::set_contact(db, &consultation.id, id, &contact)?;
    forget(db, vault, consultation, id)?;
    store::erase(db, &consultation.id, id, clock.now())
}

/// Writes the opinions, and the reasons given to them, down as the public may read them.
fn hide_words(db: &mut Db, found: &Found) -> Result<()> {
    let consultation = &found.consultation;
    let concealer = found.concealer();
    let public = |text: &str| concealer.conceal(text).into_string();
    for mut words in store::words(db, &consultation.id, &found.submission_id)? {
        words.text = public(&words.text);
        words.suggested = words.suggested.as_deref().map(public);
        words.evidence = words.evidence.as_deref().map(public);
        words.selector = match words
            .selector
            .as_deref()
            .map(serde_json::from_str::<TextQuote>)
        {
            Some(quote) => {
                let quote = concealer.quote(&quote.map_err(Error::internal)?);
                Some(serde_json::to_string(&quote).map_err(Error::internal)?)
            }
            None => None,
        };
        store::set_words(db, &consultation.id, &words)?;
        conceal_reason(db, &consultation.id, &words.id, &concealer)?;
    }
    Ok(())
}

/// Destroys the files of a submission that was erased, save those that something else needs. Files
/// that are gone already are passed over, so that it can be tried again.
///
/// # Errors
/// `Kind::Unavailable` when a file cannot be removed.
pub async fn destroy_files(database: &Database, storage: &Storage, found: &Found) -> Result<()> {
    let (owner, id) = (found.consultation.id.clone(), found.submission_id.clone());
    let going = database.write(move |db| no_longer_needed(db, &owner, &id));
    let going = going.await?;
    let (database, storage) = (database.clone(), storage.clone());
    let work = move || {
        going.iter().try_for_each(|file| {
            // The same bytes may have come meanwhile.
            let needed = || database.read_now(|db| is_needed(db, file));
            storage.destroy_unless(file, needed)
        })
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(Error::internal)?
}

/// The files of a submission that nothing else needs. Forms that were sent with them cannot be sent
/// with them again: their tokens are no longer good.
fn no_longer_needed(db: &mut Db, consultation_id: &str, id: &str) -> Result<Vec<String>> {
    let mut going = Vec::new();
    for file in store::files(db, consultation_id, id)? {
        if !is_needed(db, &file)? {
            store::remove_used_uploads(db, &file)?;
            going.push(file);
        }
    }
    Ok(going)
}
