//! The consultations' table.

use super::model::{Consultation, OfficeContact, Window, WindowChange};
use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::{consultations, remarks, versions, window_changes};
use crate::error::{Error, Result};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = consultations)]
struct Row {
    id: String,
    slug: String,
    title: String,
    draft_title: String,
    issuer: String,
    issued_on: Option<String>,
    opens_on: String,
    closes_on: String,
    opens_at: i64,
    closes_at: i64,
    contact_person: Option<String>,
    contact_phone: Option<String>,
    contact_email: Option<String>,
    contact_address: Option<String>,
    channels: String,
    attachments: String,
    notice_text: String,
    source_name: String,
    source_sha256: String,
    wrapped_key: Vec<u8>,
    created_at: i64,
    published_at: i64,
    answered_at: Option<i64>,
    short_reason: Option<String>,
    wall_opened_at: Option<i64>,
}

fn day(text: &str) -> Result<Date> {
    text.parse()
        .map_err(|cause: jiff::Error| Error::internal(cause.to_string()))
}

fn list(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}

fn texts(list: &str) -> Vec<String> {
    serde_json::from_str(list).unwrap_or_default()
}

impl Row {
    fn into_model(self, version: i32) -> Result<Consultation> {
        Ok(Consultation {
            window: Window::new(day(&self.opens_on)?, day(&self.closes_on)?)?,
            issued_on: self.issued_on.as_deref().map(day).transpose()?,
            contact: OfficeContact {
                person: self.contact_person,
                phone: self.contact_phone,
                email: self.contact_email,
                address: self.contact_address,
            },
            channels: texts(&self.channels),
            attachments: texts(&self.attachments),
            id: self.id,
            slug: self.slug,
            title: self.title,
            draft_title: self.draft_title,
            issuer: self.issuer,
            notice_text: self.notice_text,
            source_sha256: self.source_sha256,
            source_name: self.source_name,
            wrapped_key: self.wrapped_key,
            published_at: from_micros(self.published_at),
            answered_at: self.answered_at.map(from_micros),
            short_reason: self.short_reason,
            wall_opened_at: self.wall_opened_at.map(from_micros),
            version,
        })
    }
}

/// Adds a consultation; `false` when its slug or its source file is there already.
pub(super) fn insert(db: &mut Db, new: &Consultation, now: Timestamp) -> Result<bool> {
    let row = Row {
        id: new.id.clone(),
        slug: new.slug.clone(),
        title: new.title.clone(),
        draft_title: new.draft_title.clone(),
        issuer: new.issuer.clone(),
        issued_on: new.issued_on.map(|day| day.to_string()),
        opens_on: new.window.opens_on.to_string(),
        closes_on: new.window.closes_on.to_string(),
        opens_at: to_micros(new.window.opens_at),
        closes_at: to_micros(new.window.closes_at),
        contact_person: new.contact.person.clone(),
        contact_phone: new.contact.phone.clone(),
        contact_email: new.contact.email.clone(),
        contact_address: new.contact.address.clone(),
        channels: list(&new.channels),
        attachments: list(&new.attachments),
        notice_text: new.notice_text.clone(),
        source_name: new.source_name.clone(),
        source_sha256: new.source_sha256.clone(),
        wrapped_key: new.wrapped_key.clone(),
        created_at: to_micros(now),
        published_at: to_micros(new.published_at),
        answered_at: new.answered_at.map(to_micros),
        short_reason: new.short_reason.clone(),
        wall_opened_at: new.wall_opened_at.map(to_micros),
    };
    crate::insert_once!(db, consultations::table, &row)
}

pub(super) fn by_slug(db: &mut Db, slug: &str, now: Timestamp) -> Result<Option<Consultation>> {
    let row = consultations::table
        .filter(consultations::slug.eq(slug))
        .filter(consultations::published_at.le(to_micros(now)))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    with_version(db, row, now)
}

pub(super) fn by_id(db: &mut Db, id: &str, now: Timestamp) -> Result<Option<Consultation>> {
    let row = consultations::table
        .filter(consultations::id.eq(id))
        .filter(consultations::published_at.le(to_micros(now)))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    with_version(db, row, now)
}

/// Whether a short name is used, by a consultation that readers see or by one that waits.
pub(super) fn has_slug(db: &mut Db, slug: &str) -> Result<bool> {
    let found: i64 = consultations::table
        .filter(consultations::slug.eq(slug))
        .count()
        .get_result(db)?;
    Ok(found > 0)
}

