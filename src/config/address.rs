//! The address of the database.

use crate::error::{Error, Result};
use std::path::PathBuf;

/// Where the data lies, from the address in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file, from `sqlite:PATH` or `sqlite://PATH`.
    Sqlite(PathBuf),
    /// A server, from `postgres://…` or `postgresql://…`. Holds a password: never log it.
    Postgres(String),
}

impl Address {
    /// Reads a database address; the scheme decides which database it is.
    ///
    /// # Errors
    /// `Kind::Invalid` for any other scheme.
    pub fn parse(text: &str) -> Result<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text
            .strip_prefix("sqlite:")
            .map(|rest| rest.strip_prefix("//").unwrap_or(rest));
        match path {
            Some(path) if !path.is_empty() => Ok(Self::Sqlite(PathBuf::from(path))),
            _ => Err(Error::invalid(
                "database_url 须以 sqlite: 或 postgres:// 开头，例如 sqlite:/var/lib/jianyan/jianyan.db",
                "database_url must start with sqlite: or postgres://, for example sqlite:/var/lib/jianyan/jianyan.db",
            )),
        }
    }
}
