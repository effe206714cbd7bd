//! The imports' table.

use super::model::{Import, Published, changed_since};
use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::imports;
use crate::error::{Error, Result};
use diesel::prelude::*;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = imports)]
struct Row {
    id: String,
    consultation_id: Option<String>,
    sources: String,
    text_sha256: String,
    images: String,
    headings: String,
    warnings: String,
    edits: String,
    facts: String,
    links: Option<String>,
    revision: i32,
    created_by: String,
    created_by_name: String,
    created_at: i64,
    changed_at: i64,
    published_to: Option<String>,
    published_version: Option<i32>,
    published_at: Option<i64>,
    discarded_at: Option<i64>,
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

impl Row {
    fn into_model(self) -> Result<Import> {
        let published = match (self.published_to, self.published_version, self.published_at) {
            (Some(consultation_id), Some(version), Some(at)) => Some(Published {
                consultation_id,
                version,
                at: from_micros(at),
            }),
            _ => None,
        };
        Ok(Import {
            id: self.id,
            consultation_id: self.consultation_id,
            sources: read(&self.sources)?,
            text_sha256: self.text_sha256,
            images: read(&self.images)?,
            stated: read(&self.headings)?,
            warnings: read(&self.warnings)?,
            edits: read(&self.edits)?,
            facts: read(&self.facts)?,
            links: self.links.as_deref().map(read).transpose()?,
            revision: self.revision,
            created_by_name: self.created_by_name,
            created_at: from_micros(self.created_at),
            changed_at: from_micros(self.changed_at),
            published,
            discarded_at: self.discarded_at.map(from_micros),
        })
    }
}

pub(super) fn insert(db: &mut Db, import: &Import, created_by: &str) -> Result<()> {
    let row = Row {
        id: import.id.clone(),
        consultation_id: import.consultation_id.clone(),
        sources: json(&import.sources)?,
        text_sha256: import.text_sha256.clone(),
        images: json(&import.images)?,
        headings: json(&import.stated)?,
        warnings: json(&import.warnings)?,
        edits: json(&import.edits)?,
        facts: json(&import.facts)?,
        links: import.links.as_ref().map(json).transpose()?,
        revision: import.revision,
        created_by: created_by.to_owned(),
        created_by_name: import.created_by_name.clone(),
        created_at: to_micros(import.created_at),
        changed_at: to_micros(import.changed_at),
        published_to: None,
        published_version: None,
        published_at: None,
        discarded_at: None,
    };
    diesel::insert_into(imports::table)
        .values(&row)
        .execute(db)?;
    Ok(())
}

pub(super) fn by_id(db: &mut Db, id: &str) -> Result<Option<Import>> {
    imports::table
        .filter(imports::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?
        .map(Row::into_model)
        .transpose()
}

/// The newest imports first, those given up left out; all, or those that revise a consultation.
pub(super) fn newest(db: &mut Db, revising: Option<&str>, limit: i64) -> Result<Vec<Import>> {
    let mut wanted = imports::table
        .filter(imports::discarded_at.is_null())
        .order(imports::created_at.desc())
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(consultation_id) = revising {
        wanted = wanted.filter(imports::consultation_id.eq(consultation_id.to_owned()));
    }
    let rows: Vec<Row> = wanted.load(db)?;
    rows.into_iter().map(Row::into_model).collect()
}

/// Stores what can change of an import, if nobody changed it since this revision.
///
/// # Errors
/// `Kind::Conflict` when somebody did.
pub(super) fn update(
    db: &mut Db,
    import: &Import,
    seen_revision: i32,
    now: Timestamp,
) -> Result<()> {
    let published = import.published.as_ref();
    let changed = diesel::update(
        imports::table
            .filter(imports::id.eq(&import.id))
            .filter(imports::revision.eq(seen_revision)),
    )
    .set((
        imports::edits.eq(json(&import.edits)?),
        imports::facts.eq(json(&import.facts)?),
        imports::links.eq(import.links.as_ref().map(json).transpose()?),
        imports::revision.eq(seen_revision.saturating_add(1)),
        imports::changed_at.eq(to_micros(now)),
        imports::published_to.eq(published.map(|to| to.consultation_id.clone())),
        imports::published_version.eq(published.map(|to| to.version)),
        imports::published_at.eq(published.map(|to| to_micros(to.at))),
        imports::discarded_at.eq(import.discarded_at.map(to_micros)),
    ))
    .execute(db)?;
    if changed == 0 {
        return Err(changed_since());
    }
    Ok(())
}
