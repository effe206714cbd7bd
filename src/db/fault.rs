//! What diesel reports, as errors a person can act on.

use crate::error::{Error, Kind};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// What SQLite and PostgreSQL say when a disk takes nothing more: it is full, or was made
/// read-only after a fault. PostgreSQL speaks the language of its server.
const UNWRITABLE: [&str; 5] = [
    "disk is full",
    "disk I/O error",
    "readonly database",
    "No space left",
    "设备上没有空间",
];

impl From<DieselError> for Error {
    #[track_caller]
    fn from(cause: DieselError) -> Self {
        if matches!(cause, DieselError::NotFound) {
            return Self::new(
                Kind::NotFound,
                "没有找到所要的记录，请核对后再试",
                "no such record; check the address or number and try again",
            );
        }
        let text = cause.to_string();
        if says_unwritable(&text) {
            return Self::new(
                Kind::Unavailable,
                "数据磁盘写不进去（可能已满），内容没有保存，请联系系统管理员后重试",
                "the data disk cannot be written (perhaps full); nothing was saved, tell the administrator and try again",
            )
            .caused_by(cause);
        }
        // No text of a PostgreSQL database holds the character NUL, so nothing there is named by one.
        if text.contains("invalid byte sequence for encoding") {
            return Self::new(
                Kind::Invalid,
                "所填内容或网址里有数据库不能保存的字符（空字符），请删去后再试",
                "what was sent holds a character that the database cannot keep (NUL); remove it and try again",
            )
            .caused_by(cause);
        }
        if lost_connection(&cause) {
            return unreachable_database().caused_by(cause);
        }
        Self::internal(cause)
    }
}

/// Whether a database says that its disk takes nothing more.
pub(super) fn says_unwritable(text: &str) -> bool {
    UNWRITABLE.iter().any(|sign| text.contains(sign))
}

/// The error for a database that does not answer.
#[track_caller]
pub(super) fn unreachable_database() -> Error {
    Error::new(
        Kind::Unavailable,
        "数据库暂时无法连接，内容没有保存，请稍后再试",
        "the database cannot be reached and nothing was saved; try again later",
    )
}

fn lost_connection(cause: &DieselError) -> bool {
    matches!(
        cause,
        DieselError::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        ) | DieselError::BrokenTransactionManager
    )
}

/// Whether running the same transaction again may succeed: two transactions met (PostgreSQL's
/// SQLSTATE 40001 and 40P01).
pub(super) fn may_retry(error: &Error) -> bool {
    let cause =
        std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<DieselError>());
    match cause {
        Some(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(DieselError::DatabaseError(_, detail)) => {
            let said = detail.message();
            said.contains("deadlock detected") || said.contains("死锁")
        }
        _ => false,
    }
}
