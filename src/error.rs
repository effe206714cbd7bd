//! One error for the whole program: a kind a person can act on, what to say in both languages,
//! where it was raised, and the cause beneath it.
//!
//! Use [`Error::new`] with the [`Kind`] whose advice fits; wrap what a library reports with
//! [`Error::caused_by`]. The message says what happened, where, and what to do, in one line; it
//! never holds personal data, because it may reach a log. `web/` maps a kind to an HTTP status in
//! one place; `cli/` prints the message and exits 1.

use crate::words::{Both, Lang};
use std::fmt;
use std::panic::Location;

/// What went wrong, by what the person in front of it can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The input cannot be accepted as it is: change it and send it again.
    Invalid,
    /// No such thing, or not for this person to know of.
    NotFound,
    /// Somebody or something else came first: look again, then decide.
    Conflict,
    /// Signed in, but not allowed.
    Forbidden,
    /// Sign in first.
    Unauthenticated,
    /// Larger than the limit set in the configuration.
    TooLarge,
    /// Too often: wait and try again.
    TooMany,
    /// More comes in at once than can be written down: send it again in a moment.
    Busy,
    /// A part the program depends on does not answer: try again later.
    Unavailable,
    /// A fault of the program or the machine: report it.
    Internal,
}

type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

struct Inner {
    kind: Kind,
    message: Both,
    cause: Option<Cause>,
    raised_at: &'static Location<'static>,
}

/// See the module's own description.
pub struct Error(Box<Inner>);

/// The result every fallible function of the program returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error to be shown to a person, in both languages.
    #[track_caller]
    pub fn new(kind: Kind, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: Both::new(zh, en),
            cause: None,
            raised_at: Location::caller(),
        }))
    }

    /// Input that cannot be accepted; the commonest kind.
    #[track_caller]
    pub fn invalid(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, zh, en)
    }

    /// A fault of the program or of the machine, with its cause.
    #[track_caller]
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::new(
            Kind::Internal,
            "系统内部出错，请稍后再试；如反复出现，请联系系统管理员",
            "internal fault; try again later and tell the administrator if it stays",
        )
        .caused_by(cause)
    }

    /// Adds what a library or the system reported.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Cause>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// What the person can do about it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The one-line message in one language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> &str {
        self.0.message.in_lang(lang)
    }

    /// The message in both languages.
    #[must_use]
    pub fn both(&self) -> &Both {
        &self.0.message
    }

    /// File and line where the error was made, for the log.
    #[must_use]
    pub fn raised_at(&self) -> String {
        format!("{}:{}", self.0.raised_at.file(), self.0.raised_at.line())
    }
}

/// Why the machine refused something, in words for the middle of a message.
#[must_use]
pub fn why(cause: &std::io::Error) -> Both {
    use std::io::ErrorKind as Io;
    let (zh, en) = match cause.kind() {
        Io::NotFound => ("不存在", "it does not exist"),
        Io::PermissionDenied => ("没有权限", "permission is denied"),
        Io::ReadOnlyFilesystem => ("所在的磁盘是只读的", "the disk is read-only"),
        Io::StorageFull | Io::QuotaExceeded => ("磁盘已满", "the disk is full"),
        Io::NotADirectory => (
            "路径中有一级是文件，不是文件夹",
            "a part of the path is a file, not a folder",
        ),
        Io::AlreadyExists => ("这里已有同名的文件", "a file of that name is there"),
        Io::IsADirectory => ("这是文件夹，不是文件", "it is a folder, not a file"),
        Io::InvalidData => ("内容不是UTF-8文本", "it is not text in UTF-8"),
        Io::AddrInUse => (
            "端口已被占用",
            "the port is in use, perhaps by a copy of this program",
        ),
        Io::AddrNotAvailable => (
            "本机没有这个地址",
            "this machine does not have that address",
        ),
        _ => return Both::new(cause.to_string(), cause.to_string()),
    };
    Both::new(zh, en)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message.en)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?} at {}: {}",
            self.0.kind,
            self.raised_at(),
            self.0.message.en
        )?;
        match &self.0.cause {
            Some(cause) => write!(f, " (cause: {cause})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0
            .cause
            .as_deref()
            .map(|cause| -> &(dyn std::error::Error + 'static) { cause })
    }
}
