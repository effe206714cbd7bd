//! The log's table.

use super::model::{Actor, Event, NewEvent};
use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::{audit_by_name, audit_events, audit_names};
use crate::error::Result;
use crate::ids::made_at;
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = audit_events, treat_none_as_default_value = false)]
struct NewRow<'a> {
    id: &'a str,
    consultation_id: &'a str,
    at: i64,
    actor_kind: &'a str,
    actor_id: &'a str,
    actor_name: &'a str,
    action: &'a str,
    subject: &'a str,
    subject_id: &'a str,
    detail: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = audit_events)]
struct Row {
    id: String,
    at: i64,
    actor_kind: String,
    actor_name: String,
    action: String,
    subject: String,
    subject_id: String,
    detail: String,
}

impl From<Row> for Event {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: from_micros(row.at),
            actor_kind: row.actor_kind,
            actor_name: row.actor_name,
            action: row.action,
            subject: row.subject,
            subject_id: row.subject_id,
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}

pub(super) fn insert(
    db: &mut Db,
    id: &str,
    actor: &Actor,
    now: Timestamp,
    event: &NewEvent<'_>,
) -> Result<()> {
    let (actor_kind, actor_id, actor_name) = actor.parts();
    let row = NewRow {
        id,
        consultation_id: event.consultation,
        at: to_micros(now),
        actor_kind,
        actor_id,
        actor_name,
        action: event.action.code(),
        subject: event.subject,
        subject_id: event.subject_id,
        detail: event.detail.to_string(),
    };
    crate::insert_row!(db, audit_events::table, row)
}

/// Whether somebody did the same to the same since an instant.
pub(super) fn is_recorded_since(
    db: &mut Db,
    actor: &Actor,
    since: Timestamp,
    event: &NewEvent<'_>,
) -> Result<bool> {
    let (_, actor_id, _) = actor.parts();
    let first: Option<String> = audit_events::table
        .filter(audit_events::consultation_id.eq(event.consultation))
        .filter(audit_events::subject_id.eq(event.subject_id))
        .filter(audit_events::id.ge(made_at(since).start()))
        .filter(audit_events::at.gt(to_micros(since)))
        .filter(audit_events::action.eq(event.action.code()))
        .filter(audit_events::actor_id.eq(actor_id))
        .select(audit_events::id)
        .first(db)
        .optional()?;
    Ok(first.is_some())
}

pub(super) fn page(
    db: &mut Db,
    consultation: &str,
    actor_name: Option<&str>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Event>> {
    let mut query = audit_events::table
        .filter(audit_events::consultation_id.eq(consultation))
        .order(audit_events::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .into_boxed();
    if let Some(name) = actor_name {
        let theirs = by_name(db, (consultation, name), before, limit)?;
        query = query.filter(audit_events::id.eq_any(theirs));
    }
    if let Some(before) = before {
        query = query.filter(audit_events::id.lt(before.to_owned()));
    }
    Ok(query.load(db)?.into_iter().map(Event::from).collect())
}

/// The identifiers of what one member of the office did, the latest first.
fn by_name(
    db: &mut Db,
    (consultation, name): (&str, &str),
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<String>> {
    let mut query = audit_by_name::table
        .filter(audit_by_name::consultation_id.eq(consultation))
        .filter(audit_by_name::name.eq(name))
        .order(audit_by_name::event_id.desc())
        .limit(limit)
        .select(audit_by_name::event_id)
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(audit_by_name::event_id.lt(before));
    }
    Ok(query.load(db)?)
}

pub(super) fn history(db: &mut Db, subject_id: &str) -> Result<Vec<Event>> {
    let rows = audit_events::table
        .filter(audit_events::subject_id.eq(subject_id))
        .order(audit_events::id.asc())
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Event::from).collect())
}

pub(super) fn actors(db: &mut Db, consultation: &str) -> Result<Vec<String>> {
    Ok(audit_names::table
        .filter(audit_names::consultation_id.eq(consultation))
        .select(audit_names::name)
        .order(audit_names::name.asc())
        .load(db)?)
}
