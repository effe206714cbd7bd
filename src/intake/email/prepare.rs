//! What needs no database: the bytes are kept, the letter is read and judged.

use super::sent::Sent;
use super::when::When;
use super::{Arrival, Mailroom};
use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::db::storage::{Arriving, Storage};
use crate::error::{Error, Result};
use crate::intake::letters::as_input::{left_out, plain, same_as, sender};
use crate::intake::letters::head::Head;
use crate::intake::letters::held::Again;
use crate::intake::letters::subject::bare_subject;
use crate::intake::model::submission::{Channel, NewAttachment, NewRemark, NewSubmission, Scan};
use crate::intake::reading;
use crate::intake::seal::{Sealed, seal};
use crate::mail::inbound::automatic::Automatic;
use crate::mail::inbound::bounce::Bounce;
use crate::mail::inbound::{Letter, read_letter_for, warn};
use crate::mail::outbound::message_id;
use crate::privacy::vault::Vault;
use crate::words::Lang;
use jiff::Timestamp;
use std::sync::Arc;

/// Of a letter that is too large, so much is read, in bytes.
const HEAD: usize = 64 * 1024;

/// Why a letter is held that nobody knows where to put.
pub const NO_CONSULTATION: &str = "no-consultation";

/// A letter whose bytes are kept, read and judged.
pub struct Prepared {
    pub(super) clock: Arc<dyn Clock>,
    /// Its consultation; empty while nobody knows which it is for.
    pub(super) owner: String,
    /// Of its bytes.
    pub(super) sha256: String,
    pub(super) bytes: i64,
    pub(super) arrival: Arrival,
    pub(super) received_at: Timestamp,
    pub(super) relay_at: Option<Timestamp>,
    /// Sender and subject, of a letter that becomes no submission.
    pub(super) head_sealed: Option<Vec<u8>>,
    pub(super) verdict: Verdict,
    /// Held until the letter is settled.
    _arriving: Arriving,
}

/// What a letter is.
pub(super) enum Verdict {
    /// Somebody's opinion.
    Comment(Box<Comment>),
    /// Nothing to register; why, and of a bounce what it is about.
    Aside {
        reason: String,
        bounce: Option<Box<CameBack>>,
    },
    /// Larger than is read; whom to tell, unless a machine wrote it.
    TooLarge(Option<Box<Sent>>),
}

/// A mail of ours that came back.
pub(super) struct CameBack {
    pub(super) vault: Vault,
    pub(super) bounce: Bounce,
}

/// A letter that somebody wrote.
pub(super) struct Comment {
    pub(super) sent: Sent,
    pub(super) input: NewSubmission,
    pub(super) sealed: Sealed,
    /// Identifiers of the sections of its remarks, in their order.
    pub(super) sections: Vec<Option<String>>,
    /// Without what mail programs put in front.
    pub(super) bare_subject: String,
    /// Its sender's own words.
    pub(super) words: String,
}

impl Mailroom {
    /// Keeps the bytes of a letter, reads it and judges it. Any number can be prepared at once.
    ///
    /// # Errors
    /// `Kind::Unavailable` when the disk cannot be written: try the same letter again.
    pub fn prepare(&self, raw: &[u8], arrival: Arrival) -> Result<Prepared> {
        self.prepare_again(raw, arrival, Again::Read)
    }

    /// The same for a letter that was set aside: a person may say that it is somebody's opinion,
    /// whoever seems to have written it and however large it is.
    ///
    /// # Errors
    /// As [`Mailroom::prepare`].
    pub fn prepare_again(&self, raw: &[u8], arrival: Arrival, again: Again) -> Result<Prepared> {
        let arriving = self.storage.arriving()?;
        let sha256 = self.storage.keep(raw)?;
        let now = self.clock.now();
        let prepared = |received_at, relay_at, (verdict, head_sealed)| Prepared {
            _arriving: arriving,
            clock: Arc::clone(&self.clock),
            owner: self.consultation.id.clone(),
            sha256: sha256.clone(),
            bytes: i64::try_from(raw.len()).unwrap_or(i64::MAX),
            arrival: arrival.clone(),
            received_at,
            relay_at,
            head_sealed,
            verdict,
        };
        if raw.len() > self.letter_limit && again == Again::Read {
            let at = arrival.internal_at.or(arrival.file_time).unwrap_or(now);
            let sender = self.large(raw)?;
            let head = Head::read(raw).seal(&self.storage, &sha256)?;
            return Ok(prepared(at, None, (Verdict::TooLarge(sender), Some(head))));
        }
        let letter = reading::read(raw, &self.desk, self.convert);
        if letter.warnings.contains(&warn::ATTACHED_UNCONVERTED) {
            tracing::warn!(%sha256, "a letter's attachment was not converted; open it by hand");
        }
        let when = self.when(&letter, &arrival);
        let verdict = match self.automatic(&letter)? {
            Some(automatic) if again == Again::Read => {
                let head = Head::of(&letter).seal(&self.storage, &sha256)?;
                (self.aside(automatic, &letter)?, Some(head))
            }
            _ => {
                let comment = self.comment(&letter, &sha256, when)?;
                (Verdict::Comment(Box::new(comment)), None)
            }
        };
        Ok(prepared(when.at, when.relay_at, verdict))
    }

