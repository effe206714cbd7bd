//! The table of files that wait, and what else refers to stored bytes.

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::{attachments, uploads};
use crate::error::Result;
use crate::intake::model::attachment::{NewAttachment, Scan, Upload};
use diesel::prelude::*;
use jiff::Timestamp;

/// A row of the table.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = uploads, treat_none_as_default_value = false)]
pub(super) struct Stored {
    pub(super) consultation_id: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) bytes: i64,
    pub(super) sha256: String,
    pub(super) scan: String,
    pub(super) uploaded_at: i64,
}

impl Stored {
    pub(super) fn into_upload(self) -> Upload {
        Upload {
            scan: Scan::parse(&self.scan),
            id: self.id,
            name: self.name,
            media_type: self.media_type,
            bytes: self.bytes,
            sha256: self.sha256,
        }
    }

    pub(super) fn into_attachment(self) -> NewAttachment {
        NewAttachment {
            scan: Scan::parse(&self.scan),
            name: self.name,
            media_type: self.media_type,
            bytes: self.bytes,
            sha256: self.sha256,
            kept: true,
        }
    }
}

pub(super) fn insert(db: &mut Db, row: &Stored) -> Result<()> {
    crate::insert_row!(db, uploads::table, row)
}

/// The bytes of all files whose form was not sent yet.
pub(super) fn bytes_waiting(db: &mut Db) -> Result<u64> {
    let waiting: Vec<i64> = uploads::table
        .filter(uploads::used_at.is_null())
        .select(uploads::bytes)
        .load(db)?;
    let sizes = waiting.into_iter().map(|bytes| bytes.unsigned_abs());
    Ok(sizes.fold(0, u64::saturating_add))
}

/// Marks a file as used, and locks its row; `false` when there is none.
pub(super) fn mark_used(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool> {
    let row = uploads::table
        .filter(uploads::consultation_id.eq(consultation_id))
        .filter(uploads::id.eq(id));
    let marked = diesel::update(row)
        .set(uploads::used_at.eq(to_micros(now)))
        .execute(db)?;
    Ok(marked == 1)
}

pub(super) fn by_id(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Stored>> {
    Ok(uploads::table
        .filter(uploads::consultation_id.eq(consultation_id))
        .filter(uploads::id.eq(id))
        .select(Stored::as_select())
        .first(db)
        .optional()?)
}

/// Consultation, identifier and SHA-256 of some files that came before an instant.
pub(super) fn older_than(
    db: &mut Db,
    before: Timestamp,
    most: i64,
) -> Result<Vec<(String, String, String)>> {
    Ok(uploads::table
        .filter(uploads::uploaded_at.lt(to_micros(before)))
        .order(uploads::uploaded_at.asc())
        .limit(most)
        .select((uploads::consultation_id, uploads::id, uploads::sha256))
        .load(db)?)
}

pub(super) fn remove(db: &mut Db, consultation_id: &str, id: &str) -> Result<()> {
    let row = uploads::table
        .filter(uploads::consultation_id.eq(consultation_id))
        .filter(uploads::id.eq(id));
    diesel::delete(row).execute(db)?;
    Ok(())
}

/// Name in storage and scan of an attachment.
pub(super) fn attachment(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
) -> Result<Option<(String, Scan)>> {
    let found: Option<(String, String)> = attachments::table
        .filter(attachments::consultation_id.eq(consultation_id))
        .filter(attachments::id.eq(id))
        .filter(attachments::kept.eq(true))
        .select((attachments::sha256, attachments::scan))
        .first(db)
        .optional()?;
    Ok(found.map(|(sha256, scan)| (sha256, Scan::parse(&scan))))
}

/// Writes down what the scanner said of an attachment that was held.
pub(super) fn settle(db: &mut Db, consultation_id: &str, id: &str, scan: Scan) -> Result<()> {
    let row = attachments::table
        .filter(attachments::consultation_id.eq(consultation_id))
        .filter(attachments::id.eq(id))
        .filter(attachments::scan.eq(Scan::Held.code()));
    diesel::update(row)
        .set(attachments::scan.eq(scan.code()))
        .execute(db)?;
    Ok(())
}
