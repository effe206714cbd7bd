//! Finding what came in: by its receipt number, for the sender; by its identifier, for the office.

use super::model::public_text::{Concealer, published_contact};
use super::model::receipt;
use super::model::submission::{Channel, Scan, Sender};
use super::seal::elided_of;
use super::store;
use crate::clock::from_micros;
use crate::consultations;
use crate::consultations::model::{Consultation, Timing};
use crate::db::Db;
use crate::documents::model::quote::TextQuote;
use crate::error::{Error, Kind, Result};
use crate::ids::is_id;
use crate::privacy::vault::Vault;
use crate::words::Lang;
use jiff::Timestamp;
use std::collections::HashMap;

/// A submission with its contact details opened.
#[derive(Clone, Debug)]
pub struct Found {
    pub consultation: Consultation,
    pub submission_id: String,
    pub receipt: String,
    pub channel: Channel,
    pub timing: Timing,
    pub received_at: Timestamp,
    /// Code of what the time rests on.
    pub received_basis: String,
    pub sent_at: Option<Timestamp>,
    pub sender: Sender,
    pub subject: Option<String>,
    /// JSON list of `{reason, text}`.
    pub elided: Option<String>,
    pub raw_sha256: Option<String>,
    /// The language the sender reads.
    pub lang: Lang,
    pub withdrawn_at: Option<Timestamp>,
    /// When the sender followed the link in our mail.
    pub email_confirmed_at: Option<Timestamp>,
    /// When the contact details were erased.
    pub erased_at: Option<Timestamp>,
    pub remarks: Vec<FoundRemark>,
    pub attachments: Vec<FoundAttachment>,
}

impl Found {
    /// What hides the sender's details, and everybody else's, in words that others may read.
    #[must_use]
    pub fn concealer(&self) -> Concealer {
        Concealer::new(&self.sender, &published_contact(&self.consultation))
    }

    /// Words as the receipt's pages show them. After an erasure the number alone opens these, so they
    /// show what anybody may read.
    #[must_use]
    pub fn on_receipt(&self, words: &str) -> String {
        match self.erased_at {
            Some(_) => self.concealer().conceal(words).into_string(),
            None => words.to_owned(),
        }
    }

    /// What a link that confirms the address is made for: this submission and this address, so that
    /// a link that was sent to another address confirms nothing.
    #[must_use]
    pub fn address_link(&self) -> String {
        let address = self.sender.emails.first().map_or("", String::as_str);
        format!("{} {}", self.submission_id, address.to_lowercase())
    }
}

/// One remark of it.
#[derive(Clone, Debug)]
pub struct FoundRemark {
    pub id: String,
    pub section_id: Option<String>,
    /// How sure the section is that was read out of a letter, 0 to 100; `None` when a person chose it.
    pub confidence: Option<i32>,
    /// How often it was put on another section.
    pub revision: i32,
    pub text: String,
    /// The words of the section that it is about.
    pub quote: Option<TextQuote>,
    /// How they should read instead.
    pub suggested: Option<String>,
    /// Later than the submission's for a supplement.
    pub received_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

/// One file that came with it.
#[derive(Clone, Debug)]
pub struct FoundAttachment {
    pub id: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub sha256: String,
    pub kept: bool,
    pub scan: Scan,
}

/// The submission with this receipt number, as people type it; `None` when there is none.
///
/// # Errors
/// What the database reports, or the site key's.
pub fn by_receipt(
    db: &mut Db,
    vault: &Vault,
    number: &str,
    now: Timestamp,
) -> Result<Option<Found>> {
    let ids = receipt::submission(vault.receipt(), number)?;
    let hash = hash_of_receipt(vault, number)?;
    // Both are always asked, so that the time taken tells nothing of a number.
    let (newer, older) = (
        store::between(db, &ids)?,
        store::by_older_receipt(db, &hash)?,
    );
    let Some(row) = newer.or(older) else {
        return Ok(None);
    };
    let consultation = consultations::find::by_id(db, &row.consultation_id, now)?;
    open(db, vault, consultation, row).map(Some)
}

/// What a receipt number is found by.
///
/// # Errors
/// Never in practice (see [`crate::privacy::model::Key::mac`]).
pub(super) fn hash_of_receipt(vault: &Vault, number: &str) -> Result<String> {
    vault.lookup().keyed_hash(&["receipt", number])
}

/// A submission of a consultation.
///
/// # Errors
/// `Kind::NotFound` when there is none.
pub fn by_id(db: &mut Db, vault: &Vault, consultation: &Consultation, id: &str) -> Result<Found> {
    if !is_id(id) {
        return Err(Error::new(
            Kind::NotFound,
            "没有这份来件，请从意见列表里重新进入",
            "there is no such submission; go back to the queue",
        ));
    }
    let row = store::by_id(db, &consultation.id, id)?;
    open(db, vault, consultation.clone(), row)
}

/// Who sent a submission, and whether that was erased.
#[derive(Clone, Debug)]
pub struct Contact {
    pub sender: Sender,
    /// Of its letter; empty when it had none.
    pub subject: String,
    pub is_erased: bool,
}

/// Who sent some submissions, by identifier: nothing but the contact details is opened, each once.
///
/// # Errors
/// What the database reports; `Kind::Internal` when the key is not theirs.
pub fn contacts(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    ids: &[String],
) -> Result<HashMap<String, Contact>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = store::contacts(db, &consultation.id, ids)?.into_iter();
    rows.map(|(id, sealed, subject, erased_at)| {
        let contact = Contact {
            sender: open_sender(vault, consultation, &id, &sealed)?,
            subject: subject.unwrap_or_default(),
            is_erased: erased_at.is_some(),
        };
        Ok((id, contact))
    })
    .collect()
}

