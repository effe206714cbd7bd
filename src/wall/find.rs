//! Remarks as the public may read them: without the sender's own details, which are hidden as in the
//! published summary, and with the name masked.

use super::model::{Page, Posted, Which};
use super::store::{self, Row};
use crate::clock::from_micros;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::published::{self, SectionRef};
use crate::error::{Error, Kind, Result};
use crate::export::summary::sender;
use crate::ids::is_id;
use crate::intake::model::contact::Office;
use crate::intake::model::public_text::{Concealer, published_contact};
use crate::privacy::vault::Vault;

/// A page of remarks, those received last first, from after one of them on. What was withdrawn or
/// erased is never among them.
///
/// # Errors
/// `Kind::NotFound` when there is no remark `after`; what the database reports.
pub fn page(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    which: Which,
    after: Option<&str>,
    limit: usize,
) -> Result<Page> {
    let place = match after {
        None => None,
        Some(id) if is_id(id) => store::place(db, &consultation.id, id)?
            .map(Some)
            .ok_or_else(none)?,
        Some(_) => return Err(none()),
    };
    let fetch = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = store::page(db, &consultation.id, which, place, fetch)?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let sections = published::sections_up_to(db, &consultation.id, consultation.version)?;
    let posted = rows.into_iter();
    let published = published_contact(consultation);
    let posted = posted.map(|row| open(vault, consultation, (&sections, &published), row));
    Ok(Page {
        posted: posted.collect::<Result<_>>()?,
        has_more,
    })
}

/// How many remarks are chosen.
///
/// # Errors
/// What the database reports.
pub fn shown(db: &mut Db, consultation_id: &str) -> Result<i64> {
    store::shown(db, consultation_id)
}

fn open(
    vault: &Vault,
    consultation: &Consultation,
    (sections, published): (&[SectionRef], &Office),
    row: Row,
) -> Result<Posted> {
    let sender = sender(vault, consultation, &row.submission_id, &row.contact_sealed)?;
    let quote = row.selector.as_deref().map(serde_json::from_str);
    let quote = quote.transpose().map_err(Error::internal)?;
    let concealer = Concealer::new(&sender.details, published);
    let mut known = sections.iter();
    Ok(Posted {
        section: row
            .section_id
            .and_then(|id| known.find(|section| section.id == id).cloned()),
        quote: quote.map(|quote| concealer.quote(&quote)),
        text: concealer.conceal(&row.text),
        suggested: row
            .suggested
            .as_deref()
            .map(|words| concealer.conceal(words)),
        received_at: from_micros(row.received_at),
        is_shown: row.wall_at.is_some(),
        id: row.id,
        sender: sender.public_name,
    })
}

fn none() -> Error {
    Error::new(
        Kind::NotFound,
        "没有这一页，请从第一页看起",
        "there is no such page; start from the first",
    )
}