fn with_version(db: &mut Db, row: Option<Row>, now: Timestamp) -> Result<Option<Consultation>> {
    let Some(row) = row else {
        return Ok(None);
    };
    let version: Option<i32> = versions::table
        .filter(versions::consultation_id.eq(&row.id))
        .filter(versions::published_at.le(to_micros(now)))
        .select(diesel::dsl::max(versions::number))
        .first(db)?;
    row.into_model(version.unwrap_or(1)).map(Some)
}

/// The slug of the consultation that was imported from these bytes.
pub(super) fn slug_by_source(db: &mut Db, sha256: &str) -> Result<Option<String>> {
    Ok(consultations::table
        .filter(consultations::source_sha256.eq(sha256))
        .select(consultations::slug)
        .first(db)
        .optional()?)
}

/// All consultations published by an instant, the ones that close last first.
pub(super) fn all(db: &mut Db, now: Timestamp) -> Result<Vec<Consultation>> {
    let rows: Vec<Row> = consultations::table
        .filter(consultations::published_at.le(to_micros(now)))
        .order((consultations::closes_at.desc(), consultations::slug.asc()))
        .select(Row::as_select())
        .load(db)?;
    let published: Vec<(String, i32)> = versions::table
        .filter(versions::published_at.le(to_micros(now)))
        .order(versions::number.asc())
        .select((versions::consultation_id, versions::number))
        .load(db)?;
    let newest: HashMap<String, i32> = published.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let version = newest.get(&row.id).copied().unwrap_or(1);
            row.into_model(version)
        })
        .collect()
}

/// Removes a consultation; its texts are removed before it.
pub(super) fn remove(db: &mut Db, id: &str) -> Result<()> {
    diesel::delete(consultations::table.filter(consultations::id.eq(id))).execute(db)?;
    Ok(())
}

/// Sets when the answers were published; `false` when they are already, when the window ends later
/// than that, or when a remark that was not withdrawn has no outcome.
pub(super) fn set_answered(db: &mut Db, id: &str, at: Timestamp) -> Result<bool> {
    let unanswered = exists(
        remarks::table
            .filter(remarks::consultation_id.eq(id))
            .filter(remarks::state.eq("open")),
    );
    let changed = diesel::update(
        consultations::table
            .filter(consultations::id.eq(id))
            .filter(consultations::closes_at.le(to_micros(at)))
            .filter(consultations::answered_at.is_null())
            .filter(not(unanswered)),
    )
    .set(consultations::answered_at.eq(to_micros(at)))
    .execute(db)?;
    Ok(changed == 1)
}

/// Sets a later end; `false` when it is not `old` any more, or when answers are published.
pub(super) fn set_end(db: &mut Db, id: &str, old: Date, new: &Window) -> Result<bool> {
    let changed = diesel::update(
        consultations::table
            .filter(consultations::id.eq(id))
            .filter(consultations::closes_on.eq(old.to_string()))
            .filter(consultations::answered_at.is_null()),
    )
    .set((
        consultations::closes_on.eq(new.closes_on.to_string()),
        consultations::closes_at.eq(to_micros(new.closes_at)),
    ))
    .execute(db)?;
    Ok(changed == 1)
}

/// A change of the window as it lies in the table.
#[derive(Insertable)]
#[diesel(table_name = window_changes)]
pub(super) struct NewWindowChange<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) id: &'a str,
    pub(super) closed_on: String,
    pub(super) closes_on: String,
    pub(super) reason: &'a str,
    pub(super) changed_at: i64,
    pub(super) changed_by: &'a str,
    pub(super) changed_by_name: &'a str,
}

pub(super) fn insert_window_change(db: &mut Db, row: &NewWindowChange<'_>) -> Result<()> {
    crate::insert_row!(db, window_changes::table, row)
}

/// The changes of a window, the oldest first.
pub(super) fn window_changes(db: &mut Db, id: &str) -> Result<Vec<WindowChange>> {
    let rows: Vec<(String, String, String, i64, String)> = window_changes::table
        .filter(window_changes::consultation_id.eq(id))
        .order(window_changes::id.asc())
        .select((
            window_changes::closed_on,
            window_changes::closes_on,
            window_changes::reason,
            window_changes::changed_at,
            window_changes::changed_by_name,
        ))
        .load(db)?;
    let change = |(closed_on, closes_on, reason, at, changed_by): (String, String, _, _, _)| {
        Ok(WindowChange {
            closed_on: day(&closed_on)?,
            closes_on: day(&closes_on)?,
            changed_at: from_micros(at),
            reason,
            changed_by,
        })
    };
    rows.into_iter().map(change).collect()
}
