//! Passwords on the command line: read from standard input, so that they stand in no list of processes;
//! without one, made and printed once.

use super::output::{note, say};
use crate::error::{Error, Result};
use std::io::{IsTerminal, Read};

/// A password and whether the program made it.
pub(super) struct Password {
    pub(super) text: String,
    made: bool,
}

impl Password {
    /// Prints it, when it was made.
    pub(super) fn tell(&self) {
        if self.made {
            note("密码（只显示这一次）：", "password (shown only this once):");
            say(&self.text);
        }
    }
}

/// The first line of standard input, or one that is made when nothing comes.
pub(super) fn password(login: &str) -> Result<Password> {
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
        if crate::identity::model::check_password(login, "", &text).is_ok() {
            return Ok(Password { text, made: true });
        }
    }
}
