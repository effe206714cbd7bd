//! The table of followers.

use crate::clock::to_micros;
use crate::db::Db;
use crate::db::schema::{consultations, followers};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;

/// A follower as it lies in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = followers)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) address_sealed: Vec<u8>,
    pub(super) lang: String,
    pub(super) confirmed_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
}

pub(super) fn by_id(db: &mut Db, consultation_id: &str, id: &str) -> Result<Option<Row>> {
    Ok(followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?)
}

/// Those who are to be told, in the order of their identifiers, from after one of them on.
pub(super) fn told_after(
    db: &mut Db,
    consultation_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>> {
    Ok(followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.gt(after))
        .filter(followers::confirmed_at.is_not_null())
        .filter(followers::ended_at.is_null())
        .order(followers::id.asc())
        .limit(limit)
        .select(followers::id)
        .load(db)?)
}

/// A follower to be written.
#[derive(Insertable)]
#[diesel(table_name = followers)]
pub(super) struct NewRow<'a> {
    pub(super) consultation_id: &'a str,
    pub(super) id: &'a str,
    pub(super) address_sealed: &'a [u8],
    pub(super) address_hash: &'a str,
    pub(super) lang: &'a str,
    pub(super) asked_at: i64,
}

/// Who follows under an address.
pub(super) fn by_hash(db: &mut Db, consultation_id: &str, hash: &str) -> Result<Vec<String>> {
    Ok(followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::address_hash.eq(hash))
        .select(followers::id)
        .load(db)?)
}

pub(super) fn remove_one(db: &mut Db, consultation_id: &str, id: &str) -> Result<()> {
    let row = followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.eq(id));
    diesel::delete(row).execute(db)?;
    Ok(())
}

/// `false` when the address is there already.
pub(super) fn insert(db: &mut Db, row: &NewRow<'_>) -> Result<bool> {
    crate::insert_once!(db, followers::table, row)
}

/// Notes that an address is asked about anew, unless it follows or was asked about since an instant;
/// answers whom the mail goes to.
pub(super) fn ask_again(
    db: &mut Db,
    consultation_id: &str,
    hash: &str,
    before: Timestamp,
    now: Timestamp,
) -> Result<Option<String>> {
    let waiting = followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::address_hash.eq(hash))
        .filter(followers::confirmed_at.is_null())
        .filter(followers::asked_at.le(to_micros(before)));
    let found: Option<String> = waiting.select(followers::id).first(db).optional()?;
    let Some(id) = found else {
        return Ok(None);
    };
    let changed = diesel::update(waiting)
        .set(followers::asked_at.eq(to_micros(now)))
        .execute(db)?;
    Ok((changed == 1).then_some(id))
}

/// Writes a row as it is, so that nobody can tell by the time it takes whether it was there.
pub(super) fn touch(db: &mut Db, consultation_id: &str, hash: &str) -> Result<()> {
    let row = followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::address_hash.eq(hash));
    diesel::update(row)
        .set(followers::lang.eq(followers::lang))
        .execute(db)?;
    Ok(())
}

/// A follower as a link finds it, without the address.
#[derive(Queryable, Selectable)]
#[diesel(table_name = followers)]
pub(super) struct LinkRow {
    pub(super) consultation_id: String,
    pub(super) asked_at: i64,
    pub(super) confirmed_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
}

pub(super) fn by_link(db: &mut Db, id: &str) -> Result<Option<LinkRow>> {
    Ok(followers::table
        .filter(followers::id.eq(id))
        .select(LinkRow::as_select())
        .first(db)
        .optional()?)
}

pub(super) fn confirm(db: &mut Db, consultation_id: &str, id: &str, now: Timestamp) -> Result<()> {
    let row = followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.eq(id))
        .filter(followers::confirmed_at.is_null())
        .filter(followers::ended_at.is_null());
    diesel::update(row)
        .set(followers::confirmed_at.eq(to_micros(now)))
        .execute(db)?;
    Ok(())
}

/// Ends a follower, once: `nothing` (an empty text, sealed) takes the place of the address.
pub(super) fn end(
    db: &mut Db,
    consultation_id: &str,
    id: &str,
    nothing: &[u8],
    now: Timestamp,
) -> Result<()> {
    let row = followers::table
        .filter(followers::consultation_id.eq(consultation_id))
        .filter(followers::id.eq(id))
        .filter(followers::ended_at.is_null());
    diesel::update(row)
        .set((
            followers::ended_at.eq(to_micros(now)),
            followers::address_sealed.eq(nothing),
            followers::address_hash.eq(format!("ended:{id}")),
        ))
        .execute(db)?;
    Ok(())
}

/// Removes those who were asked until an instant and did not confirm. Whoever asks anew meanwhile
/// stays.
pub(super) fn remove_unconfirmed(db: &mut Db, until: Timestamp, most: i64) -> Result<usize> {
    let old = || {
        followers::table
            .filter(followers::confirmed_at.is_null())
            .filter(followers::asked_at.le(to_micros(until)))
    };
    let ids: Vec<String> = old().limit(most).select(followers::id).load(db)?;
    let mut removed = 0;
    for id in ids {
        removed += diesel::delete(old().filter(followers::id.eq(id))).execute(db)?;
    }
    Ok(removed)
}

/// Removes what remains of those who stopped before an instant.
pub(super) fn remove_ended(db: &mut Db, until: Timestamp, most: i64) -> Result<usize> {
    let ids = followers::table
        .filter(followers::ended_at.is_not_null())
        .filter(followers::ended_at.le(to_micros(until)))
        .limit(most)
        .select(followers::id)
        .load(db)?;
    remove(db, ids)
}

/// Removes the followers of consultations that were answered before an instant.
pub(super) fn remove_answered(db: &mut Db, until: Timestamp, most: i64) -> Result<usize> {
    let ids = followers::table
        .inner_join(consultations::table.on(consultations::id.eq(followers::consultation_id)))
        .filter(consultations::answered_at.is_not_null())
        .filter(consultations::answered_at.le(to_micros(until)))
        .limit(most)
        .select(followers::id)
        .load(db)?;
    remove(db, ids)
}

fn remove(db: &mut Db, ids: Vec<String>) -> Result<usize> {
    let mut removed = 0;
    for id in ids {
        removed += diesel::delete(followers::table.filter(followers::id.eq(id))).execute(db)?;
    }
    Ok(removed)
}
