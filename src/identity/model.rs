//! Accounts and the rules of signing in. 等保 2.0 (GB/T 22239) asks for unique identities, complex
//! passwords, handling of failed sign-ins and a session time-out.

use crate::audit::model::Actor;
use crate::error::{Error, Result};
use jiff::{Timestamp, ToSpan};

/// What a member of staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Works on remarks.
    Drafter,
    /// Looks at everything, changes nothing (法制审核, 审计, 档案).
    Auditor,
}

impl Role {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Drafter => "drafter",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Drafter, Self::Auditor]
            .into_iter()
            .find(|role| role.code() == code)
    }
}

/// One account.
#[derive(Clone, Debug)]
pub struct Staff {
    pub id: String,
    pub login: String,
    pub name: String,
    pub role: Role,
}

impl Staff {
    /// This member of staff as the one who acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Staff {
            id: self.id.clone(),
            name: self.name.clone(),
            may_change: self.role == Role::Drafter,
        }
    }
}

/// Failures that are forgiven before an account is locked.
pub const FREE_FAILURES: i32 = 5;

/// Until when an account is locked after its n-th failure in a row: not at all for the first
/// [`FREE_FAILURES`], then one minute, doubling to an hour.
#[must_use]
pub fn locked_until(failures: i32, now: Timestamp) -> Option<Timestamp> {
    let over = failures
        .checked_sub(FREE_FAILURES)
        .filter(|over| *over >= 0)?;
    let minutes = 1_i64 << i64::from(over.min(6));
    now.checked_add(minutes.min(60).minutes()).ok()
}

/// Checks a login: 2–32 letters, digits, dots, hyphens or underscores, beginning with a letter.
///
/// # Errors
/// `Kind::Invalid`.
pub fn check_login(login: &str) -> Result<()> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let fits = (2..=32).contains(&login.len())
        && login.chars().all(allowed)
        && login.starts_with(|c: char| c.is_ascii_alphabetic());
    if fits {
        return Ok(());
    }
    Err(Error::invalid(
        "登录名须为2–32位字母、数字、点、横线或下划线，并以字母开头",
        "a login has 2–32 letters, digits, dots, hyphens or underscores and begins with a letter",
    ))
}

/// Checks a password: at least 12 characters of at least three of the four kinds (small and
/// capital letters, digits, others), and not holding the login.
///
/// # Errors
/// `Kind::Invalid`.
pub fn check_password(login: &str, password: &str) -> Result<()> {
    let kinds = [
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_ascii_alphanumeric()),
    ];
    let strong = (12..=200).contains(&password.chars().count())
        && kinds.into_iter().filter(|kind| *kind).count() >= 3
        && !password.to_lowercase().contains(&login.to_lowercase());
    if strong {
        return Ok(());
    }
    Err(Error::invalid(
        "密码至少12位，须含大写字母、小写字母、数字、其他符号中的三类，且不能包含登录名",
        "a password has at least 12 characters of three kinds (small, capital, digit, other) and does not hold the login",
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_lock_backs_off() {
        let now: Timestamp = "2025-06-10T00:00:00Z".parse().unwrap();
        let minutes = |failures| {
            locked_until(failures, now).map(|until| (until.as_second() - now.as_second()) / 60)
        };
        assert_eq!(minutes(4), None);
        assert_eq!(minutes(5), Some(1));
        assert_eq!(minutes(6), Some(2));
        assert_eq!(minutes(10), Some(32));
        assert_eq!(minutes(11), Some(60));
        assert_eq!(minutes(i32::MAX), Some(60));
    }

    #[test]
    fn weak_passwords_are_refused() {
        assert!(check_password("wang", "Short1!").is_err());
        assert!(check_password("wang", "alllowercaseletters").is_err());
        assert!(check_password("wang", "Wang-2025-long-enough").is_err());
        assert!(check_password("wang", "Qing-he-2025-lu").is_ok());
    }
}
