//! Adding members of staff.

use super::model::{Role, Staff, check_login, check_password};
use super::{password, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use serde_json::json;

/// A new account.
pub struct NewStaff {
    pub login: String,
    pub name: String,
    pub role: Role,
    /// Made with [`prepare_password`], outside the transaction because it takes long on purpose.
    pub password_hash: String,
}

/// Checks and hashes a password.
///
/// # Errors
/// `Kind::Invalid` when it is too weak.
pub fn prepare_password(login: &str, password: &str) -> Result<String> {
    check_password(login, password)?;
    password::hash(password)
}

/// Checks the name of a member of staff: 1 to 40 characters, none of them a control character.
///
/// # Errors
/// `Kind::Invalid`.
pub fn check_name(typed: &str) -> Result<&str> {
    let name = typed.trim();
    let fits = (1..=40).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    fits.then_some(name)
        .ok_or_else(|| Error::invalid("姓名须为1–40个字", "a name has 1 to 40 characters"))
}

/// Adds an account.
///
/// # Errors
/// `Kind::Invalid` for a login or name that cannot be, `Kind::Conflict` when the login is taken.
pub fn add(db: &mut Db, actor: &Actor, clock: &dyn Clock, new: &NewStaff) -> Result<Staff> {
    check_login(&new.login)?;
    let name = check_name(&new.name)?;
    let staff = Staff {
        id: new_id(clock.now())?,
        login: new.login.clone(),
        name: name.to_owned(),
        role: new.role,
    };
    if !store::insert(db, &staff, &new.password_hash, clock.now())? {
        return Err(Error::new(
            Kind::Conflict,
            format!("登录名 {} 已被使用，请换一个", new.login),
            format!("the login {} is taken; choose another", new.login),
        ));
    }
    note(db, actor, clock, Action::StaffAdded, &staff)?;
    Ok(staff)
}

/// Sets an account's password, unlocks it and ends its sessions.
///
/// # Errors
/// `Kind::NotFound` when there is no such account.
pub fn set_password(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    login: &str,
    hash: &str,
) -> Result<Staff> {
    let staff = store::by_login(db, login)?
        .map(|row| row.staff)
        .ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                format!("没有登录名为 {login} 的账号，请先用 jianyan staff add 新增"),
                format!("no account has the login {login}; add it with jianyan staff add"),
            )
        })?;
    store::set_password(db, &staff.id, hash)?;
    note(db, actor, clock, Action::StaffPasswordSet, &staff)?;
    Ok(staff)
}

/// The hash of an account's password; `None` when there is no such account.
///
/// # Errors
/// What the database reports.
pub fn stored_hash(db: &mut Db, login: &str) -> Result<Option<String>> {
    Ok(store::by_login(db, login)?.map(|row| row.password_hash))
}

fn note(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    action: Action,
    staff: &Staff,
) -> Result<()> {
    record(
        db,
        actor,
        clock.now(),
        &NewEvent {
            consultation: "",
            action,
            subject: "staff",
            subject_id: &staff.id,
            detail: json!({"login": staff.login, "role": staff.role.code()}),
        },
    )
}
