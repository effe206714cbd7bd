//! The tables of published texts.

pub(in crate::documents) mod links;
pub(in crate::documents) mod versions;

use crate::db::Db;
use crate::db::schema::{documents, sections};
use crate::documents::model::published::{PublishedDocument, SectionRef};
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
