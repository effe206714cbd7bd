//! A letter that came by e-mail: kept as raw bytes first, then read by machine, then registered
//! through the same door as every form. What cannot be read or was not written by a person is set
//! aside for the office to see; nothing is lost and nothing is registered twice.

use super::letters::as_input::{left_out, plain, same_as, sender};
use super::letters::{LetterState, store as letters};
use super::model::submission::{
    Channel, NewAttachment, NewRemark, NewSubmission, ReceivedBasis, Scan,
};
use super::reading;
use super::submit::submit;
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::model::{Consultation, Timing};
use crate::db::storage::Storage;
use crate::db::{Database, Db};
use crate::documents::published::SectionRef;
use crate::error::{Error, Result};
use crate::mail::inbound::automatic::Automatic;
use crate::mail::inbound::{Desk, Letter};
use crate::mail::outbound::message_id;
use crate::privacy::vault::Vault;
use crate::words::Lang;
use jiff::Timestamp;
use serde_json::json;
use std::sync::Arc;

/// What receiving letters needs.
pub struct Mailroom {
    pub database: Database,
    pub storage: Storage,
    pub vault: Vault,
    pub clock: Arc<dyn Clock>,
    pub consultation: Arc<Consultation>,
    /// The draft's sections, to turn a letter's references into places.
    pub sections: Vec<SectionRef>,
    /// The office's own addresses and the draft's words.
    pub desk: Desk,
    /// The name of our own mail server in `Received` lines; without it the topmost line counts.
    pub mail_host: Option<String>,
    /// Larger letters are kept and set aside unread, in bytes.
    pub letter_limit: usize,
    /// Larger attachments stand only in the raw letter, in bytes.
    pub attachment_limit: usize,
    /// Whether a virus scanner is set up: attachments are then held until it was asked.
    pub scanned: bool,
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    Registered {
        receipt: String,
        timing: Timing,
    },
    /// The same letter is there already.
    Duplicate,
    /// Set aside; the reason is a code such as `auto-reply` or `too-large`.
    Quarantined {
        reason: String,
    },
}

impl Mailroom {
    /// Takes one letter. `file_time` is when its file was written, for letters that no `Received`
    /// line dates.
    ///
    /// # Errors
    /// `Kind::Unavailable` when disk or database cannot be written: try the same letter again.
    pub fn receive(&self, raw: &[u8], file_time: Option<Timestamp>) -> Result<Received> {
        let sha256 = self.storage.keep(raw)?;
        let now = self.clock.now();
        if let Some(done) = self.stored(&sha256, now)? {
            return Ok(done);
        }
        if raw.len() > self.letter_limit {
            return self.set_aside(&sha256, "too-large", file_time.unwrap_or(now));
        }
        let letter = reading::read(raw, &self.desk);
        let (received_at, basis) = self.received_at(&letter, file_time);
        // One of our own mails that comes back, whatever its header says by now.
        let own = message_id::job_of(&self.vault, &letter.message_id)?;
        let automatic = letter.automatic.or(own.map(|_| Automatic::Loop));
        if let Some(automatic) = automatic {
            let reason = serde_json::to_value(automatic).map_err(Error::internal)?;
            return self.set_aside(&sha256, reason.as_str().unwrap_or("automatic"), received_at);
        }
        self.register(&letter, sha256, received_at, basis)
    }

    /// Notes the letter before anything is made of it; answers what became of it when it was
    /// finished before. One that was noted but not finished (the process died) goes on.
    fn stored(&self, sha256: &str, now: Timestamp) -> Result<Option<Received>> {
        let (owner, sha256) = (self.consultation.id.clone(), sha256.to_owned());
        let state = self
            .database
            .write_now(move |db| letters::note(db, &owner, &sha256, now))?;
        Ok(match state {
            LetterState::Stored => None,
            LetterState::Registered | LetterState::Duplicate => Some(Received::Duplicate),
            LetterState::Quarantined(reason) => Some(Received::Quarantined { reason }),
        })
    }

    fn set_aside(&self, sha256: &str, reason: &str, received_at: Timestamp) -> Result<Received> {
        let (owner, sha256) = (self.consultation.id.clone(), sha256.to_owned());
        let (reason, now) = (reason.to_owned(), self.clock.now());
        let said = reason.clone();
        self.database.write_now(move |db| {
            if !letters::quarantine(db, &owner, &sha256, &reason, received_at)? {
                return Ok(());
            }
            let detail = json!({"reason": reason});
            event(db, &owner, Action::LetterQuarantined, &sha256, detail, now)
        })?;
        Ok(Received::Quarantined { reason: said })
    }

