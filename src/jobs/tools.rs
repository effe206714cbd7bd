//! What every job works with.

use super::model::{Job, Outcome, Reason};
use super::queue::recipients;
use crate::clock::Clock;
use crate::config::Config;
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::db::storage::Storage;
use crate::db::{Database, Db};
use crate::error::{Error, Kind, Result};
use crate::intake::files::clamd::Scanner;
use crate::mail::outbound::{Mail, Mailer, Sheet};
use crate::privacy::vault::Vault;
use crate::words::Lang;
use jiff::Timestamp;
use std::sync::Arc;

/// The parts of a running service that jobs need.
#[derive(Clone)]
pub struct Tools {
    pub config: Config,
    pub database: Database,
    pub vault: Vault,
    pub storage: Storage,
    pub clock: Arc<dyn Clock>,
    /// `None` when no virus scanner is set up.
    pub scanner: Option<Scanner>,
    /// `None` while sending is not set up.
    pub mailer: Option<Mailer>,
}

/// What a mail is written from.
pub(super) struct Desk<'a> {
    pub(super) config: &'a Config,
    pub(super) vault: &'a Vault,
    pub(super) now: Timestamp,
}

/// Writes the mail of a job from what the database holds; `None` when there is nobody to write to,
/// or nothing to say any more.
pub(super) type Compose = fn(&mut Db, &Desk<'_>, &Job) -> Result<Option<Mail>>;

/// One batch of a job, behind a row; the last row of it, or `None` when there are no more.
pub(super) type Batch = fn(&mut Db, &Job, &str, Timestamp) -> Result<Option<String>>;

impl Tools {
    /// Joins the parts. Call it inside the runtime in which mails are sent.
    ///
    /// # Errors
    /// `Kind::Invalid` for settings by which no mail can be sent.
    pub fn new(
        config: Config,
        database: Database,
        vault: Vault,
        storage: Storage,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let mailer = Mailer::new(&config, &vault)?;
        Ok(Self {
            scanner: Scanner::of(&config),
            config,
            database,
            vault,
            storage,
            clock,
            mailer,
        })
    }

    /// Does a job of many transactions, one batch after the other; after a crash it goes on behind the
    /// last one that was written.
    pub(super) async fn in_batches(&self, job: &Job, batch: Batch) -> Result<Outcome> {
        let mut after = text(job, "after").unwrap_or_default().to_owned();
        loop {
            let (job, from, now) = (job.clone(), after.clone(), self.clock.now());
            let write = move |db: &mut Db| batch(db, &job, &from, now);
            match self.database.write(write).await? {
                Some(last) => after = last,
                None => return Ok(Outcome::Done),
            }
        }
    }

    /// Writes a mail and sends it, unless strangers caused too many to its address.
    pub(super) async fn mail(&self, job: &Job, compose: Compose) -> Result<Outcome> {
        let Some(mailer) = &self.mailer else {
            return Ok(Outcome::Later(Reason::Unreachable));
        };
        let (tools, held, now) = (self.clone(), job.clone(), self.clock.now());
        let composed = self.database.read(move |db| {
            let desk = Desk {
                config: &tools.config,
                vault: &tools.vault,
                now,
            };
            compose(db, &desk, &held)
        });
        match composed.await {
            Ok(Some(mail)) if self.is_over_limit(job, &mail, now).await? => Ok(Outcome::Nothing),
            Ok(Some(mail)) => mailer.send(&mail, &job.id, now).await,
            Ok(None) => Ok(Outcome::Nothing),
            // What it was about was taken back.
            Err(error) if error.kind() == Kind::NotFound => Ok(Outcome::Nothing),
            Err(error) => Err(error),
        }
    }

    /// Counts a mail that strangers can cause, at its first try.
    async fn is_over_limit(&self, job: &Job, mail: &Mail, now: Timestamp) -> Result<bool> {
        if !mail.by_strangers || job.attempts > 1 {
            return Ok(false);
        }
        let hash = recipients::recipient_hash(&self.vault, &mail.to)?;
        let limit = self.config.mail_answers_per_hour;
        let take = move |db: &mut Db| recipients::take(db, &hash, limit, now);
        Ok(!self.database.write(take).await?)
    }
}

impl Desk<'_> {
    /// The consultation that a job is about.
    pub(super) fn consultation(&self, db: &mut Db, job: &Job) -> Result<Consultation> {
        find::by_id(db, &job.consultation, self.now)
    }

    /// What stands on every mail about a consultation.
    pub(super) fn sheet(&self, consultation: &Consultation, lang: Lang) -> Sheet {
        Sheet::of(self.config, consultation, lang)
    }

    /// What stands behind the @ of our mails' numbers.
    pub(super) fn domain(&self) -> &str {
        let from = self.config.mail_from.as_deref().unwrap_or_default();
        from.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// Where an answer by hand goes: as the settings say, or to the office that the notice names.
    pub(super) fn reply_to(&self, consultation: &Consultation) -> Option<String> {
        let set = self.config.mail_reply_to.clone();
        set.or_else(|| consultation.contact.email.clone())
    }
}

/// A text in a job's detail.
pub(super) fn text<'a>(job: &'a Job, key: &str) -> Option<&'a str> {
    job.detail.get(key).and_then(serde_json::Value::as_str)
}

/// The error of a job whose detail is none of ours.
pub(super) fn unreadable() -> Error {
    Error::internal("the detail of a job cannot be read")
}
