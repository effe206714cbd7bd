//! `jianyan staff add LOGIN --name NAME` and `jianyan staff password LOGIN`. The password is read
//! from standard input, so that it stands in no list of processes; without one, a password is made
//! and printed once.

use super::output::{note, say, say_both};
use super::site::{ConfigOptions, Site};
use crate::audit::model::Actor;
use crate::error::{Error, Result};
use crate::identity::model::{Role, check_login};
use crate::identity::staff::{NewStaff, add, check_name, prepare_password, set_password};
use clap::{Args, Subcommand};
use std::io::{IsTerminal, Read};
use std::sync::Arc;

#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add an account; its password is read from standard input, or made and printed
    Add {
        login: String,
        /// The person's name, as the record shows it
        #[arg(long)]
        name: String,
        /// drafter (works on remarks) or auditor (only looks)
        #[arg(long, default_value = "drafter")]
        role: String,
        #[command(flatten)]
        config: ConfigOptions,
    },
    /// Set an account's password, unlock it and end its sessions
    Password {
        login: String,
        #[command(flatten)]
        config: ConfigOptions,
    },
}

pub(super) fn run(options: &Options) -> Result<()> {
    match &options.action {
        Action::Add {
            login,
            name,
            role,
            config,
        } => add_one(login, name, role, config),
        Action::Password { login, config } => set_one(login, config),
    }
}

fn add_one(login: &str, name: &str, role: &str, config: &ConfigOptions) -> Result<()> {
    check_login(login)?;
    check_name(name)?;
    let role = Role::parse(role).ok_or_else(|| {
        Error::invalid(
            "角色只能是 drafter（经办）或 auditor（只读）",
            "the role is drafter or auditor",
        )
    })?;
    let password = password(login)?;
    let new = NewStaff {
        login: login.to_owned(),
        name: name.to_owned(),
        role,
        password_hash: prepare_password(login, &password.text)?,
    };
    let site = Site::open(config)?;
    let clock = Arc::clone(&site.clock);
    site.database
        .write_now(move |db| add(db, &Actor::System("staff"), &*clock, &new))?;
    say_both(&format!("已新增账号 {login}"), &format!("added {login}"));
    password.tell();
    Ok(())
}

fn set_one(login: &str, config: &ConfigOptions) -> Result<()> {
    let password = password(login)?;
    let hash = prepare_password(login, &password.text)?;
    let site = Site::open(config)?;
    let (clock, owner) = (Arc::clone(&site.clock), login.to_owned());
    site.database
        .write_now(move |db| set_password(db, &Actor::System("staff"), &*clock, &owner, &hash))?;
    say_both(
        &format!("已重设 {login} 的密码"),
        &format!("set the password of {login}"),
    );
    password.tell();
    Ok(())
}

/// A password and whether the program made it.
pub(super) struct Password {
    pub(super) text: String,
    made: bool,
}

impl Password {
    fn tell(&self) {
        if self.made {
            note("密码（只显示这一次）：", "password (shown only this once):");
            say(&self.text);
        }
    }
}

fn password(login: &str) -> Result<Password> {
    let mut typed = String::new();
    if !std::io::stdin().is_terminal() {
        std::io::stdin()
            .read_to_string(&mut typed)
            .map_err(Error::internal)?;
    }
    match typed.lines().next() {
        Some(line) if !line.is_empty() => Ok(Password {
            text: line.to_owned(),
            made: false,
        }),
        _ => made_for(login),
    }
}

/// A password of four groups, about 93 random bits, that the rules accept.
pub(super) fn made_for(login: &str) -> Result<Password> {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    loop {
        let random: [u8; 16] = crate::ids::random()?;
        let letters = random
            .iter()
            .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()));
        let text: String = letters
            .enumerate()
            .flat_map(|(index, letter)| {
                let dash = (index > 0 && index.is_multiple_of(4)).then_some('-');
                dash.into_iter().chain(std::iter::once(char::from(*letter)))
            })
            .collect();
        if crate::identity::model::check_password(login, &text).is_ok() {
            return Ok(Password { text, made: true });
        }
    }
}
