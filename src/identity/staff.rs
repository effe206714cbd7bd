//! Accounts: adding, closing, reopening, roles and passwords.

use super::model::{Role, Staff, check_login, check_password};
use super::{password, session, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use jiff::Timestamp;
use serde_json::json;
use std::net::IpAddr;

/// A new account.
pub struct NewStaff {
    pub login: String,
    pub name: String,
    pub role: Role,
    /// Made with [`prepare_password`], outside the transaction because it takes long on purpose.
    pub password_hash: String,
    /// Whether its owner must change the password at the first sign-in.
    pub must_change_password: bool,
}

/// An account as lists show it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub staff: Staff,
    pub created_at: Timestamp,
    /// When it was closed; `None` while it is open.
    pub closed_at: Option<Timestamp>,
}

/// Checks and hashes a password.
///
/// # Errors
/// `Kind::Invalid` when it is too short or too common.
pub fn prepare_password(login: &str, name: &str, password: &str) -> Result<String> {
    check_password(login, name, password)?;
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
        must_change_password: new.must_change_password,
    };
    if !store::insert(db, &staff, &new.password_hash, clock.now())? {
        return Err(Error::new(
            Kind::Conflict,
            format!("登录名 {} 已被使用，请换一个", new.login),
            format!("the login {} is taken; choose another", new.login),
        ));
    }
    note(db, actor, clock, Action::StaffAdded, &staff, None)?;
    Ok(staff)
}

/// Sets an account's password and ends its sessions; its owner must change it at the next sign-in
/// when `must_change` says so.
///
/// # Errors
/// `Kind::NotFound` when there is no such account.
pub fn set_password(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    login: &str,
    hash: &str,
    must_change: bool,
) -> Result<Staff> {
    let staff = find(db, login)?.staff;
    store::set_password(db, &staff.id, hash, must_change)?;
    note(db, actor, clock, Action::StaffPasswordSet, &staff, None)?;
    Ok(staff)
}

/// Whether an account is still open under the password that was checked, and the new one for it.
pub struct OwnPassword {
    /// The stored hash that the present password was checked against.
    pub verified: String,
    pub hash: String,
    /// Of the session that begins when all others end.
    pub token: String,
    pub from: Option<IpAddr>,
}

/// Changes one's own password: all sessions end, and a new one begins.
///
/// # Errors
/// `Kind::Conflict` when the password was set anew, or the account closed, meanwhile.
pub fn change_own_password(
    db: &mut Db,
    clock: &dyn Clock,
    staff: &Staff,
    new: &OwnPassword,
) -> Result<()> {
    let account = find(db, &staff.login)?;
    if account.closed_at.is_some() || account.password_hash != new.verified {
        return Err(Error::new(
            Kind::Conflict,
            "这个账号的密码刚刚被重设，请用新密码重新登录",
            "the password of this account has just been set anew; sign in with the new one",
        ));
    }
    store::set_password(db, &staff.id, &new.hash, false)?;
    session::start(db, staff, &new.token, clock.now())?;
    let actor = staff.actor();
    note(db, &actor, clock, Action::PasswordChanged, staff, new.from)
}

/// The stored hash of an account, to check its present password against; `None` when there is no such
/// account.
///
/// # Errors
/// What the database reports.
pub fn stored_password(db: &mut Db, login: &str) -> Result<Option<String>> {
    Ok(store::by_login(db, login)?.map(|account| account.password_hash))
}

/// Closes an account: nobody signs in with it any more, and its sessions end at once. Its name stays
/// in the record.
///
/// # Errors
/// `Kind::NotFound` when there is no such account, `Kind::Conflict` when it is closed already or
/// the last of its kind.
pub fn close(db: &mut Db, actor: &Actor, clock: &dyn Clock, login: &str) -> Result<Staff> {
    let staff = find(db, login)?.staff;
    keep_one(db, &staff)?;
    if !store::set_closed(db, &staff.id, Some(clock.now()))? {
        return Err(Error::new(
            Kind::Conflict,
            format!("账号 {login} 已经停用"),
            format!("the account {login} is closed already"),
        ));
    }
    store::end_sessions(db, &staff.id)?;
    note(db, actor, clock, Action::StaffClosed, &staff, None)?;
    Ok(staff)
}

