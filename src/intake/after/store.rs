//! The rows of a submission, as what comes after sending reads and changes them.

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::{attachments, letters, remarks, submissions, uploads};
use crate::error::Result;
use crate::intake::store::StoredSubmission;
use diesel::dsl::max;
use diesel::prelude::*;
use jiff::Timestamp;

/// The row at an identifier, or the next one in the index.
pub(super) fn at_or_after(db: &mut Db, id: &str) -> Result<Option<StoredSubmission>> {
    Ok(submissions::table
        .filter(submissions::id.ge(id))
        .order(submissions::id.asc())
        .select(StoredSubmission::as_select())
        .first(db)
        .optional()?)
}

/// The first row of the index.
pub(super) fn first(db: &mut Db) -> Result<Option<StoredSubmission>> {
    Ok(submissions::table
        .order(submissions::id.asc())
        .select(StoredSubmission::as_select())
        .first(db)
        .optional()?)
}

/// Makes others who change the same submission wait for the end of this transaction. SQLite has
/// one writer anyway; PostgreSQL locks a row that is written, be it with what stands there.
pub(super) fn hold(db: &mut Db, consultation_id: &str, id: &str) -> Result<()> {
    diesel::update(
        submissions::table
            .filter(submissions::consultation_id.eq(consultation_id))
            .filter(submissions::id.eq(id)),
    )
    .set(submissions::lang.eq(submissions::lang))
    .execute(db)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = remarks, treat_none_as_default_value = false)]
pub(super) struct NewRow<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) id: &'a str,
    pub(super) submission_id: &'a str,
    pub(super) ordinal: i32,
    pub(super) section_id: Option<&'a str>,
    pub(super) text: &'a str,
    pub(super) channel: &'a str,
    pub(super) timing: &'a str,
    pub(super) received_at: i64,
    pub(super) revision: i32,
}

pub(super) fn insert_remark(db: &mut Db, row: &NewRow<'_>) -> Result<()> {
    crate::insert_row!(db, remarks::table, row)
}

/// The highest ordinal among a submission's remarks.
pub(super) fn last_ordinal(db: &mut Db, consultation_id: &str, id: &str) -> Result<i32> {
    let last: Option<i32> = remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::submission_id.eq(id))
        .select(max(remarks::ordinal))
        .first(db)?;
    Ok(last.unwrap_or(0))
}