/// The identifiers of a consultation's submissions that were neither withdrawn nor erased, in order,
/// from after one of them on (the empty text for the first), at most `limit`.
///
/// # Errors
/// What the database reports.
pub fn standing_after(
    db: &mut Db,
    consultation_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>> {
    store::standing_after(db, consultation_id, after, limit)
}

/// Opens the contact details in a sealed column.
///
/// # Errors
/// `Kind::Internal` when the key is not theirs.
pub fn open_sender(
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
    sealed: &[u8],
) -> Result<Sender> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    serde_json::from_slice(&key.open(sealed, submission_id)?).map_err(Error::internal)
}

fn open(
    db: &mut Db,
    vault: &Vault,
    consultation: Consultation,
    row: store::StoredSubmission,
) -> Result<Found> {
    let unknown = |what: &str| {
        Error::new(
            Kind::Internal,
            format!("数据中有无法识别的{what}"),
            format!("unknown {what} in the data"),
        )
    };
    let remarks = store::remarks_of(db, &consultation.id, &row.id)?
        .into_iter()
        .map(|row| {
            let quote = row.selector.as_deref().map(serde_json::from_str);
            Ok(FoundRemark {
                id: row.id,
                section_id: row.section_id,
                confidence: row.confidence,
                revision: row.revision,
                text: row.text,
                quote: quote.transpose().map_err(Error::internal)?,
                suggested: row.suggested,
                received_at: from_micros(row.received_at),
                withdrawn_at: row.withdrawn_at.map(from_micros),
            })
        })
        .collect::<Result<_>>()?;
    let attachments = store::attachments_of(db, &consultation.id, &row.id)?
        .into_iter()
        .map(|file| FoundAttachment {
            id: file.id,
            name: file.name,
            media_type: file.media_type,
            bytes: file.bytes,
            sha256: file.sha256,
            kept: file.kept,
            scan: Scan::parse(&file.scan),
        })
        .collect();
    let elided = row
        .elided_sealed
        .as_deref()
        .map(|sealed| open_elided(vault, &consultation, &row.id, sealed))
        .transpose()?;
    Ok(Found {
        receipt: receipt::number(vault.receipt(), &row.id)?,
        sender: open_sender(vault, &consultation, &row.id, &row.contact_sealed)?,
        channel: Channel::parse(&row.channel).ok_or_else(|| unknown("channel"))?,
        timing: Timing::parse(&row.timing).ok_or_else(|| unknown("timing"))?,
        received_at: row.received(),
        sent_at: row.sent_at.map(from_micros),
        received_basis: row.received_basis,
        submission_id: row.id,
        subject: row.subject,
        elided,
        raw_sha256: row.raw_sha256,
        lang: Lang::of_code(&row.lang),
        withdrawn_at: row.withdrawn_at.map(from_micros),
        email_confirmed_at: row.email_confirmed_at.map(from_micros),
        erased_at: row.erased_at.map(from_micros),
        remarks,
        attachments,
        consultation,
    })
}

fn open_elided(
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
    sealed: &[u8],
) -> Result<String> {
    let key = vault.data_key(&consultation.id, &consultation.wrapped_key)?;
    let plain = key.open(sealed, &elided_of(submission_id))?;
    String::from_utf8(plain).map_err(Error::internal)
}