/// Opens a closed account again, with its old password.
///
/// # Errors
/// `Kind::NotFound` when there is no such account, `Kind::Conflict` when it is open.
pub fn reopen(db: &mut Db, actor: &Actor, clock: &dyn Clock, login: &str) -> Result<Staff> {
    let staff = find(db, login)?.staff;
    if !store::set_closed(db, &staff.id, None)? {
        return Err(Error::new(
            Kind::Conflict,
            format!("账号 {login} 没有停用"),
            format!("the account {login} is not closed"),
        ));
    }
    note(db, actor, clock, Action::StaffReopened, &staff, None)?;
    Ok(staff)
}

/// Gives an account another role; its sessions end, so that the new one holds at once.
///
/// # Errors
/// `Kind::NotFound` when there is no such account, `Kind::Conflict` when it has the role already
/// or is the last of its kind.
pub fn set_role(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    login: &str,
    role: Role,
) -> Result<Staff> {
    let staff = find(db, login)?.staff;
    if !role.may_change() {
        keep_one(db, &staff)?;
    }
    if staff.role == Role::Administrator && role != staff.role {
        keep_an_administrator(db, &staff)?;
    }
    if !store::set_role(db, &staff.id, role)? {
        return Err(Error::new(
            Kind::Conflict,
            format!("账号 {login} 的角色已经是 {}", role.code()),
            format!("the account {login} has the role {} already", role.code()),
        ));
    }
    store::end_sessions(db, &staff.id)?;
    let staff = Staff { role, ..staff };
    note(db, actor, clock, Action::StaffRoleChanged, &staff, None)?;
    Ok(staff)
}

/// All accounts by login.
///
/// # Errors
/// What the database reports.
pub fn list(db: &mut Db) -> Result<Vec<Listed>> {
    let accounts = store::all(db)?.into_iter();
    Ok(accounts
        .map(|account| Listed {
            staff: account.staff,
            created_at: account.created_at,
            closed_at: account.closed_at,
        })
        .collect())
}

/// The account with a login; `None` when there is none.
///
/// # Errors
/// What the database reports.
pub fn by_login(db: &mut Db, login: &str) -> Result<Option<Staff>> {
    Ok(store::by_login(db, login)?.map(|account| account.staff))
}

/// Refuses to take away the last open account that may change anything.
fn keep_one(db: &mut Db, going: &Staff) -> Result<()> {
    keep(
        db,
        going,
        Role::may_change,
        "能办理意见的账号",
        "that may change anything",
    )?;
    if going.role == Role::Administrator {
        keep_an_administrator(db, going)?;
    }
    Ok(())
}

fn keep_an_administrator(db: &mut Db, going: &Staff) -> Result<()> {
    let is_one = |role: Role| role == Role::Administrator;
    keep(db, going, is_one, "管理员账号", "of an administrator")
}

fn keep(db: &mut Db, going: &Staff, counts: fn(Role) -> bool, zh: &str, en: &str) -> Result<()> {
    let open = store::all(db)?
        .into_iter()
        .filter(|one| one.closed_at.is_none());
    let mut open: Vec<Staff> = open.map(|one| one.staff).collect();
    open.retain(|one| counts(one.role));
    let is_last = open.len() == 1 && open.iter().any(|one| one.id == going.id);
    let login = &going.login;
    let refused = Error::new(
        Kind::Conflict,
        format!("{login} 是最后一个{zh}，不能停用或降低权限；请先新增一个（jianyan staff add）"),
        format!(
            "{login} is the last account {en} and stays as it is; add another first (jianyan staff add)"
        ),
    );
    if is_last { Err(refused) } else { Ok(()) }
}

fn find(db: &mut Db, login: &str) -> Result<store::Account> {
    store::by_login(db, login)?.ok_or_else(|| {
        Error::new(
            Kind::NotFound,
            format!("没有登录名为 {login} 的账号；jianyan staff list 列出所有账号"),
            format!("no account has the login {login}; jianyan staff list names them all"),
        )
    })
}

fn note(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    action: Action,
    staff: &Staff,
    from: Option<IpAddr>,
) -> Result<()> {
    let event = NewEvent {
        consultation: "",
        action,
        subject: "staff",
        subject_id: &staff.id,
        detail: json!({"login": staff.login, "role": staff.role.code(), "address": from}),
    };
    record(db, actor, clock.now(), &event)
}
