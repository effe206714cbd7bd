//! A mailbox that is read.

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

const FORM: &str = "must look like imaps://user:password@imap.example.org/INBOX, imap://… (STARTTLS) or maildir:/path; \
     signs such as @ : / ? # in the password are written as %40 %3A %2F %3F %23";

/// How the connection to a mailbox is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImapTls {
    /// From the first byte (`imaps://`).
    Wrapped,
    /// By STARTTLS, or nothing is read (`imap://`).
    Required,
    /// Not at all (`imap://…?tls=none`): for a server on the same machine.
    None,
}

/// What is done at the server with a letter that is safely in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// Nothing: the mailbox is only ever looked at.
    Leave,
    /// It is marked as seen.
    Seen,
    /// It is moved to a folder.
    Move(String),
}

/// How to sign in.
#[derive(Clone, PartialEq, Eq)]
pub enum Secret {
    Password(String),
    /// A command that prints an OAuth 2 access token on one line (SASL XOAUTH2).
    TokenCommand(String),
}

/// A mailbox on a server.
#[derive(Clone, PartialEq, Eq)]
pub struct Imap {
    pub host: String,
    pub port: u16,
    pub tls: ImapTls,
    pub user: String,
    pub secret: Secret,
    pub folder: String,
    pub afterwards: Afterwards,
}

/// Where letters are.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    Imap(Imap),
    /// A folder with `new` and `cur` on this machine; never changed.
    Maildir(PathBuf),
}

/// A mailbox that is read, from one entry of the setting `mailboxes`. Holds a password: it is
/// neither printed nor logged.
#[derive(Clone, Deserialize)]
#[serde(try_from = "Entry")]
pub struct Mailbox {
    /// What the office calls it.
    pub name: String,
    pub place: Place,
    /// Short name of the consultation all its letters are for; without it each letter says by its
    /// recipient, its thread or its subject which one it means.
    pub consultation: Option<String>,
    /// Pause between two looks.
    pub poll: Duration,
}

impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mailbox").field(&self.name).finish()
    }
}

/// As it stands in the settings: an address alone, or a table.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Address(String),
    Table(Table),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    url: String,
    name: Option<String>,
    token_command: Option<String>,
}

impl TryFrom<Entry> for Mailbox {
    type Error = String;

    fn try_from(entry: Entry) -> Result<Self, String> {
        match entry {
            Entry::Address(url) => Self::read(&url, None, None),
            Entry::Table(table) => Self::read(&table.url, table.name, table.token_command),
        }
    }
}

impl Mailbox {
    /// Reads an address with its options: `consultation=SLUG`, `after=seen`, `after=move:FOLDER`,
    /// `poll=SECONDS`, `tls=none`.
    ///
    /// # Errors
    /// What is wrong with it, without repeating any of it.
    pub fn read(
        address: &str,
        name: Option<String>,
        token_command: Option<String>,
    ) -> Result<Self, String> {
        let url = Url::parse(address).map_err(|_| FORM)?;
        let options = Options::read(&url)?;
        let place = match url.scheme() {
            "maildir" => {
                if options.afterwards != Afterwards::Leave || options.unencrypted {
                    return Err("a maildir is only looked at; leave after= and tls= out".to_owned());
                }
                let path = plain(url.path())?;
                if !path.starts_with('/') {
                    return Err("a maildir needs a whole path: maildir:/var/mail/office".to_owned());
                }
                Place::Maildir(PathBuf::from(path))
            }
            "imap" | "imaps" => Place::Imap(imap(&url, &options, token_command)?),
            _ => return Err(FORM.to_owned()),
        };
        Ok(Self {
            name: name.unwrap_or_else(|| place.usual_name()),
            place,
            consultation: options.consultation,
            poll: options.poll,
        })
    }

    /// What tells this mailbox from others for ever: where it is and whose, not how it is read.
    #[must_use]
    pub fn identity(&self) -> String {
        match &self.place {
            Place::Imap(imap) => format!(
                "imap {}@{}:{}/{}",
                imap.user, imap.host, imap.port, imap.folder
            ),
            Place::Maildir(path) => format!("maildir {}", path.display()),
        }
    }
}

impl Place {
    fn usual_name(&self) -> String {
        match self {
            Self::Imap(imap) if imap.user.contains('@') => imap.user.clone(),
            Self::Imap(imap) => format!("{}@{}", imap.user, imap.host),
            Self::Maildir(path) => path.display().to_string(),
        }
    }
}

struct Options {
    consultation: Option<String>,
    afterwards: Afterwards,
    poll: Duration,
    unencrypted: bool,
}

impl Options {
    fn read(url: &Url) -> Result<Self, String> {
        let mut options = Self {
            consultation: None,
            afterwards: Afterwards::Leave,
            poll: Duration::from_secs(60),
            unencrypted: false,
        };
        for (key, value) in url.query_pairs() {
            match (&*key, &*value) {
                ("consultation", slug) => options.consultation = Some(slug.to_owned()),
                ("after", "leave") => options.afterwards = Afterwards::Leave,
                ("after", "seen") => options.afterwards = Afterwards::Seen,
                ("after", other) => {
                    let folder = other.strip_prefix("move:").filter(|name| !name.is_empty());
                    let folder = folder.ok_or("after must be leave, seen or move:FOLDER")?;
                    options.afterwards = Afterwards::Move(folder.to_owned());
                }
                ("poll", seconds) => {
                    let seconds = seconds.parse().ok().filter(|s| (5..=86_400).contains(s));
                    let seconds = seconds.ok_or("poll must be from 5 to 86400 seconds")?;
                    options.poll = Duration::from_secs(seconds);
                }
                ("tls", "none") => options.unencrypted = true,
                _ => {
                    return Err(
                        "of options there are consultation=, after=, poll= and tls=none".to_owned(),
                    );
                }
            }
        }
        Ok(options)
    }
}

fn plain(coded: &str) -> Result<String, String> {
    let text = percent_decode_str(coded).decode_utf8().map_err(|_| FORM)?;
    // What goes into a command of IMAP is one line.
    if text.contains(char::is_control) {
        return Err("must not hold line breaks or other control characters".to_owned());
    }
    Ok(text.into_owned())
}

fn imap(url: &Url, options: &Options, token_command: Option<String>) -> Result<Imap, String> {
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(FORM)?;
    let tls = match (url.scheme(), options.unencrypted) {
        ("imaps", false) => ImapTls::Wrapped,
        ("imap", false) => ImapTls::Required,
        ("imap", true) => ImapTls::None,
        _ => return Err("tls=none goes with imap:// alone".to_owned()),
    };
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    if tls == ImapTls::None && !is_here {
        return Err("would send the password unencrypted; leave tls=none out".to_owned());
    }
    let secret = match (url.password(), token_command) {
        (Some(password), None) => Secret::Password(plain(password)?),
        (None, Some(command)) => Secret::TokenCommand(command),
        _ => return Err("needs a password or a token_command, one of them".to_owned()),
    };
    if url.username().is_empty() {
        return Err(FORM.to_owned());
    }
    let folder = plain(url.path().trim_matches('/'))?;
    let usual = if tls == ImapTls::Wrapped { 993 } else { 143 };
    Ok(Imap {
        host: host.trim_matches(['[', ']']).to_owned(),
        port: url.port().unwrap_or(usual),
        tls,
        user: plain(url.username())?,
        secret,
        folder: if folder.is_empty() {
            "INBOX".to_owned()
        } else {
            folder
        },
        afterwards: options.afterwards.clone(),
    })
}

#[cfg(test)]
mod tests;