    /// Who is to be told that a letter is too large, by its beginning.
    fn large(&self, raw: &[u8]) -> Result<Option<Box<Sent>>> {
        let letter = read_letter_for(raw.get(..HEAD).unwrap_or(raw), &self.desk);
        let sent = self.sent(&letter);
        let by_person = self.automatic(&letter)?.is_none() && !sent.from.is_empty();
        Ok(by_person.then(|| Box::new(sent)))
    }

    fn sent(&self, letter: &Letter) -> Sent {
        Sent {
            settler: self.settler(),
            message_id: letter.message_id.clone(),
            references: letter.references.clone(),
            from: letter.from.address.clone().unwrap_or_default(),
            subject: plain(&letter.subject),
        }
    }

    fn automatic(&self, letter: &Letter) -> Result<Option<Automatic>> {
        // One of our own mails that comes back, whatever its header says by now.
        let own = message_id::job_of(&self.vault, &letter.message_id)?;
        Ok(letter.automatic.or(own.map(|_| Automatic::Loop)))
    }

    fn aside(&self, automatic: Automatic, letter: &Letter) -> Result<Verdict> {
        let reason = serde_json::to_value(automatic).map_err(Error::internal)?;
        Ok(Verdict::Aside {
            reason: reason.as_str().unwrap_or("automatic").to_owned(),
            bounce: letter.bounce.clone().map(|bounce| {
                Box::new(CameBack {
                    vault: self.vault.clone(),
                    bounce,
                })
            }),
        })
    }

    fn comment(&self, letter: &Letter, sha256: &str, when: When) -> Result<Comment> {
        let remarks = self.remarks(letter);
        let sections = remarks.iter().map(|remark| {
            let anchor = remark.anchor.as_deref()?;
            let mut sections = self.sections.iter();
            let section = sections.find(|section| section.anchor == anchor)?;
            Some(section.id.clone())
        });
        let sections = sections.collect();
        let input = NewSubmission {
            channel: Channel::Email,
            received_at: when.at,
            received_basis: when.basis,
            sent_at: letter.sent_at.map(|moment| moment.at),
            sender: sender(letter),
            remarks,
            attachments: self.keep_attachments(letter)?,
            uploads: Vec::new(),
            consented: false,
            subject: Some(plain(&letter.subject)).filter(|subject| !subject.is_empty()),
            elided: left_out(letter)?,
            raw_sha256: Some(sha256.to_owned()),
            lang: Lang::Zh,
            same_as: same_as(letter),
        };
        let actor = Actor::System("mail");
        Ok(Comment {
            sent: self.sent(letter),
            sealed: seal(
                &self.vault,
                &actor,
                &*self.clock,
                &self.consultation,
                &input,
            )?,
            input,
            sections,
            bare_subject: bare_subject(&letter.subject),
            words: letter.text.clone(),
        })
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
                confidence: Some(i32::from(remark.confidence)),
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

/// A letter of which nobody knows which consultation it is for: kept for the office to say.
///
/// # Errors
/// As [`Mailroom::prepare`].
pub fn unclear(
    storage: &Storage,
    clock: &Arc<dyn Clock>,
    raw: &[u8],
    arrival: Arrival,
) -> Result<Prepared> {
    let at = arrival.internal_at.or(arrival.file_time);
    let arriving = storage.arriving()?;
    let sha256 = storage.keep(raw)?;
    Ok(Prepared {
        _arriving: arriving,
        owner: String::new(),
        head_sealed: Some(Head::read(raw).seal(storage, &sha256)?),
        sha256,
        bytes: i64::try_from(raw.len()).unwrap_or(i64::MAX),
        received_at: at.unwrap_or_else(|| clock.now()),
        relay_at: None,
        verdict: Verdict::Aside {
            reason: NO_CONSULTATION.to_owned(),
            bounce: None,
        },
        clock: Arc::clone(clock),
        arrival,
    })
}
