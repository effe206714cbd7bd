//! The tables of what came in.

mod files;
pub(super) mod late;

pub(super) use files::{attachments_of, insert_attachments};

use super::model::submission::NewRemark;
use crate::clock::from_micros;
use crate::db::Db;
use crate::db::schema::{older_receipts, remarks, submissions};
use crate::error::{Error, Result};
use crate::ids::new_id;
use diesel::prelude::*;
use jiff::Timestamp;
use std::ops::RangeInclusive;

// `treat_none_as_default_value = false` keeps the words of each statement the same whatever is left
// out, so that it is prepared once for each connection.

#[derive(Insertable)]
#[diesel(table_name = submissions, treat_none_as_default_value = false)]
pub(super) struct SubmissionRow<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) id: &'a str,
    pub(super) channel: &'a str,
    pub(super) timing: &'a str,
    pub(super) received_at: i64,
    pub(super) received_basis: &'a str,
    pub(super) recorded_at: i64,
    pub(super) sent_at: Option<i64>,
    pub(super) sender_kind: &'a str,
    pub(super) contact_sealed: &'a [u8],
    pub(super) person_hash: Option<&'a str>,
    pub(super) consented_at: Option<i64>,
    pub(super) recorded_by: Option<&'a str>,
    pub(super) subject: Option<&'a str>,
    pub(super) elided_sealed: Option<&'a [u8]>,
    pub(super) raw_sha256: Option<&'a str>,
    pub(super) lang: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = remarks, treat_none_as_default_value = false)]
struct RemarkRow<'a> {
    consultation_id: &'a str,
    id: String,
    submission_id: &'a str,
    ordinal: i32,
    section_id: Option<&'a str>,
    text: &'a str,
    evidence: Option<&'a str>,
    channel: &'a str,
    timing: &'a str,
    received_at: i64,
    revision: i32,
    selector: Option<&'a str>,
    suggested: Option<&'a str>,
    confidence: Option<i32>,
}

/// What the remarks of one letter or form have in common.
pub(super) struct RemarkOwner<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) submission_id: &'a str,
    pub(super) channel: &'a str,
    pub(super) timing: &'a str,
    pub(super) received_at: i64,
    /// The number of the submission's last remark so far; 0 for none.
    pub(super) before: i32,
}

pub(super) fn insert_submission(db: &mut Db, row: &SubmissionRow<'_>) -> Result<()> {
    crate::insert_row!(db, submissions::table, row)
}

/// Inserts remarks; answers their identifiers.
pub(super) fn insert_remarks(
    db: &mut Db,
    owner: &RemarkOwner<'_>,
    new: &[NewRemark],
    sections: &[Option<String>],
    now: Timestamp,
) -> Result<Vec<String>> {
    let mut ids = Vec::with_capacity(new.len());
    for (remark, (section, ordinal)) in new.iter().zip(sections.iter().zip(owner.before + 1..)) {
        let selector = remark.quote.as_ref().map(serde_json::to_string);
        let selector = selector.transpose().map_err(Error::internal)?;
        let row = RemarkRow {
            consultation_id: owner.consultation_id,
            id: new_id(now)?,
            submission_id: owner.submission_id,
            ordinal,
            section_id: section.as_deref(),
            text: &remark.text,
            evidence: remark.evidence.as_deref(),
            channel: owner.channel,
            timing: owner.timing,
            received_at: owner.received_at,
            revision: 0,
            selector: selector.as_deref(),
            suggested: remark.suggested.as_deref(),
            confidence: remark.confidence,
        };
        ids.push(row.id.clone());
        crate::insert_row!(db, remarks::table, row)?;
    }
    Ok(ids)
}

/// How a submission stands to the window, and when it came.
pub(super) fn timing_of(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
) -> Result<(String, Timestamp)> {
    let (timing, at): (String, i64) = submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .filter(submissions::id.eq(id))
        .select((submissions::timing, submissions::received_at))
        .first(db)?;
    Ok((timing, from_micros(at)))
}

