//! The drafting-response summary of a consultation: read from one unchanging state of the
//! database, counted, and then written, row by row.

use super::model::{Edition, Format, Head, Opinion, Row, Sender, Status};
use super::stated::totals;
use super::{store, write_file};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::{Clock, beijing, from_micros};
use crate::consultations::model::{Consultation, Timing};
use crate::counts::model::Place;
use crate::counts::numbers;
use crate::db::Db;
use crate::documents::model::quote::TextQuote;
use crate::error::{Error, Result};
use crate::intake::find::open_sender;
use crate::intake::model::person::{Party, public_name};
use crate::intake::model::public_text::published_contact;
use crate::intake::model::receipt;
use crate::intake::model::submission::{Channel, SenderKind};
use crate::privacy::vault::Vault;
use crate::responses::model::Outcome;
use jiff::Timestamp;
use serde_json::json;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Rows fetched at once.
const PAGE: u32 = 500;

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub format: Format,
    pub edition: Edition,
    /// The moment printed in the file. The same data and moment give the same bytes.
    pub as_of: Timestamp,
}

/// Writes the summary to a file that appears whole or not at all; answers its head. Give it a
/// connection that sees one unchanging state ([`crate::db::Database::read_snapshot`]).
///
/// # Errors
/// `Kind::Unavailable` when the file cannot be written, `Kind::Internal` when the numbers do not
/// add up.
pub fn write(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    wanted: Wanted,
    target: &Path,
) -> Result<Head> {
    let head = head(db, consultation, wanted)?;
    write_file::export(wanted.format, &head, rows(db, vault, consultation), target)?;
    Ok(head)
}

/// Writes the summary into a file that is open and has no name, to be read from its start; answers
/// its head. Otherwise as [`write()`].
///
/// # Errors
/// As [`write()`]; what was written until then must be dropped.
pub fn write_into(
    db: &mut Db,
    vault: &Vault,
    consultation: &Consultation,
    wanted: Wanted,
    file: &mut File,
) -> Result<Head> {
    let head = head(db, consultation, wanted)?;
    let rows = rows(db, vault, consultation);
    let mut out = BufWriter::new(file);
    write_file::write(wanted.format, &head, rows, &mut out)?;
    out.flush().map_err(Error::internal)?;
    Ok(head)
}

/// The head of a summary with its totals.
///
/// # Errors
/// As [`write()`].
pub fn head(db: &mut Db, consultation: &Consultation, wanted: Wanted) -> Result<Head> {
    let draft_title = plain_title(&consultation.draft_title);
    Ok(Head {
        title: format!("关于《{draft_title}》公开征求意见采纳情况的反馈"),
        draft_title,
        issuer: consultation.issuer.clone(),
        opens_on: consultation.window.opens_on,
        closes_on: consultation.window.closes_on,
        issued_on: wanted.as_of.to_zoned(beijing()).date(),
        as_of: wanted.as_of,
        zone: beijing(),
        edition: wanted.edition,
        published: published_contact(consultation),
        totals: totals(db, consultation)?,
    })
}

/// Notes in the log that somebody made a file.
///
/// # Errors
/// What the database reports.
pub fn note(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    consultation: &Consultation,
    wanted: Wanted,
) -> Result<()> {
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: &consultation.id,
            action: Action::SummaryExported,
            subject: "consultation",
            subject_id: &consultation.id,
            detail: json!({"format": wanted.format.extension(), "edition": wanted.edition.code()}),
        },
    )
}

fn plain_title(title: &str) -> String {
    title.replace(['《', '》'], "")
}

/// All rows of a consultation by time of receipt, unmasked; the writers decide what an edition
/// shows.
pub fn rows<'a>(db: &'a mut Db, vault: &'a Vault, consultation: &'a Consultation) -> Rows<'a> {
    Rows {
        db,
        vault,
        consultation,
        fetched: VecDeque::new(),
        after: None,
        number: 0,
        done: false,
    }
}

/// The rows behind the one with a number (0: from the first), numbered as in [`rows`]. Those before
/// are not read.
///
/// # Errors
/// What the database reports.
pub fn rows_behind<'a>(
    db: &'a mut Db,
    vault: &'a Vault,
    consultation: &'a Consultation,
    number: u64,
) -> Result<Rows<'a>> {
    let after = numbers::place(db, &consultation.id, number)?;
    Ok(Rows {
        done: number > 0 && after.is_none(),
        after,
        number,
        ..rows(db, vault, consultation)
    })
}

