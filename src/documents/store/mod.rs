//! The tables of published texts.

pub(in crate::documents) mod links;

use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::{documents, sections, versions};
use crate::documents::model::published::{PublishedDocument, SectionRef, Version};
use crate::documents::model::{DocumentKind, DocumentOutline};
use crate::error::{Error, Result};
use crate::ids::new_id;
use diesel::prelude::*;
use jiff::Timestamp;
use std::ops::RangeInclusive;

#[derive(Insertable)]
#[diesel(table_name = documents)]
struct NewDocument<'a> {
    consultation_id: &'a str,
    id: &'a str,
    kind: String,
    title: &'a str,
    position: i32,
    outline: String,
    version: i32,
}

#[derive(Insertable)]
#[diesel(table_name = versions)]
struct NewVersion<'a> {
    consultation_id: &'a str,
    number: i32,
    source_name: &'a str,
    source_sha256: &'a str,
    sources: String,
    images: String,
    note: &'a str,
    recorded_at: i64,
    published_at: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = versions)]
struct VersionRow {
    number: i32,
    sources: String,
    images: String,
    note: String,
    published_at: i64,
}

#[derive(Insertable)]
#[diesel(table_name = sections)]
struct NewSection<'a> {
    consultation_id: &'a str,
    id: String,
    document_id: &'a str,
    position: i32,
    anchor: &'a str,
    path: &'a str,
    level: i32,
    label: &'a str,
    heading: &'a str,
    version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = sections)]
struct SectionRow {
    id: String,
    anchor: String,
    path: String,
    label: String,
    heading: String,
    level: i32,
    version: i32,
}

fn code(kind: DocumentKind) -> Result<String> {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        other => Err(Error::internal(format!(
            "a document kind without a code: {other:?}"
        ))),
    }
}

pub(in crate::documents) fn insert_version(
    db: &mut Db,
    consultation_id: &str,
    version: &Version,
    now: Timestamp,
) -> Result<()> {
    let first = version.sources.first();
    diesel::insert_into(versions::table)
        .values(NewVersion {
            consultation_id,
            number: version.number,
            source_name: first.map_or("", |file| &file.name),
            source_sha256: first.map_or("", |file| &file.sha256),
            sources: serde_json::to_string(&version.sources).map_err(Error::internal)?,
            images: serde_json::to_string(&version.images).map_err(Error::internal)?,
            note: &version.note,
            recorded_at: to_micros(now),
            published_at: to_micros(version.published_at),
        })
        .execute(db)?;
    Ok(())
}

/// The versions published by an instant, the oldest first.
pub(in crate::documents) fn versions(
    db: &mut Db,
    consultation_id: &str,
    now: Timestamp,
) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = versions::table
        .filter(versions::consultation_id.eq(consultation_id))
        .filter(versions::published_at.le(to_micros(now)))
        .order(versions::number.asc())
        .select(VersionRow::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            Ok(Version {
                number: row.number,
                sources: serde_json::from_str(&row.sources).map_err(Error::internal)?,
                images: serde_json::from_str(&row.images).map_err(Error::internal)?,
                note: row.note,
                published_at: from_micros(row.published_at),
            })
        })
        .collect()
}

/// The first instant after `now` at which a version is published.
pub(in crate::documents) fn next_hour(db: &mut Db, now: Timestamp) -> Result<Option<Timestamp>> {
    let next: Option<i64> = versions::table
        .filter(versions::published_at.gt(to_micros(now)))
        .select(diesel::dsl::min(versions::published_at))
        .first(db)?;
    Ok(next.map(from_micros))
}

/// The highest number of a version, whether readers see it or not; 0 when there is none.
pub(in crate::documents) fn newest_number(db: &mut Db, consultation_id: &str) -> Result<i32> {
    let number: Option<i32> = versions::table
        .filter(versions::consultation_id.eq(consultation_id))
        .select(diesel::dsl::max(versions::number))
        .first(db)?;
    Ok(number.unwrap_or(0))
}

