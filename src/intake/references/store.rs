//! The tables that name files by their SHA-256.

use crate::db::schema::{
    attachments, consultations, imports, letters, submissions, uploads, versions,
};
use crate::db::{Db, dialect};
use crate::error::Result;
use diesel::dsl::exists;
use diesel::prelude::*;

/// Whether anything needs a file but a submission that was erased: another submission, a letter, a
/// file that waits to be sent, a published text or one being prepared.
pub(in crate::intake) fn is_needed(db: &mut Db, sha256: &str) -> Result<bool> {
    Ok(came_in(db, sha256)? || is_published(db, sha256)?)
}

/// Whether any file is named; tables that an older database has not got yet name none.
pub(super) fn names_files(db: &mut Db) -> Result<bool> {
    let raw = submissions::table
        .filter(submissions::raw_sha256.is_not_null())
        .select(submissions::id);
    let attached = attachments::table.select(attachments::id);
    let prepared = imports::table.select(imports::id);
    Ok(
        dialect::has_table(db, "submissions")? && diesel::select(exists(raw)).get_result(db)?
            || dialect::has_table(db, "attachments")?
                && diesel::select(exists(attached)).get_result(db)?
            || dialect::has_table(db, "imports")?
                && diesel::select(exists(prepared)).get_result(db)?,
    )
}

fn came_in(db: &mut Db, sha256: &str) -> Result<bool> {
    let attached = attachments::table
        .filter(attachments::sha256.eq(sha256))
        .filter(attachments::kept.eq(true));
    let raw = submissions::table
        .filter(submissions::raw_sha256.eq(sha256))
        .filter(submissions::erased_at.is_null());
    let letter = letters::table
        .left_join(
            submissions::table.on(submissions::consultation_id
                .eq(letters::consultation_id)
                .and(submissions::id.nullable().eq(letters::submission_id))),
        )
        .filter(letters::raw_sha256.eq(sha256))
        .filter(submissions::erased_at.nullable().is_null());
    let waiting = uploads::table
        .filter(uploads::sha256.eq(sha256))
        .filter(uploads::used_at.is_null());
    Ok(diesel::select(exists(attached)).get_result(db)?
        || diesel::select(exists(raw)).get_result(db)?
        || diesel::select(exists(letter)).get_result(db)?
        || diesel::select(exists(waiting)).get_result(db)?)
}

/// Somebody may send what was downloaded here: the office's own files are never theirs to take away.
fn is_published(db: &mut Db, sha256: &str) -> Result<bool> {
    let named = format!("%{sha256}%");
    let notice = consultations::table.filter(consultations::source_sha256.eq(sha256));
    let version = versions::table.filter(
        versions::sources
            .like(&named)
            .or(versions::images.like(&named))
            .or(versions::source_sha256.eq(sha256)),
    );
    let prepared = imports::table.filter(
        imports::sources
            .like(&named)
            .or(imports::images.like(&named))
            .or(imports::text_sha256.eq(sha256)),
    );
    Ok(diesel::select(exists(notice)).get_result(db)?
        || diesel::select(exists(version)).get_result(db)?
        || diesel::select(exists(prepared)).get_result(db)?)
}
