//! The tables of staff and their sessions.

use super::model::{Role, Staff};
use crate::clock::{from_micros, to_micros};
use crate::db::Db;
use crate::db::schema::{staff, staff_sessions};
use crate::error::{Error, Result};
use diesel::prelude::*;
use jiff::Timestamp;

#[derive(Insertable)]
#[diesel(table_name = staff)]
struct NewRow<'a> {
    id: &'a str,
    login: &'a str,
    name: &'a str,
    role: &'a str,
    password_hash: &'a str,
    failed_attempts: i32,
    created_at: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff)]
struct Row {
    id: String,
    login: String,
    name: String,
    role: String,
    password_hash: String,
    locked_until: Option<i64>,
    disabled_at: Option<i64>,
}

/// An account with what signing in needs.
pub(super) struct Account {
    pub(super) staff: Staff,
    pub(super) password_hash: String,
    pub(super) locked_until: Option<Timestamp>,
    pub(super) disabled: bool,
}

impl Row {
    fn into_account(self) -> Result<Account> {
        let role = Role::parse(&self.role)
            .ok_or_else(|| Error::internal(format!("unknown role {}", self.role)))?;
        Ok(Account {
            staff: Staff {
                id: self.id,
                login: self.login,
                name: self.name,
                role,
            },
            password_hash: self.password_hash,
            locked_until: self.locked_until.map(from_micros),
            disabled: self.disabled_at.is_some(),
        })
    }
}

/// Adds an account; `false` when the login is taken.
pub(super) fn insert(
    db: &mut Db,
    new: &Staff,
    password_hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let row = NewRow {
        id: &new.id,
        login: &new.login,
        name: &new.name,
        role: new.role.code(),
        password_hash,
        failed_attempts: 0,
        created_at: to_micros(now),
    };
    crate::insert_once!(db, staff::table, &row)
}

pub(super) fn by_login(db: &mut Db, login: &str) -> Result<Option<Account>> {
    staff::table
        .filter(staff::login.eq(login))
        .select(Row::as_select())
        .first(db)
        .optional()?
        .map(Row::into_account)
        .transpose()
}

pub(super) fn set_password(db: &mut Db, id: &str, hash: &str) -> Result<()> {
    diesel::update(staff::table.filter(staff::id.eq(id)))
        .set((
            staff::password_hash.eq(hash),
            staff::failed_attempts.eq(0),
            staff::locked_until.eq(None::<i64>),
        ))
        .execute(db)?;
    diesel::delete(staff_sessions::table.filter(staff_sessions::staff_id.eq(id))).execute(db)?;
    Ok(())
}

pub(super) fn clear_failures(db: &mut Db, id: &str) -> Result<()> {
    diesel::update(staff::table.filter(staff::id.eq(id)))
        .set((
            staff::failed_attempts.eq(0),
            staff::locked_until.eq(None::<i64>),
        ))
        .execute(db)?;
    Ok(())
}

/// Adds one to the failures in a row and answers how many there are now.
pub(super) fn count_failure(db: &mut Db, id: &str) -> Result<i32> {
    Ok(diesel::update(staff::table.filter(staff::id.eq(id)))
        .set(staff::failed_attempts.eq(staff::failed_attempts + 1))
        .returning(staff::failed_attempts)
        .get_result(db)?)
}

pub(super) fn lock(db: &mut Db, id: &str, until: Option<Timestamp>) -> Result<()> {
    diesel::update(staff::table.filter(staff::id.eq(id)))
        .set(staff::locked_until.eq(until.map(to_micros)))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert_session(
    db: &mut Db,
    token_hash: &str,
    staff_id: &str,
    now: Timestamp,
) -> Result<()> {
    let at = to_micros(now);
    diesel::insert_into(staff_sessions::table)
        .values((
            staff_sessions::token_hash.eq(token_hash),
            staff_sessions::staff_id.eq(staff_id),
            staff_sessions::started_at.eq(at),
            staff_sessions::last_seen_at.eq(at),
        ))
        .execute(db)?;
    Ok(())
}

pub(super) fn delete_session(db: &mut Db, token_hash: &str) -> Result<()> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::token_hash.eq(token_hash)))
        .execute(db)?;
    Ok(())
}

pub(super) fn seen(db: &mut Db, token_hash: &str, at: i64) -> Result<()> {
    diesel::update(staff_sessions::table.filter(staff_sessions::token_hash.eq(token_hash)))
        .set(staff_sessions::last_seen_at.eq(at))
        .execute(db)?;
    Ok(())
}

/// A session's member of staff, its start and its last request.
pub(super) fn session(
    db: &mut Db,
    token_hash: &str,
) -> Result<Option<(Staff, Timestamp, Timestamp)>> {
    let found: Option<(String, i64, i64)> = staff_sessions::table
        .filter(staff_sessions::token_hash.eq(token_hash))
        .select((
            staff_sessions::staff_id,
            staff_sessions::started_at,
            staff_sessions::last_seen_at,
        ))
        .first(db)
        .optional()?;
    let Some((staff_id, started_at, last_seen_at)) = found else {
        return Ok(None);
    };
    let account = staff::table
        .filter(staff::id.eq(staff_id))
        .filter(staff::disabled_at.is_null())
        .select(Row::as_select())
        .first(db)
        .optional()?
        .map(Row::into_account)
        .transpose()?;
    Ok(account.map(|account| {
        (
            account.staff,
            from_micros(started_at),
            from_micros(last_seen_at),
        )
    }))
}
