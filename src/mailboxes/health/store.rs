//! The tables of mailboxes, read for the office.

use super::model::Failed;
use crate::clock::from_micros;
use crate::db::Db;
use crate::db::schema::{mailbox_letters, mailboxes};
use crate::error::Result;
use crate::mailboxes::model::{Failure, Remembered};
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = mailboxes)]
struct Row {
    id: String,
    name: String,
    generation: Option<i64>,
    next_uid: i64,
    waiting: i64,
    tried_at: Option<i64>,
    fetched_at: Option<i64>,
    failing_since: Option<i64>,
    failure: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mailbox_letters)]
struct Letter {
    generation: i64,
    uid: i64,
    failure: Option<String>,
    tries: i32,
    noted_at: i64,
}

pub(super) fn all(db: &mut Db) -> Result<Vec<Remembered>> {
    let rows: Vec<Row> = mailboxes::table
        .order((mailboxes::name.asc(), mailboxes::id.asc()))
        .select(Row::as_select())
        .load(db)?;
    let small = |number: i64| u32::try_from(number).unwrap_or(0);
    let remembered = |row: Row| Remembered {
        id: row.id,
        name: row.name,
        generation: row.generation.map(small),
        next_uid: small(row.next_uid),
        waiting: small(row.waiting),
        tried_at: row.tried_at.map(from_micros),
        fetched_at: row.fetched_at.map(from_micros),
        failing_since: row.failing_since.map(from_micros),
        failure: row.failure.as_deref().map(Failure::parse),
    };
    Ok(rows.into_iter().map(remembered).collect())
}

/// Of the present numbering only: of an earlier one the letters were looked at again.
pub(super) fn failed(
    db: &mut Db,
    mailbox: &str,
    generation: Option<u32>,
    limit: i64,
) -> Result<Vec<Failed>> {
    let rows: Vec<Letter> = mailbox_letters::table
        .filter(mailbox_letters::mailbox_id.eq(mailbox))
        .filter(mailbox_letters::generation.eq(generation.map_or(0, i64::from)))
        .filter(mailbox_letters::raw_sha256.is_null())
        .order(mailbox_letters::uid.asc())
        .limit(limit)
        .select(Letter::as_select())
        .load(db)?;
    let failed = |row: Letter| Failed {
        generation: row.generation,
        uid: row.uid,
        failure: row.failure.unwrap_or_default(),
        tries: row.tries,
        at: from_micros(row.noted_at),
    };
    Ok(rows.into_iter().map(failed).collect())
}

pub(super) fn any_failing(db: &mut Db, names: &[String]) -> Result<bool> {
    let one: Option<String> = mailboxes::table
        .filter(mailboxes::failing_since.is_not_null())
        .filter(mailboxes::name.eq_any(names.to_vec()))
        .select(mailboxes::id)
        .first(db)
        .optional()?;
    Ok(one.is_some())
}

/// A letter that was tried long ago, and never in vain, is due at the next look.
pub(super) fn make_due(db: &mut Db, mailbox: &str, (generation, uid): (i64, i64)) -> Result<bool> {
    let changed = diesel::update(
        mailbox_letters::table
            .filter(mailbox_letters::mailbox_id.eq(mailbox))
            .filter(mailbox_letters::generation.eq(generation))
            .filter(mailbox_letters::uid.eq(uid))
            .filter(mailbox_letters::raw_sha256.is_null())
            .filter(mailbox_letters::failure.ne("gone")),
    )
    .set((
        mailbox_letters::noted_at.eq(0),
        mailbox_letters::tries.eq(0),
    ))
    .execute(db)?;
    Ok(changed == 1)
}