    fn register(
        &self,
        letter: &Letter,
        sha256: String,
        received_at: Timestamp,
        basis: ReceivedBasis,
    ) -> Result<Received> {
        let input = NewSubmission {
            channel: Channel::Email,
            received_at,
            received_basis: basis,
            sent_at: letter.sent_at.map(|moment| moment.at),
            sender: sender(letter),
            remarks: self.remarks(letter),
            attachments: self.keep_attachments(letter)?,
            uploads: Vec::new(),
            consented: false,
            subject: Some(plain(&letter.subject)).filter(|subject| !subject.is_empty()),
            elided: left_out(letter)?,
            raw_sha256: Some(sha256.clone()),
            lang: Lang::Zh,
            same_as: same_as(letter),
        };
        let (vault, clock) = (self.vault.clone(), Arc::clone(&self.clock));
        let (consultation, message_id) =
            (Arc::clone(&self.consultation), letter.message_id.clone());
        self.database.write_now(move |db| {
            let actor = Actor::System("mail");
            let done = submit(db, &vault, &actor, &*clock, &consultation, &input)?;
            let state = if done.repeated {
                LetterState::Duplicate
            } else {
                LetterState::Registered
            };
            let action = if done.repeated {
                Action::LetterDuplicate
            } else {
                Action::LetterRegistered
            };
            let message_hash = vault.lookup().keyed_hash(&["message-id", &message_id])?;
            let is_first = letters::finish(
                db,
                &consultation.id,
                &sha256,
                &state,
                &message_hash,
                &done.submission_id,
                received_at,
            )?;
            if is_first {
                let detail = json!({"submission": done.submission_id});
                event(db, &consultation.id, action, &sha256, detail, clock.now())?;
            }
            Ok(if done.repeated {
                Received::Duplicate
            } else {
                Received::Registered {
                    receipt: done.receipt,
                    timing: done.timing,
                }
            })
        })
    }

    /// Never the `Date` line, which the sender's machine wrote: the topmost `Received` line of our
    /// own server, or else the file's time, marked to be checked.
    fn received_at(
        &self,
        letter: &Letter,
        file_time: Option<Timestamp>,
    ) -> (Timestamp, ReceivedBasis) {
        let ours = |host: Option<&str>| match (&self.mail_host, host) {
            (Some(own), Some(host)) => own.eq_ignore_ascii_case(host),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let stamp = letter
            .received
            .iter()
            .find(|relay| ours(relay.by_host.as_deref()))
            .and_then(|relay| relay.at);
        match (stamp, file_time) {
            (Some(stamp), _) => (stamp.at, ReceivedBasis::MailServer),
            (None, Some(at)) => (at, ReceivedBasis::FileTime),
            (None, None) => (self.clock.now(), ReceivedBasis::FileTime),
        }
    }

    fn remarks(&self, letter: &Letter) -> Vec<NewRemark> {
        let anchor = |path: &str| {
            let section = self.sections.iter().find(|section| section.path == path)?;
            Some(section.anchor.clone())
        };
        let mut remarks: Vec<NewRemark> = letter
            .remarks
            .iter()
            .filter(|remark| !remark.text.trim().is_empty())
            .map(|remark| NewRemark {
                anchor: remark.section.as_deref().and_then(anchor),
                text: plain(remark.text.trim()),
                evidence: remark.evidence.as_deref().map(plain),
                ..NewRemark::default()
            })
            .collect();
        if remarks.is_empty() {
            // A letter is a submission even when its words are only in its attachment.
            remarks.push(NewRemark {
                text: "（邮件没有正文，见附件或原始邮件）".to_owned(),
                ..NewRemark::default()
            });
        }
        remarks
    }

    fn keep_attachments(&self, letter: &Letter) -> Result<Vec<NewAttachment>> {
        letter
            .attachments
            .iter()
            .map(|file| {
                let kept = file.bytes <= self.attachment_limit;
                if kept {
                    self.storage.keep(&file.content)?;
                }
                Ok(NewAttachment {
                    name: plain(&file.name),
                    media_type: plain(&file.media_type),
                    bytes: i64::try_from(file.bytes).map_err(Error::internal)?,
                    sha256: file.sha256.clone(),
                    kept,
                    // A letter is never kept waiting for the scanner: a job asks it afterwards.
                    scan: if self.scanned && kept {
                        Scan::Held
                    } else {
                        Scan::None
                    },
                })
            })
            .collect()
    }
}

fn event(
    db: &mut Db,
    consultation: &str,
    action: Action,
    sha256: &str,
    detail: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    record(
        db,
        &Actor::System("mail"),
        now,
        &NewEvent {
            consultation,
            action,
            subject: "letter",
            subject_id: sha256,
            detail,
        },
    )
}