/// Marks a submission and its remarks as withdrawn; `false` when it was before.
pub(super) fn withdraw(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool> {
    let at = Some(to_micros(now));
    let marked = diesel::update(
        submissions::table
            .filter(submissions::consultation_id.eq(consultation_id))
            .filter(submissions::id.eq(id))
            .filter(submissions::withdrawn_at.is_null()),
    )
    .set(submissions::withdrawn_at.eq(at))
    .execute(db)?;
    if marked == 0 {
        return Ok(false);
    }
    diesel::update(
        remarks::table
            .filter(remarks::consultation_id.eq(consultation_id))
            .filter(remarks::submission_id.eq(id))
            .filter(remarks::withdrawn_at.is_null()),
    )
    .set(remarks::withdrawn_at.eq(at))
    .execute(db)?;
    Ok(true)
}

/// Marks the address as confirmed; `false` when it was before.
pub(super) fn confirm(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool> {
    let marked = diesel::update(
        submissions::table
            .filter(submissions::consultation_id.eq(consultation_id))
            .filter(submissions::id.eq(id))
            .filter(submissions::email_confirmed_at.is_null()),
    )
    .set(submissions::email_confirmed_at.eq(Some(to_micros(now))))
    .execute(db)?;
    Ok(marked == 1)
}

/// What stands in the place of contact details from now on.
pub(super) struct Contact<'a> {
    pub(super) sealed: &'a [u8],
    /// By which people are counted.
    pub(super) person_hash: Option<&'a str>,
    /// Whether the confirmation of the address still stands.
    pub(super) keeps_confirmation: bool,
}

/// Puts other contact details in the place of a submission's.
pub(super) fn set_contact(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    contact: &Contact<'_>,
) -> Result<()> {
    let this = || {
        submissions::table
            .filter(submissions::consultation_id.eq(consultation_id))
            .filter(submissions::id.eq(id))
    };
    diesel::update(this())
        .set((
            submissions::contact_sealed.eq(contact.sealed),
            submissions::person_hash.eq(contact.person_hash),
        ))
        .execute(db)?;
    if !contact.keeps_confirmation {
        diesel::update(this())
            .set(submissions::email_confirmed_at.eq(None::<i64>))
            .execute(db)?;
    }
    Ok(())
}

/// By which the sender is counted.
pub(super) fn person_hash(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<String>> {
    Ok(submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .filter(submissions::id.eq(id))
        .select(submissions::person_hash)
        .first(db)?)
}

/// Takes out what was set aside of a letter, its subject, its place in its conversation, by which its
/// sender is counted, and the names of the files, and marks the submission as erased.
pub(super) fn erase(db: &mut Db, consultation_id: &str, id: &str, now: Timestamp) -> Result<()> {
    diesel::update(
        submissions::table
            .filter(submissions::consultation_id.eq(consultation_id))
            .filter(submissions::id.eq(id)),
    )
    .set((
        submissions::elided_sealed.eq(None::<Vec<u8>>),
        submissions::subject.eq(None::<String>),
        submissions::erased_at.eq(Some(to_micros(now))),
    ))
    .execute(db)?;
    diesel::update(
        attachments::table
            .filter(attachments::consultation_id.eq(consultation_id))
            .filter(attachments::submission_id.eq(id)),
    )
    .set((attachments::name.eq(""), attachments::kept.eq(false)))
    .execute(db)?;
    diesel::update(
        letters::table
            .filter(letters::consultation_id.eq(consultation_id))
            .filter(letters::submission_id.eq(id)),
    )
    .set((
        letters::thread_sealed.eq(None::<Vec<u8>>),
        letters::head_sealed.eq(None::<Vec<u8>>),
        letters::sender_hash.eq(None::<String>),
    ))
    .execute(db)?;
    Ok(())
}

/// The files of a submission by their SHA-256: what was attached, and the letter it came as.
pub(super) fn files(db: &mut Db, consultation_id: &str, id: &str) -> Result<Vec<String>> {
    let mut files: Vec<String> = attachments::table
        .filter(attachments::consultation_id.eq(consultation_id))
        .filter(attachments::submission_id.eq(id))
        .select(attachments::sha256)
        .load(db)?;
    let raw: Option<String> = submissions::table
        .filter(submissions::consultation_id.eq(consultation_id))
        .filter(submissions::id.eq(id))
        .select(submissions::raw_sha256)
        .first(db)?;
    files.extend(raw);
    let letters: Vec<String> = letters::table
        .filter(letters::consultation_id.eq(consultation_id))
        .filter(letters::submission_id.eq(id))
        .select(letters::raw_sha256)
        .load(db)?;
    files.extend(letters);
    files.sort();
    files.dedup();
    Ok(files)
}

/// Everything that a remark says, as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = remarks)]
pub(super) struct Words {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) evidence: Option<String>,
    pub(super) selector: Option<String>,
    pub(super) suggested: Option<String>,
}

/// What the remarks of a submission say.
pub(super) fn words(db: &mut Db, consultation_id: &str, id: &str) -> Result<Vec<Words>> {
    Ok(remarks::table
        .filter(remarks::consultation_id.eq(consultation_id))
        .filter(remarks::submission_id.eq(id))
        .order(remarks::ordinal.asc())
        .select(Words::as_select())
        .load(db)?)
}

/// Puts other words in the place of a remark's.
pub(super) fn set_words(db: &mut Db, consultation_id: &str, words: &Words) -> Result<()> {
    diesel::update(
        remarks::table
            .filter(remarks::consultation_id.eq(consultation_id))
            .filter(remarks::id.eq(&words.id)),
    )
    .set((
        remarks::text.eq(&words.text),
        remarks::evidence.eq(&words.evidence),
        remarks::selector.eq(&words.selector),
        remarks::suggested.eq(&words.suggested),
    ))
    .execute(db)?;
    Ok(())
}

/// Removes the uploads of a file that were used.
pub(super) fn remove_used_uploads(db: &mut Db, sha256: &str) -> Result<()> {
    let used = uploads::table
        .filter(uploads::sha256.eq(sha256))
        .filter(uploads::used_at.is_not_null());
    diesel::delete(used).execute(db)?;
    Ok(())
}

/// Takes the name of a file out of the list of uploads that were used.
pub(super) fn forget_uploads(
    db: &mut Db,
    consultation_id: &str,
    sha256: &str,
    name: &str,
) -> Result<()> {
    diesel::update(
        uploads::table
            .filter(uploads::consultation_id.eq(consultation_id))
            .filter(uploads::sha256.eq(sha256))
            .filter(uploads::name.eq(name))
            .filter(uploads::used_at.is_not_null()),
    )
    .set(uploads::name.eq(""))
    .execute(db)?;
    Ok(())
}
