//! Writing to a sender, and taking what was written out again.

use super::model::{check_words, words_of};
use super::store::{self, NewRow};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, to_micros};
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;
use crate::intake::after::hold;
use crate::intake::find::{self, Found};
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue::enqueue;
use crate::privacy::vault::Vault;
use serde_json::{Value, json};

/// A message to be sent.
#[derive(Clone)]
pub struct NewMessage {
    /// Made when the message was shown to be checked: the same one sent twice goes out once.
    pub id: String,
    pub submission_id: String,
    pub words: String,
}

/// Writes a message down, sealed, with its event (which holds none of its words) and the job that
/// sends it.
///
/// # Errors
/// `Kind::Invalid` for words that cannot be sent, `Kind::Conflict` when the sender left no e-mail
/// address or had it erased, `Kind::Forbidden` for staff who may only look.
pub fn write(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    new: &NewMessage,
) -> Result<()> {
    actor.must_be_able_to_change()?;
    let words = check_words(&new.words)?;
    hold(db, &consultation.id, &new.submission_id)?;
    let found = find::by_id(db, vault, consultation, &new.submission_id)?;
    must_be_reachable(&found)?;
    if !is_id(&new.id) {
        return Err(Error::invalid(
            "这个页面不完整，请返回后再写一次",
            "this page is not complete; go back and write again",
        ));
    }
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let now = clock.now();
    let (_, id, name) = actor.parts();
    let row = NewRow {
        consultation_id: &consultation.id,
        id: &new.id,
        submission_id: &new.submission_id,
        words_sealed: &key.seal(words.as_bytes(), &words_of(&new.id))?,
        written_by: id,
        written_by_name: name,
        written_at: to_micros(now),
    };
    if !store::insert(db, &row)? {
        return Ok(());
    }
    let event = NewEvent {
        consultation: &consultation.id,
        action: Action::MessageWritten,
        subject: "submission",
        subject_id: &new.submission_id,
        detail: json!({"message": new.id}),
    };
    record(db, actor, now, &event)?;
    let job = NewJob {
        kind: JobKind::SendOfficeMessage,
        consultation: &consultation.id,
        subject: &new.id,
        detail: Value::Null,
    };
    enqueue(db, &job, now)
}

/// Refuses what could reach nobody.
///
/// # Errors
/// `Kind::Conflict`.
pub fn must_be_reachable(found: &Found) -> Result<()> {
    let refuse = |zh: &str, en: &str| Err(Error::new(Kind::Conflict, zh, en));
    if found.erased_at.is_some() {
        return refuse(
            "联系方式已按本人要求删除，不能再写邮件",
            "the contact details were erased at the sender's request; nobody can be written to",
        );
    }
    if found.sender.emails.is_empty() {
        return refuse(
            "对方没有留电子邮箱，不能写邮件；请改用电话等方式联系",
            "the sender left no e-mail address; reach them another way",
        );
    }
    Ok(())
}

/// Takes the words out of all messages to a sender whose contact details are erased: they may name
/// the person. That the office wrote, who did and when stays.
///
/// # Errors
/// What the database reports.
pub fn forget(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
) -> Result<()> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    for row in store::of_submission(db, &consultation.id, submission_id)? {
        let nothing = key.seal(b"", &words_of(&row.id))?;
        store::set_words(db, &consultation.id, &row.id, &nothing)?;
    }
    Ok(())
}
