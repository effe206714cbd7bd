//! The files of submissions.

use crate::db::Db;
use crate::db::schema::attachments;
use crate::error::Result;
use crate::ids::new_id;
use crate::intake::model::submission::{NewAttachment, Scan};
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = attachments, treat_none_as_default_value = false)]
struct AttachmentRow<'a> {
    consultation_id: &'a str,
    id: String,
    submission_id: &'a str,
    name: &'a str,
    media_type: &'a str,
    bytes: i64,
    sha256: &'a str,
    kept: bool,
    scan: &'a str,
}

/// Inserts the files; the identifiers of those that the scanner is still to be asked about.
pub(in crate::intake) fn insert_attachments(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
    new: &[NewAttachment],
    now: Timestamp,
) -> Result<Vec<String>> {
    let mut held = Vec::new();
    for file in new {
        let id = new_id(now)?;
        if file.scan == Scan::Held {
            held.push(id.clone());
        }
        diesel::insert_into(attachments::table)
            .values(AttachmentRow {
                consultation_id,
                id,
                submission_id,
                name: &file.name,
                media_type: &file.media_type,
                bytes: file.bytes,
                sha256: &file.sha256,
                kept: file.kept,
                scan: file.scan.code(),
            })
            .execute(db)?;
    }
    Ok(held)
}

/// A file that came along.
#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
pub(in crate::intake) struct StoredAttachment {
    pub(in crate::intake) id: String,
    pub(in crate::intake) name: String,
    pub(in crate::intake) media_type: String,
    pub(in crate::intake) bytes: i64,
    pub(in crate::intake) sha256: String,
    pub(in crate::intake) kept: bool,
    pub(in crate::intake) scan: String,
}

pub(in crate::intake) fn attachments_of(
    db: &mut Db,
    consultation_id: &str,
    submission_id: &str,
) -> Result<Vec<StoredAttachment>> {
    Ok(attachments::table
        .filter(attachments::consultation_id.eq(consultation_id))
        .filter(attachments::submission_id.eq(submission_id))
        .order(attachments::id.asc())
        .select(StoredAttachment::as_select())
        .load(db)?)
}
