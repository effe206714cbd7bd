//! `jianyan staff list|add|password|role|close|reopen`. A password that is set here is changed by its
//! owner at the next sign-in.

use super::output::{say, say_both};
use super::password::password;
use super::site::{ConfigOptions, Site};
use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::identity::model::{Role, Staff, check_login};
use crate::identity::staff;
use crate::identity::staff::{Listed, NewStaff, by_login, check_name, prepare_password};
use clap::{Args, Subcommand};
use serde_json::json;
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Args)]
struct Account {
    login: String,
    #[command(flatten)]
    config: ConfigOptions,
}

#[derive(Subcommand)]
enum Action {
    /// List the accounts: login, name, role, open or closed
    List {
        /// One JSON document
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigOptions,
    },
    /// Add an account; its first password is read from standard input, or made and printed
    Add {
        /// The person's name, as the record shows it
        #[arg(long)]
        name: String,
        /// drafter (works on remarks), auditor (only looks) or administrator (also sees sign-ins)
        #[arg(long, default_value = "drafter")]
        role: String,
        #[command(flatten)]
        account: Account,
    },
    /// Set an account's password and end its sessions; its owner changes it at the next sign-in
    Password(Account),
    /// Give an account another role; its sessions end
    Role {
        login: String,
        /// drafter, auditor or administrator
        role: String,
        #[command(flatten)]
        config: ConfigOptions,
    },
    /// Close an account: its sessions end at once, its name stays in the record
    Close(Account),
    /// Open a closed account again
    Reopen(Account),
}

pub(super) fn run(options: &Options) -> Result<()> {
    match &options.action {
        Action::List { json, config } => list(*json, config),
        Action::Add {
            name,
            role,
            account,
        } => add(&account.login, name, role, &account.config),
        Action::Password(account) => set_password(&account.login, &account.config),
        Action::Role {
            login,
            role,
            config,
        } => {
            let role = read_role(role)?;
            let done = change(login, config, move |db, actor, clock, login| {
                staff::set_role(db, actor, clock, login, role)
            })?;
            let (login, code) = (&done.login, done.role.code());
            say_both(
                &format!("{login} 的角色现在是 {code}"),
                &format!("{login} has the role {code} now"),
            );
            Ok(())
        }
        Action::Close(account) => {
            let login = change(&account.login, &account.config, staff::close)?.login;
            say_both(&format!("已停用账号 {login}"), &format!("closed {login}"));
            Ok(())
        }
        Action::Reopen(account) => {
            let login = change(&account.login, &account.config, staff::reopen)?.login;
            say_both(&format!("已恢复账号 {login}"), &format!("reopened {login}"));
            Ok(())
        }
    }
}

fn read_role(code: &str) -> Result<Role> {
    Role::parse(code).ok_or_else(|| {
        Error::invalid(
            "角色只能是 drafter（经办）、auditor（只读）或 administrator（管理员）",
            "the role is drafter, auditor or administrator",
        )
    })
}

fn list(as_json: bool, config: &ConfigOptions) -> Result<()> {
    let accounts = Site::open(config)?.database.read_now(staff::list)?;
    if as_json {
        let rows: Vec<_> = accounts.iter().map(row).collect();
        say(&json!({ "staff": rows }).to_string());
        return Ok(());
    }
    for Listed {
        staff, closed_at, ..
    } in &accounts
    {
        let (zh, en) = match closed_at {
            Some(_) => ("已停用", "closed"),
            None => ("使用中", "open"),
        };
        let line = |state: &str| {
            let role = staff.role.code();
            format!("{}\t{}\t{role}\t{state}", staff.login, staff.name)
        };
        say_both(&line(zh), &line(en));
    }
    if accounts.is_empty() {
        say_both(
            "还没有账号；用 jianyan staff add 新增",
            "there are no accounts yet; add one with jianyan staff add",
        );
    }
    Ok(())
}

fn row(account: &Listed) -> serde_json::Value {
    let staff = &account.staff;
    json!({
        "login": staff.login, "name": staff.name, "role": staff.role.code(),
        "created_at": account.created_at, "closed_at": account.closed_at,
        "must_change_password": staff.must_change_password,
    })
}

fn add(login: &str, name: &str, role: &str, config: &ConfigOptions) -> Result<()> {
    check_login(login)?;
    check_name(name)?;
    let role = read_role(role)?;
    let password = password(login)?;
    let new = NewStaff {
        login: login.to_owned(),
        name: name.to_owned(),
        role,
        password_hash: prepare_password(login, name.trim(), &password.text)?,
        must_change_password: true,
    };
    let site = Site::open(config)?;
    let clock = Arc::clone(&site.clock);
    site.database
        .write_now(move |db| staff::add(db, &Actor::System("staff"), &*clock, &new))?;
    say_both(&format!("已新增账号 {login}"), &format!("added {login}"));
    password.tell();
    Ok(())
}

fn set_password(login: &str, config: &ConfigOptions) -> Result<()> {
    let password = password(login)?;
    let site = Site::open(config)?;
    let known = site.database.read_now(|db| by_login(db, login))?;
    let name = known.map_or_else(String::new, |staff| staff.name);
    let hash = prepare_password(login, &name, &password.text)?;
    let (clock, owner) = (Arc::clone(&site.clock), login.to_owned());
    site.database.write_now(move |db| {
        staff::set_password(db, &Actor::System("staff"), &*clock, &owner, &hash, true)
    })?;
    say_both(
        &format!("已重设 {login} 的密码"),
        &format!("set the password of {login}"),
    );
    password.tell();
    Ok(())
}

/// Changes an account by a verb.
fn change(
    login: &str,
    config: &ConfigOptions,
    verb: impl Fn(&mut Db, &Actor, &dyn Clock, &str) -> Result<Staff> + Send + 'static,
) -> Result<Staff> {
    let site = Site::open(config)?;
    let (clock, login) = (Arc::clone(&site.clock), login.to_owned());
    site.database
        .write_now(move |db| verb(db, &Actor::System("staff"), &*clock, &login))
}
