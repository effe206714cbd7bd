//! What becomes of a letter, decided and written in one transaction.

use super::prepare::{CameBack, Comment, Prepared, Verdict};
use super::sent::Sent;
use super::{Received, earlier, join};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::Result;
use crate::intake::acknowledge::{AnsweredLetter, LargeLetter, ask_for_large, ask_for_letter};
use crate::intake::letters::store::{self as letters, Entry, Known, Outcome};
use crate::intake::model::letter::LetterState;
use crate::intake::submit::keep;
use crate::jobs::bounced::bounced;
use crate::jobs::model::Notice;
use crate::privacy::vault::Vault;
use serde_json::{Value, json};
use std::sync::Arc;

/// Who writes letters into the book.
pub(super) const ACTOR: Actor = Actor::System("mail");

/// What settling a letter needs of its mailroom.
#[derive(Clone)]
pub(super) struct Settler {
    pub(super) vault: Vault,
    pub(super) consultation: Arc<Consultation>,
    pub(super) answers_per_hour: u32,
}

impl super::Mailroom {
    pub(super) fn settler(&self) -> Settler {
        Settler {
            vault: self.vault.clone(),
            consultation: Arc::clone(&self.consultation),
            answers_per_hour: self.answers_per_hour,
        }
    }
}

impl Prepared {
    /// Of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Writes the letter into the book with what becomes of it: registered, added to an earlier
    /// submission, a duplicate, or set aside. A letter that was settled before stays as it is.
    ///
    /// # Errors
    /// What the database reports.
    pub fn settle(&self, db: &mut Db) -> Result<Received> {
        let (id, state) = letters::note(db, &self.entry(), self.clock.now())?;
        match state {
            LetterState::Stored => {}
            LetterState::Registered | LetterState::Supplement | LetterState::Duplicate => {
                return Ok(Received::Duplicate);
            }
            LetterState::Quarantined(reason) => return Ok(Received::Quarantined { reason }),
        }
        match &self.verdict {
            Verdict::Aside { reason, bounce } => self.set_aside(db, &id, reason, bounce.as_deref()),
            Verdict::TooLarge(sent) => self.too_large(db, &id, sent.as_deref()),
            Verdict::Comment(comment) => self.take(db, &id, comment),
        }
    }

    /// Writes the letter into the book, and that nothing could be made of it for now.
    ///
    /// # Errors
    /// What the database reports.
    pub fn note_failed(&self, db: &mut Db) -> Result<()> {
        letters::note(db, &self.entry(), self.clock.now())?;
        letters::fault(db, self.owner(), &self.sha256)
    }

    pub(super) fn owner(&self) -> &str {
        &self.owner
    }

