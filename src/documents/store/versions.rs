//! The table of versions.

use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::{documents, sections, versions};
use crate::documents::model::published::Version;
use crate::error::{Error, Result};
use diesel::prelude::*;
use jiff::Timestamp;

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

pub(in crate::documents) fn insert(
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
pub(in crate::documents) fn until(
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
pub(in crate::documents) fn remove(
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
