//! The tables of mailboxes and of what was fetched from them.

use super::model::{Failure, Remembered};
use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::{mailbox_letters, mailboxes};
use crate::error::Result;
use diesel::prelude::*;
use jiff::Timestamp;

/// The failure of a letter that nobody can read any more.
const GONE: &str = "gone";

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

impl Row {
    fn remembered(self) -> Remembered {
        let small = |number: i64| u32::try_from(number).unwrap_or(0);
        Remembered {
            id: self.id,
            name: self.name,
            generation: self.generation.map(small),
            next_uid: small(self.next_uid).max(1),
            waiting: small(self.waiting),
            tried_at: self.tried_at.map(from_micros),
            fetched_at: self.fetched_at.map(from_micros),
            failing_since: self.failing_since.map(from_micros),
            failure: self.failure.as_deref().map(Failure::parse),
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = mailboxes)]
struct NewMailbox<'a> {
    id: &'a str,
    name: &'a str,
    next_uid: i64,
    waiting: i64,
}

/// What is remembered of a mailbox, which is made when it is seen for the first time; notes that it
/// is being looked at.
pub(super) fn begin(db: &mut Db, id: &str, name: &str, now: Timestamp) -> Result<Remembered> {
    let row = NewMailbox {
        id,
        name,
        next_uid: 1,
        waiting: 0,
    };
    crate::insert_once!(db, mailboxes::table, &row)?;
    diesel::update(mailboxes::table.filter(mailboxes::id.eq(id)))
        .set((
            mailboxes::name.eq(name),
            mailboxes::tried_at.eq(to_micros(now)),
        ))
        .execute(db)?;
    let row: Row = mailboxes::table
        .filter(mailboxes::id.eq(id))
        .select(Row::as_select())
        .first(db)?;
    Ok(row.remembered())
}

/// Begins to count anew: the server's numbers mean other letters now.
pub(super) fn renumber(db: &mut Db, id: &str, generation: u32) -> Result<()> {
    diesel::update(mailboxes::table.filter(mailboxes::id.eq(id)))
        .set((
            mailboxes::generation.eq(i64::from(generation)),
            mailboxes::next_uid.eq(1),
        ))
        .execute(db)?;
    Ok(())
}

/// Letters below `next_uid` were looked at; so many are left.
pub(super) fn advance(db: &mut Db, id: &str, next_uid: u32, waiting: u32) -> Result<()> {
    diesel::update(mailboxes::table.filter(mailboxes::id.eq(id)))
        .set((
            mailboxes::next_uid.eq(i64::from(next_uid)),
            mailboxes::waiting.eq(i64::from(waiting)),
        ))
        .execute(db)?;
    Ok(())
}

/// The mailbox was read to its end.
pub(super) fn succeed(db: &mut Db, id: &str, now: Timestamp) -> Result<()> {
    diesel::update(mailboxes::table.filter(mailboxes::id.eq(id)))
        .set((
            mailboxes::fetched_at.eq(to_micros(now)),
            mailboxes::waiting.eq(0),
            mailboxes::failing_since.eq(None::<i64>),
            mailboxes::failure.eq(None::<String>),
        ))
        .execute(db)?;
    Ok(())
}

/// The mailbox could not be read to its end.
pub(super) fn fail(db: &mut Db, id: &str, failure: Failure, now: Timestamp) -> Result<()> {
    let one = || mailboxes::table.filter(mailboxes::id.eq(id));
    diesel::update(one())
        .set(mailboxes::failure.eq(failure.code()))
        .execute(db)?;
    diesel::update(one().filter(mailboxes::failing_since.is_null()))
        .set(mailboxes::failing_since.eq(to_micros(now)))
        .execute(db)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = mailbox_letters)]
struct NewLetter<'a> {
    mailbox_id: &'a str,
    generation: i64,
    uid: i64,
    raw_sha256: Option<&'a str>,
    failure: Option<&'a str>,
    tries: i32,
    noted_at: i64,
}

/// One letter of a mailbox.
pub(super) struct Item<'a> {
    pub(super) mailbox: &'a str,
    pub(super) generation: u32,
    pub(super) uid: i64,
}

macro_rules! row_of {
    ($item:expr) => {
        mailbox_letters::table
            .filter(mailbox_letters::mailbox_id.eq($item.mailbox))
            .filter(mailbox_letters::generation.eq(i64::from($item.generation)))
            .filter(mailbox_letters::uid.eq($item.uid))
    };
}

/// A letter is in the book.
pub(super) fn fetched(db: &mut Db, item: &Item<'_>, sha256: &str, now: Timestamp) -> Result<()> {
    if note(db, item, Some(sha256), None, now)? {
        return Ok(());
    }
    diesel::update(row_of!(item))
        .set((
            mailbox_letters::raw_sha256.eq(sha256),
            mailbox_letters::failure.eq(None::<String>),
            mailbox_letters::noted_at.eq(to_micros(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// A letter is about to be tried, or was tried in vain; answers how often by now.
pub(super) fn tried(db: &mut Db, item: &Item<'_>, failure: &str, now: Timestamp) -> Result<i32> {
    if note(db, item, None, Some(failure), now)? {
        return Ok(1);
    }
    Ok(diesel::update(row_of!(item))
        .set((
            mailbox_letters::failure.eq(failure),
            mailbox_letters::tries.eq(mailbox_letters::tries + 1),
            mailbox_letters::noted_at.eq(to_micros(now)),
        ))
        .returning(mailbox_letters::tries)
        .get_result(db)?)
}

fn note(
    db: &mut Db,
    item: &Item<'_>,
    raw_sha256: Option<&str>,
    failure: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    let row = NewLetter {
        mailbox_id: item.mailbox,
        generation: i64::from(item.generation),
        uid: item.uid,
        raw_sha256,
        failure,
        tries: 1,
        noted_at: to_micros(now),
    };
    crate::insert_once!(db, mailbox_letters::table, &row)
}

/// Letters that were tried in vain and are due again.
pub(super) fn failed(
    db: &mut Db,
    mailbox: &str,
    generation: u32,
    before: Timestamp,
) -> Result<Vec<i64>> {
    Ok(mailbox_letters::table
        .filter(mailbox_letters::mailbox_id.eq(mailbox))
        .filter(mailbox_letters::generation.eq(i64::from(generation)))
        .filter(mailbox_letters::raw_sha256.is_null())
        .filter(mailbox_letters::failure.ne(GONE))
        .filter(mailbox_letters::noted_at.le(to_micros(before)))
        .order(mailbox_letters::uid.asc())
        .limit(200)
        .select(mailbox_letters::uid)
        .load(db)?)
}

/// The letter is no longer at the server, removed by somebody before it could be read.
pub(super) fn gone(db: &mut Db, item: &Item<'_>, now: Timestamp) -> Result<()> {
    tried(db, item, GONE, now).map(|_| ())
}

/// Which of some letters are in the book.
pub(super) fn known(db: &mut Db, mailbox: &str, generation: u32, uids: &[i64]) -> Result<Vec<i64>> {
    Ok(mailbox_letters::table
        .filter(mailbox_letters::mailbox_id.eq(mailbox))
        .filter(mailbox_letters::generation.eq(i64::from(generation)))
        .filter(mailbox_letters::raw_sha256.is_not_null())
        .filter(mailbox_letters::uid.eq_any(uids.to_vec()))
        .select(mailbox_letters::uid)
        .load(db)?)
}