/// A submission as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = submissions)]
pub(in crate::intake) struct StoredSubmission {
    pub(in crate::intake) consultation_id: String,
    pub(in crate::intake) id: String,
    pub(in crate::intake) channel: String,
    pub(in crate::intake) timing: String,
    pub(in crate::intake) received_at: i64,
    pub(in crate::intake) received_basis: String,
    pub(in crate::intake) sent_at: Option<i64>,
    pub(in crate::intake) contact_sealed: Vec<u8>,
    pub(in crate::intake) subject: Option<String>,
    pub(in crate::intake) elided_sealed: Option<Vec<u8>>,
    pub(in crate::intake) raw_sha256: Option<String>,
    pub(in crate::intake) lang: String,
    pub(in crate::intake) withdrawn_at: Option<i64>,
    pub(in crate::intake) email_confirmed_at: Option<i64>,
    pub(in crate::intake) erased_at: Option<i64>,
}

impl StoredSubmission {
    pub(super) fn received(&self) -> Timestamp {
        from_micros(self.received_at)
    }
}

/// The submission with an identifier within these bounds.
pub(super) fn between(
    db: &mut Db,
    ids: &RangeInclusive<String>,
) -> Result<Option<StoredSubmission>> {
    Ok(submissions::table
        .filter(submissions::id.between(ids.start(), ids.end()))
        .select(StoredSubmission::as_select())
        .first(db)
        .optional()?)
}

/// The submission with one of the receipts of before, by its number's keyed hash.
pub(in crate::intake) fn by_older_receipt(
    db: &mut Db,
    hash: &str,
) -> Result<Option<StoredSubmission>> {
    Ok(submissions::table
        .inner_join(
            older_receipts::table.on(older_receipts::consultation_id
                .eq(submissions::consultation_id)
                .and(older_receipts::submission_id.eq(submissions::id))),
        )
        .filter(older_receipts::receipt_hash.eq(hash))
        .select(StoredSubmission::as_select())
        .first(db)
        .optional()?)
}

pub(super) fn by_id(db: &mut Db, consultation_id: &str, id: &str) -> Result<StoredSubmission> {
    Ok(submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .filter(submissions::id.eq(id))
        .select(StoredSubmission::as_select())
        .first(db)?)
}

/// Identifier, sealed contact details, subject and time of erasure of a submission.
type ContactRow = (String, Vec<u8>, Option<String>, Option<i64>);

/// The contact details of some submissions.
pub(super) fn contacts(
    db: &mut Db,
    consultation_id: &str,
    ids: &[String],
) -> Result<Vec<ContactRow>> {
    Ok(submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .filter(submissions::id.eq_any(ids))
        .select((
            submissions::id,
            submissions::contact_sealed,
            submissions::subject,
            submissions::erased_at,
        ))
        .load(db)?)
}

/// A remark as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = remarks)]
pub(super) struct StoredRemark {
    pub(super) id: String,
    pub(super) section_id: Option<String>,
    pub(super) confidence: Option<i32>,
    pub(super) revision: i32,
    pub(super) text: String,
    pub(super) selector: Option<String>,
    pub(super) suggested: Option<String>,
    pub(super) received_at: i64,
    pub(super) withdrawn_at: Option<i64>,
}

pub(super) fn remarks_of(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<StoredRemark>> {
    Ok(remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::submission_id.eq(submission_id))
        .order(remarks::ordinal.asc())
        .select(StoredRemark::as_select())
        .load(db)?)
}

/// The identifiers of submissions that were neither withdrawn nor erased, in order, from after one
/// of them on.
pub(super) fn standing_after(
    db: &mut Db,
    consultation_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>> {
    Ok(submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .filter(submissions::id.gt(after))
        .filter(submissions::withdrawn_at.is_null())
        .filter(submissions::erased_at.is_null())
        .order(submissions::id.asc())
        .limit(limit)
        .select(submissions::id)
        .load(db)?)
}
