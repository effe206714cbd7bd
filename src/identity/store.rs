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
    created_at: i64,
    must_change_password: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff)]
struct Row {
    id: String,
    login: String,
    name: String,
    role: String,
    password_hash: String,
    created_at: i64,
    disabled_at: Option<i64>,
    must_change_password: bool,
}

/// An account with what signing in needs.
pub(super) struct Account {
    pub(super) staff: Staff,
    pub(super) password_hash: String,
    pub(super) created_at: Timestamp,
    pub(super) closed_at: Option<Timestamp>,
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
                must_change_password: self.must_change_password,
            },
            password_hash: self.password_hash,
            created_at: from_micros(self.created_at),
            closed_at: self.disabled_at.map(from_micros),
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
        created_at: to_micros(now),
        must_change_password: new.must_change_password,
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

/// All accounts by login.
pub(super) fn all(db: &mut Db) -> Result<Vec<Account>> {
    staff::table
        .order(staff::login.asc())
        .select(Row::as_select())
        .load(db)?
        .into_iter()
        .map(Row::into_account)
        .collect()
}

/// Sets a password and ends the account's sessions.
pub(super) fn set_password(db: &mut Db, id: &str, hash: &str, must_change: bool) -> Result<()> {
    diesel::update(staff::table.filter(staff::id.eq(id)))
        .set((
            staff::password_hash.eq(hash),
            staff::must_change_password.eq(must_change),
        ))
        .execute(db)?;
    end_sessions(db, id)
}

/// Closes an account, or opens it again; `false` when it is so already.
pub(super) fn set_closed(db: &mut Db, id: &str, at: Option<Timestamp>) -> Result<bool> {
    let row = staff::table.filter(staff::id.eq(id));
    let set = staff::disabled_at.eq(at.map(to_micros));
    let changed = match at {
        Some(_) => diesel::update(row.filter(staff::disabled_at.is_null()))
            .set(set)
            .execute(db)?,
        None => diesel::update(row.filter(staff::disabled_at.is_not_null()))
            .set(set)
            .execute(db)?,
    };
    Ok(changed == 1)
}

/// Sets a role; `false` when the account has it already.
pub(super) fn set_role(db: &mut Db, id: &str, role: Role) -> Result<bool> {
    let row = staff::table.filter(staff::id.eq(id));
    let changed = diesel::update(row.filter(staff::role.ne(role.code())))
        .set(staff::role.eq(role.code()))
        .execute(db)?;
    Ok(changed == 1)
}

/// Ends all sessions of an account.
pub(super) fn end_sessions(db: &mut Db, id: &str) -> Result<()> {
    diesel::delete(staff_sessions::table.filter(staff_sessions::staff_id.eq(id))).execute(db)?;
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
