//! The addresses of the database and of the virus scanner.

use crate::error::{Error, Result};
use serde::Deserialize;
use std::fmt;
use std::path::PathBuf;

/// Where the data lies, from the address in the configuration.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A file, from `sqlite:PATH` or `sqlite://PATH`.
    Sqlite(PathBuf),
    /// A server, from `postgres://…` or `postgresql://…`. Holds a password: never log it.
    Postgres(String),
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => f.debug_tuple("Postgres").finish_non_exhaustive(),
        }
    }
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

    /// Host, port and name of a database on a server, for messages: never the password. `None` when
    /// they cannot be told apart with certainty.
    #[must_use]
    pub fn server(&self) -> Option<String> {
        let Self::Postgres(text) = self else {
            return None;
        };
        let (_, rest) = text.split_once("://")?;
        // A sign in a password that should have been written as %XX may look like a part of the address.
        let (secret, place) = rest.rsplit_once('@').unwrap_or(("", rest));
        if secret.contains(['/', '?', '#', '@']) {
            return None;
        }
        let url = url::Url::parse(&format!("postgres://{place}")).ok()?;
        let stated = |name: &str| {
            let mut pairs = url.query_pairs();
            let (_, value) = pairs.find(|(key, _)| key == name)?;
            Some(value.into_owned())
        };
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.map(str::to_owned).or_else(|| stated("host"))?;
        let port = url.port().map(|port| port.to_string());
        let port = port.or_else(|| stated("port"));
        let name = url.path().trim_start_matches('/');
        Some(format!(
            "{host}:{}/{name}",
            port.unwrap_or_else(|| "5432".to_owned())
        ))
    }

    /// The address for libpq. It waits ten seconds for a server, unless the address says how long:
    /// by itself it waits for minutes.
    #[must_use]
    pub fn with_patience(url: &str) -> String {
        if url.contains("connect_timeout") {
            return url.to_owned();
        }
        let sign = if url.contains('?') { '&' } else { '?' };
        format!("{url}{sign}connect_timeout=10")
    }
}

/// Where ClamAV's daemon listens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ClamdAddress {
    /// `tcp://host:port`, held as `host:port`.
    Tcp(String),
    /// `unix:/path`.
    Unix(PathBuf),
}

impl TryFrom<String> for ClamdAddress {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        if let Some(path) = text
            .strip_prefix("unix:")
            .filter(|path| path.starts_with('/'))
        {
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        let host = text.strip_prefix("tcp://");
        let port = host.and_then(|host| host.rsplit_once(':'));
        match (host, port.map(|(name, port)| (name, port.parse::<u16>()))) {
            (Some(host), Some((name, Ok(_)))) if !name.is_empty() => Ok(Self::Tcp(host.to_owned())),
            _ => Err("clamd must be tcp://host:port or unix:/path".to_owned()),
        }
    }
}