/// Removes a version with its texts unless readers see it by now; `false` when they do.
pub(in crate::documents) fn remove_version(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    now: Timestamp,
) -> Result<bool> {
    let removed = diesel::delete(
        versions::table
            .filter(versions::consultation_id.eq(consultation_id))
            .filter(versions::number.eq(version))
            .filter(versions::published_at.gt(to_micros(now))),
    )
    .execute(db)?;
    if removed == 0 {
        return Ok(false);
    }
    diesel::delete(
        documents::table
            .filter(documents::consultation_id.eq(consultation_id))
            .filter(documents::version.eq(version)),
    )
    .execute(db)?;
    diesel::delete(
        sections::table
            .filter(sections::consultation_id.eq(consultation_id))
            .filter(sections::version.eq(version)),
    )
    .execute(db)?;
    Ok(true)
}

pub(in crate::documents) fn insert_document(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    position: usize,
    document: &DocumentOutline,
    now: Timestamp,
) -> Result<String> {
    let id = new_id(now)?;
    diesel::insert_into(documents::table)
        .values(NewDocument {
            consultation_id,
            id: &id,
            kind: code(document.kind)?,
            title: document.title.as_deref().unwrap_or_default(),
            position: i32::try_from(position).map_err(Error::internal)?,
            outline: serde_json::to_string(document).map_err(Error::internal)?,
            version,
        })
        .execute(db)?;
    Ok(id)
}

/// Adds a document's sections; answers how many.
pub(in crate::documents) fn insert_sections(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    document_id: &str,
    document: &DocumentOutline,
    now: Timestamp,
) -> Result<usize> {
    let places = document.walk();
    for (position, place) in places.iter().enumerate() {
        diesel::insert_into(sections::table)
            .values(NewSection {
                consultation_id,
                id: new_id(now)?,
                document_id,
                position: i32::try_from(position).map_err(Error::internal)?,
                anchor: &place.anchor,
                path: &place.path,
                level: i32::from(place.node.level),
                label: &place.node.label,
                heading: &place.node.heading,
                version,
            })
            .execute(db)?;
    }
    Ok(places.len())
}

pub(in crate::documents) fn documents(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
) -> Result<Vec<PublishedDocument>> {
    let rows: Vec<(String, String, String)> = documents::table
        .filter(documents::consultation_id.eq(consultation_id))
        .filter(documents::version.eq(version))
        .order(documents::position.asc())
        .select((documents::id, documents::title, documents::outline))
        .load(db)?;
    rows.into_iter()
        .map(|(id, title, outline)| {
            let outline: DocumentOutline =
                serde_json::from_str(&outline).map_err(Error::internal)?;
            Ok(PublishedDocument {
                id,
                kind: outline.kind,
                title,
                outline,
            })
        })
        .collect()
}

/// The sections of some versions, the newest version first.
pub(in crate::documents) fn sections(
    db: &mut Db,
    consultation_id: &str,
    of: RangeInclusive<i32>,
) -> Result<Vec<SectionRef>> {
    let rows: Vec<SectionRow> = sections::table
        .filter(sections::consultation_id.eq(consultation_id))
        .filter(sections::version.between(*of.start(), *of.end()))
        .order((sections::version.desc(), sections::position.asc()))
        .select(SectionRow::as_select())
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|row| SectionRef {
            id: row.id,
            anchor: row.anchor,
            path: row.path,
            label: row.label,
            heading: row.heading,
            level: row.level,
            version: row.version,
        })
        .collect())
}

pub(in crate::documents) fn section_id(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    anchor: &str,
) -> Result<Option<String>> {
    Ok(sections::table
        .filter(sections::consultation_id.eq(consultation_id))
        .filter(sections::version.eq(version))
        .filter(sections::anchor.eq(anchor))
        .select(sections::id)
        .first(db)
        .optional()?)
}

pub(in crate::documents) fn section_path(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
) -> Result<Option<String>> {
    Ok(sections::table
        .filter(sections::consultation_id.eq(consultation_id))
        .filter(sections::id.eq(id))
        .select(sections::path)
        .first(db)
        .optional()?)
}
