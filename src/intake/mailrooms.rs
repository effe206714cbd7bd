//! One mailroom for each consultation, and the choice between them: by the address a letter was sent
//! to, by the draft it names, by the window it came in.

use super::email::Mailroom;
use super::model::contact::Office;
use super::reading::Convert;
use crate::clock::Clock;
use crate::config::Config;
use crate::consultations::find;
use crate::consultations::model::{Consultation, Timing};
use crate::correspondence::thread::submission_of;
use crate::db::storage::Storage;
use crate::db::{Database, Db};
use crate::documents::model::reference::Place;
use crate::documents::published::{self, PublishedDocument, SectionRef};
use crate::error::Result;
use crate::mail::inbound::envelope::{Envelope, envelope};
use crate::mail::inbound::{Desk, read_letter};
use crate::privacy::vault::Vault;
use crate::width::is_han;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The words that every title has tell nothing.
const SHORTEST_TITLE: usize = 6;

/// Opens mailrooms, and keeps them while the consultation stays as it is.
pub struct Mailrooms {
    pub database: Database,
    pub storage: Storage,
    pub vault: Vault,
    pub clock: Arc<dyn Clock>,
    config: Config,
    open: Mutex<HashMap<String, Arc<Mailroom>>>,
}

impl Mailrooms {
    /// Mailrooms by the settings.
    #[must_use]
    pub fn new(
        config: Config,
        database: Database,
        storage: Storage,
        vault: Vault,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            database,
            storage,
            vault,
            clock,
            config,
            open: Mutex::default(),
        }
    }

    /// The consultations as they stand now: of those a letter may be for.
    ///
    /// # Errors
    /// `Kind::NotFound` when the named one does not exist, or what the database reports.
    pub fn candidates(&self, slug: Option<&str>) -> Result<Vec<Consultation>> {
        let now = self.clock.now();
        self.database.read_now(|db| candidates(db, slug, now))
    }

    /// [`Mailrooms::candidates`] without keeping others of this thread waiting.
    ///
    /// # Errors
    /// As [`Mailrooms::candidates`].
    pub async fn look_up_candidates(&self, slug: Option<String>) -> Result<Vec<Consultation>> {
        let now = self.clock.now();
        let look = move |db: &mut Db| candidates(db, slug.as_deref(), now);
        self.database.read(look).await
    }

    /// The mailroom of a consultation; opened anew when its text, window or contact changed.
    ///
    /// # Errors
    /// What the database reports.
    pub fn of(&self, consultation: &Consultation) -> Result<Arc<Mailroom>> {
        let known = self.locked().get(&consultation.id).cloned();
        if let Some(room) = known.filter(|room| is_same(&room.consultation, consultation)) {
            return Ok(room);
        }
        let room = Arc::new(self.opened(consultation.clone())?);
        self.locked()
            .insert(consultation.id.clone(), Arc::clone(&room));
        Ok(room)
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Mailroom>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The consultation that a letter is for; `None` when that cannot be told. `recipient` is what
    /// the mail server says, when it hands a letter over.
    #[must_use]
    pub fn choose<'a>(
        &self,
        candidates: &'a [Consultation],
        raw: &[u8],
        recipient: Option<&str>,
        at: Timestamp,
    ) -> Option<&'a Consultation> {
        if let [only] = candidates {
            return Some(only);
        }
        let mut head = envelope(raw);
        if let Some(answered) = self.answered(candidates, &head) {
            return Some(answered);
        }
        head.recipients.extend(recipient.map(str::to_lowercase));
        let addressed: Vec<&Consultation> = candidates
            .iter()
            .filter(|one| is_sent_to(&head, one))
            .collect();
        let among = if addressed.is_empty() {
            candidates.iter().collect()
        } else {
            addressed
        };
        let named = |text: &str| {
            let mut naming = among.iter().filter(|one| names(text, one));
            naming.next().copied().filter(|_| naming.next().is_none())
        };
        if let [only] = among.as_slice() {
            return Some(only);
        }
        named(&head.subject)
            .or_else(|| {
                let letter = read_letter(raw);
                let quoted = letter.elided.iter().map(|one| one.text.as_str());
                named(&letter.text).or_else(|| named(&quoted.collect::<Vec<_>>().join("\n")))
            })
            .or_else(|| {
                let in_time = |one: &&&Consultation| one.window.judge(at) == Timing::InTime;
                let mut open = among.iter().filter(in_time);
                open.next().copied().filter(|_| open.next().is_none())
            })
    }

    /// The consultation that a mail of ours, which the letter answers, was about.
    fn answered<'a>(
        &self,
        candidates: &'a [Consultation],
        head: &Envelope,
    ) -> Option<&'a Consultation> {
        let found = self
            .database
            .read_now(|db| submission_of(db, &self.vault, &head.references, &[]));
        // Asked again, with a database that answers, when the letter is settled.
        let (owner, _) = found.ok().flatten()?;
        candidates.iter().find(|one| one.id == owner)
    }

    fn opened(&self, consultation: Consultation) -> Result<Mailroom> {
        let (sections, documents) = self.database.read_now(|db| texts(db, &consultation))?;
        let contact = &consultation.contact;
        let office = Office {
            phones: contact.phone.iter().cloned().collect(),
            emails: contact.email.iter().cloned().collect(),
        };
        Ok(Mailroom {
            database: self.database.clone(),
            storage: self.storage.clone(),
            vault: self.vault.clone(),
            clock: Arc::clone(&self.clock),
            desk: Desk {
                office,
                places: places(&documents).into(),
            },
            consultation: Arc::new(consultation),
            sections,
            mail_host: self.config.mail_host.clone(),
            letter_limit: self.config.letter_limit_bytes,
            convert: match self.config.convert_without_isolation {
                true => Convert::Always,
                false => Convert::Isolated,
            },
            attachment_limit: self.config.attachment_limit_bytes,
            scanned: self.config.clamd.is_some(),
            answers_per_hour: self.config.mail_answers_per_hour,
        })
    }
}

fn candidates(db: &mut Db, slug: Option<&str>, now: Timestamp) -> Result<Vec<Consultation>> {
    match slug {
        Some(slug) => Ok(vec![find::by_slug(db, slug, now)?]),
        None => find::all(db, now),
    }
}

fn is_same(one: &Consultation, other: &Consultation) -> bool {
    one.version == other.version && one.window == other.window && one.contact == other.contact
}

fn is_sent_to(head: &Envelope, consultation: &Consultation) -> bool {
    let own = consultation.contact.email.as_deref().map(str::to_lowercase);
    own.is_some_and(|own| head.recipients.contains(&own))
}

/// Whether a text names the draft: the ideographs of its title in a row, without what every title has.
fn names(text: &str, consultation: &Consultation) -> bool {
    let bare = |text: &str| text.chars().filter(|c| is_han(*c)).collect::<String>();
    let title = bare(&consultation.draft_title);
    let title = title.trim_end_matches("征求意见稿");
    title.chars().count() >= SHORTEST_TITLE && bare(text).contains(title)
}

fn texts(
    db: &mut Db,
    consultation: &Consultation,
) -> Result<(Vec<SectionRef>, Vec<PublishedDocument>)> {
    Ok((
        published::sections(db, &consultation.id, consultation.version)?,
        published::documents(db, &consultation.id, consultation.version)?,
    ))
}

fn places(documents: &[PublishedDocument]) -> Vec<Place> {
    published::draft(documents).map_or_else(Vec::new, |draft| draft.outline.reference_places())
}