    fn entry(&self) -> Entry<'_> {
        Entry {
            consultation_id: self.owner(),
            raw_sha256: &self.sha256,
            road: self.arrival.road.code(),
            mailbox_id: self.arrival.mailbox_id.as_deref(),
            bytes: self.bytes,
            internal_at: self.arrival.internal_at,
            relay_at: self.relay_at,
            checks: self.arrival.checks.as_deref(),
            head_sealed: self.head_sealed.as_deref(),
        }
    }

    fn set_aside(
        &self,
        db: &mut Db,
        id: &str,
        reason: &str,
        bounce: Option<&CameBack>,
    ) -> Result<Received> {
        let (owner, at) = (self.owner(), self.received_at);
        if letters::quarantine(db, owner, &self.sha256, reason, at)? {
            self.event(db, Action::LetterQuarantined, json!({"reason": reason}))?;
            if let Some(came_back) = bounce {
                self.bind(db, id, came_back)?;
            }
        }
        Ok(Received::Quarantined {
            reason: reason.to_owned(),
        })
    }

    /// Sets a letter aside that is not read for its size, and has its sender told.
    fn too_large(&self, db: &mut Db, id: &str, sent: Option<&Sent>) -> Result<Received> {
        let received = self.set_aside(db, id, "too-large", None)?;
        if let Some(sent) = sent {
            let known = sent.known(id, &sent.from)?;
            letters::know(db, (self.owner(), id), &known)?;
            let letter = LargeLetter {
                consultation_id: self.owner(),
                letter_id: id,
                sender_hash: known.sender_hash.as_deref().unwrap_or_default(),
                bytes: self.bytes,
                limit_per_hour: sent.settler.answers_per_hour,
            };
            ask_for_large(db, &letter, self.clock.now())?;
        }
        Ok(received)
    }

    /// Tells the mail that came back that it did.
    fn bind(&self, db: &mut Db, id: &str, came_back: &CameBack) -> Result<()> {
        let bounce = &came_back.bounce;
        let Some(original) = &bounce.original_message_id else {
            return Ok(());
        };
        let notice = Notice {
            original_message_id: original,
            action: bounce.action.as_deref(),
            status: bounce.status.as_deref(),
        };
        let letter = (self.owner(), id);
        bounced(db, &came_back.vault, &notice, letter, self.clock.now()).map(|_| ())
    }

    fn take(&self, db: &mut Db, id: &str, comment: &Comment) -> Result<Received> {
        let known = comment.sent.known(id, "")?;
        if let Some(found) = earlier::find(db, self, comment, &known)?
            && let Some(joined) = join::join(db, self, comment, &found)?
        {
            return self.joined(db, id, comment, &known, joined);
        }
        let settler = &comment.sent.settler;
        let done = keep(
            db,
            &settler.vault,
            &ACTOR,
            &settler.consultation,
            &comment.input,
            &comment.sealed,
            &comment.sections,
        )?;
        let (state, action) = if done.repeated {
            (LetterState::Duplicate, Action::LetterDuplicate)
        } else {
            (LetterState::Registered, Action::LetterRegistered)
        };
        if self.finish(db, &state, &known, &done.submission_id)? {
            let detail = json!({"submission": done.submission_id});
            self.event(db, action, detail)?;
            if !done.repeated {
                self.answer(db, id, comment, &known, (&done.submission_id, None))?;
            }
        }
        Ok(if done.repeated {
            Received::Duplicate
        } else {
            Received::Registered {
                receipt: done.receipt,
                timing: done.timing,
            }
        })
    }

    fn joined(
        &self,
        db: &mut Db,
        id: &str,
        comment: &Comment,
        known: &Known,
        joined: join::Joined,
    ) -> Result<Received> {
        let (state, action) = if joined.remarks.is_empty() && joined.files == 0 {
            (LetterState::Duplicate, Action::LetterDuplicate)
        } else {
            (LetterState::Supplement, Action::LetterJoined)
        };
        let is_new = state == LetterState::Supplement;
        if self.finish(db, &state, known, &joined.submission_id)? {
            let detail = json!({"submission": joined.submission_id, "remarks": joined.remarks.len(), "files": joined.files});
            self.event(db, action, detail)?;
            if is_new {
                let about = (
                    joined.submission_id.as_str(),
                    Some(joined.remarks.as_slice()),
                );
                self.answer(db, id, comment, known, about)?;
            }
        }
        Ok(if is_new {
            Received::Supplement {
                receipt: joined.receipt,
                timing: comment
                    .sent
                    .settler
                    .consultation
                    .window
                    .judge(comment.input.received_at),
            }
        } else {
            Received::Duplicate
        })
    }

    fn finish(
        &self,
        db: &mut Db,
        state: &LetterState,
        known: &Known,
        submission_id: &str,
    ) -> Result<bool> {
        let outcome = Outcome {
            state,
            known,
            submission_id,
            received_at: self.received_at,
            thread_sealed: &known.thread_sealed,
        };
        letters::finish(db, self.owner(), &self.sha256, &outcome)
    }

    /// Asks for the mail that tells its sender: about a submission, and what was added to it.
    fn answer(
        &self,
        db: &mut Db,
        id: &str,
        comment: &Comment,
        known: &Known,
        (submission_id, remark_ids): (&str, Option<&[String]>),
    ) -> Result<()> {
        let settler = &comment.sent.settler;
        let letter = AnsweredLetter {
            consultation: &settler.consultation,
            submission_id,
            letter_id: id,
            sender_hash: known.sender_hash.as_deref().unwrap_or_default(),
            remark_ids,
            limit_per_hour: settler.answers_per_hour,
        };
        ask_for_letter(db, &settler.vault, &letter, self.clock.now()).map(|_| ())
    }

    fn event(&self, db: &mut Db, action: Action, detail: Value) -> Result<()> {
        record(
            db,
            &ACTOR,
            self.clock.now(),
            &NewEvent {
                consultation: self.owner(),
                action,
                subject: "letter",
                subject_id: &self.sha256,
                detail,
            },
        )
    }
}
