//! The published texts of a consultation. A version never changes after publication.

use super::compare::Link;
pub use super::model::published::{ImageRef, PublishedDocument, SectionRef, SourceFile, Version};
use super::model::{DocumentKind, Outline};
use super::store::{self, links, versions};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use jiff::Timestamp;

/// Keeps an outline's texts as a version of a consultation's published texts, and the sections of
/// its draft as the places that remarks are on. Readers see it from `version.published_at`. Call it
/// in the transaction that makes or revises the consultation.
///
/// # Errors
/// `Kind::Invalid` when the outline holds no text that opinions can be asked on.
pub fn publish(
    db: &mut Db,
    consultation_id: &str,
    version: &Version,
    outline: &Outline,
    now: Timestamp,
) -> Result<usize> {
    let plan = outline.plan().ok_or_else(|| {
        Error::invalid(
            "文件里没有找到征求意见稿正文（没有“一、”“第一条”等条款），请检查文件",
            "the file holds no draft to comment on, nothing that begins with 一、 or 第一条; check the file",
        )
    })?;
    versions::insert(db, consultation_id, version, now)?;
    let mut sections = 0;
    for (position, document) in outline.documents.iter().enumerate() {
        let document_id =
            store::insert_document(db, consultation_id, version.number, position, document, now)?;
        if std::ptr::eq(document, plan) {
            sections = store::insert_sections(
                db,
                consultation_id,
                version.number,
                &document_id,
                document,
                now,
            )?;
        }
    }
    Ok(sections)
}

/// The texts of one version of a consultation, in the order of the file.
///
/// # Errors
/// What the database reports.
pub fn documents(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
) -> Result<Vec<PublishedDocument>> {
    store::documents(db, consultation_id, version)
}

/// Keeps how a version stands to the one before it; see [`publish`].
///
/// # Errors
/// What the database reports.
pub fn link(db: &mut Db, consultation_id: &str, version: i32, links: &[Link]) -> Result<()> {
    links::insert(db, consultation_id, version, links)
}

/// How a version stands to the one before it, in the order of the new text.
///
/// # Errors
/// What the database reports.
pub fn links(db: &mut Db, consultation_id: &str, version: i32) -> Result<Vec<Link>> {
    links::of_version(db, consultation_id, version)
}

/// The number of the newest version, seen by readers or waiting for its hour.
///
/// # Errors
/// What the database reports.
pub fn newest_number(db: &mut Db, consultation_id: &str) -> Result<i32> {
    versions::newest_number(db, consultation_id)
}

/// Takes a version back whose hour has not come. Nobody has seen it, so nothing refers to it.
///
/// # Errors
/// `Kind::Conflict` when readers see it already.
pub fn withdraw(db: &mut Db, consultation_id: &str, version: i32, now: Timestamp) -> Result<()> {
    if !versions::remove(db, consultation_id, version, now)? {
        return Err(Error::new(
            Kind::Conflict,
            "已经发布，不能取消；如需更正，请发布修改稿",
            "this is published already and cannot be taken back; publish a revised draft instead",
        ));
    }
    links::remove(db, consultation_id, version)
}

/// When something that waits for its hour will next be seen, on the whole site.
///
/// # Errors
/// What the database reports.
pub fn next_hour(db: &mut Db, now: Timestamp) -> Result<Option<Timestamp>> {
    versions::next_hour(db, now)
}

/// The versions that readers see at an instant, the oldest first.
///
/// # Errors
/// What the database reports.
pub fn versions(db: &mut Db, consultation_id: &str, now: Timestamp) -> Result<Vec<Version>> {
    versions::until(db, consultation_id, now)
}

/// Among published texts, the one that opinions are asked on.
#[must_use]
pub fn draft(documents: &[PublishedDocument]) -> Option<&PublishedDocument> {
    let first = |kind| documents.iter().find(|document| document.kind == kind);
    first(DocumentKind::Draft).or_else(|| first(DocumentKind::AdoptedPlan))
}

/// The sections of one version of a consultation's draft, in the order of the text.
///
/// # Errors
/// What the database reports.
pub fn sections(db: &mut Db, consultation_id: &str, version: i32) -> Result<Vec<SectionRef>> {
    store::sections(db, consultation_id, version..=version)
}

/// The sections of a version and of all before it, the newest version first: remarks stay on the
/// version they were made on.
///
/// # Errors
/// What the database reports.
pub fn sections_up_to(db: &mut Db, consultation_id: &str, version: i32) -> Result<Vec<SectionRef>> {
    store::sections(db, consultation_id, 1..=version)
}

/// The identifier of the section with this anchor in a version.
///
/// # Errors
/// `Kind::Invalid` when the draft has no such section.
pub fn section_id(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    anchor: &str,
) -> Result<String> {
    let is_anchor = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let found = if anchor.chars().all(is_anchor) {
        store::section_id(db, consultation_id, version, anchor)?
    } else {
        None
    };
    found.ok_or_else(no_such_section)
}

/// The error for an anchor that the draft does not have.
#[must_use]
pub fn no_such_section() -> Error {
    Error::invalid(
        "没有您选的这一条，请在列表中重新选择",
        "the draft has no such section; choose one from the list",
    )
}

/// The path of a section, such as `二/(三)/8`.
///
/// # Errors
/// `Kind::NotFound` when there is none with this identifier.
pub fn section_path(db: &mut Db, consultation_id: &str, id: &str) -> Result<String> {
    store::section_path(db, consultation_id, id)?
        .ok_or_else(|| Error::new(Kind::NotFound, "没有这一条款", "there is no such section"))
}