/// See [`rows`].
pub struct Rows<'a> {
    db: &'a mut Db,
    vault: &'a Vault,
    consultation: &'a Consultation,
    fetched: VecDeque<store::RecordRow>,
    after: Option<Place>,
    number: u64,
    done: bool,
}

impl Rows<'_> {
    /// The next rows, as many as are asked for and there are; no more are read.
    ///
    /// # Errors
    /// What the database reports.
    pub fn of(mut self, rows: u32) -> Result<Vec<Row>> {
        if !self.done {
            self.fetch(rows)?;
        }
        self.done = true;
        self.collect()
    }

    fn fetch(&mut self, rows: u32) -> Result<()> {
        let (owner, limit) = (&self.consultation.id, i64::from(rows));
        let page = store::page(self.db, owner, self.after.as_ref(), limit)?;
        self.done = i64::try_from(page.len()).map_err(Error::internal)? < limit;
        self.after = page
            .last()
            .map(|(remark, ..)| (remark.received_at, remark.id.clone()));
        self.fetched = page.into();
        Ok(())
    }

    fn row(&mut self, record: store::RecordRow) -> Result<Row> {
        let (remark, section, answer) = record;
        let unknown = |code: &str| Error::internal(format!("unknown code {code}"));
        let (section_path, section_heading) = section.unwrap_or_default();
        let quote = remark.selector.as_deref().map(serde_json::from_str);
        let quote: Option<TextQuote> = quote.transpose().map_err(Error::internal)?;
        self.number += 1;
        Ok(Row {
            number: self.number,
            section_path,
            section_heading,
            opinion: Opinion {
                text: remark.text,
                quote,
                suggested: remark.suggested,
            },
            sender: sender(
                self.vault,
                self.consultation,
                &remark.submission_id,
                &remark.contact_sealed,
            )?,
            channel: Channel::parse(&remark.channel).ok_or_else(|| unknown(&remark.channel))?,
            received_at: from_micros(remark.received_at),
            timing: Timing::parse(&remark.timing).ok_or_else(|| unknown(&remark.timing))?,
            receipt: receipt::number(self.vault.receipt(), &remark.submission_id)?,
            status: match remark.withdrawn_at {
                Some(_) => Status::Withdrawn,
                None => Status::Valid,
            },
            outcome: answer
                .as_ref()
                .map(|answer| Outcome::parse(&answer.outcome))
                .transpose()?,
            decided_by: answer.as_ref().map(|answer| answer.decided_by_name.clone()),
            decided_at: answer.as_ref().map(|answer| from_micros(answer.decided_at)),
            reason: answer.map(|answer| answer.reason).unwrap_or_default(),
            merged: Vec::new(),
        })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        if self.fetched.is_empty()
            && !self.done
            && let Err(error) = self.fetch(PAGE)
        {
            self.done = true;
            return Some(Err(error));
        }
        let record = self.fetched.pop_front()?;
        Some(self.row(record))
    }
}

/// Who sent a submission, with the name as it may be published.
///
/// # Errors
/// `Kind::Internal` when the contact details cannot be opened.
pub fn sender(
    vault: &Vault,
    consultation: &Consultation,
    submission_id: &str,
    sealed: &[u8],
) -> Result<Sender> {
    let opened = open_sender(vault, consultation, submission_id, sealed)?;
    let shown = match (opened.kind, &opened.organisation, &opened.name) {
        (SenderKind::Organisation, Some(body), _) => public_name(body, Party::Organisation),
        (_, _, Some(name)) => public_name(name, Party::Person),
        (_, Some(body), None) => public_name(body, Party::Organisation),
        (_, None, None) => "未留姓名".to_owned(),
    };
    // Where the public edition names the body, so does the archive.
    let (body, person) = (opened.organisation.clone(), opened.name.clone());
    let full = match opened.kind {
        SenderKind::Organisation => body.or(person),
        SenderKind::Person => person.or(body),
    };
    Ok(Sender {
        kind: opened.kind,
        public_name: shown,
        full_name: full.unwrap_or_else(|| "未留姓名".to_owned()),
        details: opened,
    })
}
