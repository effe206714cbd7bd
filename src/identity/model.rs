//! Accounts and the rules of signing in. 等保 2.0 (GB/T 22239) asks for unique identities, complex
//! passwords, handling of failed sign-ins and a session time-out.

mod patterns;

use crate::audit::model::Actor;
use crate::error::{Error, Result};
use crate::width::half_width;
use crate::words::Lang;
use patterns::is_plain;
use strum::VariantArray;
use zxcvbn::{Score, zxcvbn};

/// What a member of staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Role {
    /// Works on remarks.
    Drafter,
    /// Looks at everything, changes nothing (法制审核, 审计, 档案).
    Auditor,
    /// Works on remarks, and sees who signed in and what was done to accounts.
    Administrator,
}

impl Role {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Drafter => "drafter",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The words for it.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Drafter, Lang::Zh) => "经办",
            (Self::Drafter, Lang::En) => "drafter",
            (Self::Auditor, Lang::Zh) => "只读",
            (Self::Auditor, Lang::En) => "auditor",
            (Self::Administrator, Lang::Zh) => "管理员",
            (Self::Administrator, Lang::En) => "administrator",
        }
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn may_change(self) -> bool {
        self != Self::Auditor
    }

    /// The role of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::VARIANTS
            .iter()
            .copied()
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
    /// Somebody else set the password: nothing else can be done before it is changed.
    pub must_change_password: bool,
}

impl Staff {
    /// This member of staff as the one who acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Staff {
            id: self.id.clone(),
            name: self.name.clone(),
            may_change: self.role.may_change(),
        }
    }
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

/// Words that passwords of Chinese-speaking users are often made of; the estimator's own lists are
/// mostly English.
const COMMON: [&str; 18] = [
    "woaini", "woaiwo", "1314520", "5201314", "1314", "520", "zhongguo", "beijing", "shanghai",
    "admin", "jianyan", "yijian", "qwerasdf", "asdfzxcv", "1qaz2wsx", "qazwsx", "mima", "gongan",
];

/// Shortest password, in characters (NIST SP 800-63B-4 asks for 15 without a second factor and no
/// composition; OWASP ASVS 5.0, 6.2.1 for 8 at least and 15 recommended).
const SHORTEST: usize = 12;
const LONGEST: usize = 200;

/// Checks a new password: 12 to 200 characters of any kind, not common, not made of the login or the
/// name. How hard it is to guess is estimated by zxcvbn; three of its four points are wanted.
///
/// # Errors
/// `Kind::Invalid`, which says what to do.
pub fn check_password(login: &str, name: &str, password: &str) -> Result<()> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(Error::invalid(
            format!(
                "密码须为{SHORTEST}–{LONGEST}个字符，现在是{length}个；可以用几个不相关的词连成一句"
            ),
            format!(
                "a password has {SHORTEST} to {LONGEST} characters and this one has {length}; several unrelated words make a good one"
            ),
        ));
    }
    let mut known: Vec<&str> = COMMON.to_vec();
    known.extend([login, name]);
    let holds_login = password.to_lowercase().contains(&login.to_lowercase());
    let holds_name = !name.is_empty() && password.contains(name);
    if holds_login || holds_name {
        return Err(Error::invalid(
            "密码里不能有登录名或姓名，请换一个",
            "a password does not hold the login or the name; choose another",
        ));
    }
    // What is typed in full width is guessed like what is not.
    let narrow = half_width(password);
    let is_guessed = is_plain(password, &known) || zxcvbn(&narrow, &known).score() < Score::Three;
    if is_guessed {
        return Err(Error::invalid(
            "这个密码太常见、太容易猜中，请换一个；可以用几个不相关的词连成一句",
            "this password is too common or too easy to guess; choose another, for example several unrelated words",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn common_and_short_passwords_are_refused() {
        for password in [
            "Short1!",
            "Password1234",
            "password1234",
            "PASSWORD1234!",
            "qwertyuiop12",
            "1qaz2wsx3edc",
            "woaini1314520",
            "aaaaaaaaaaaa",
            "123456789012",
            "abcdefghijkl",
            "Wang-2025-long-enough",
            "admin@123456",
            "20250101200101",
            "长长长长长长长长长长长长",
            "这是王一苇的登录密码没错",
            "ｐａｓｓｗｏｒｄ１２３４",
            "一二三四五六七八九十百千",
            "asdfghjkl123",
            "woaini5201314",
        ] {
            assert!(
                check_password("wang", "王一苇", password).is_err(),
                "{password}"
            );
        }
        assert!(check_password("wang", "王一苇", &"长短".repeat(101)).is_err());
    }

    #[test]
    fn long_and_unusual_ones_are_taken_without_a_pattern() {
        for password in [
            "Qing-he-2025-lu",
            "correct horse battery staple",
            "门前石榴七月开花不结果",
            "w64x-yW9u-egRf-zNdg",
            "lantern river seven chairs",
        ] {
            let checked = check_password("wang", "王一苇", password);
            assert_eq!(
                checked.is_ok(),
                password.chars().count() >= SHORTEST,
                "{password}"
            );
        }
    }
}
