//! What can be asked, and what became of it.

use crate::error::{Error, Result};
use crate::words::Lang;
use jiff::Timestamp;

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// 查阅、复制 (Art. 45).
    Copy,
    /// 更正、补充 (Art. 46).
    Correct,
    /// 删除 (Art. 47).
    Erase,
}

impl RequestKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Copy, Self::Correct, Self::Erase];

    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Correct => "correct",
            Self::Erase => "erase",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The words for it.
    #[must_use]
    pub fn word(self, lang: impl std::borrow::Borrow<Lang>) -> &'static str {
        let lang = lang.borrow();
        match self {
            Self::Copy => lang.pick("查阅、复制我的个人信息", "A copy of my data"),
            Self::Correct => lang.pick("更正我的个人信息", "Correct my data"),
            Self::Erase => lang.pick("删除我的联系方式", "Erase my contact details"),
        }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: String,
    pub consultation_id: String,
    pub submission_id: String,
    pub kind: RequestKind,
    /// What the person wrote beside it, opened.
    pub note: Option<String>,
    pub asked_at: Timestamp,
    /// `None` while it waits.
    pub done: Option<Done>,
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub at: Timestamp,
    pub by: String,
    /// What the office tells the person.
    pub answer: String,
}

/// Longest note and longest answer, in characters.
pub const LONGEST: usize = 2_000;

/// Checks what is written on either side: not endless, no control characters. Empty is `None`.
///
/// # Errors
/// `Kind::Invalid`, in words for whoever wrote it.
pub fn check_words(typed: &str) -> Result<Option<String>> {
    let plain = typed.replace("\r\n", "\n").replace('\r', "\n");
    let plain = plain.trim();
    if plain.chars().count() > LONGEST {
        return Err(Error::invalid(
            format!("最多{LONGEST}个字，请删减"),
            format!("At most {LONGEST} characters; shorten it"),
        ));
    }
    if plain
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Error::invalid(
            "里面有看不见的控制字符，请删去后再提交",
            "It holds invisible control characters; remove them and send it again",
        ));
    }
    Ok(Some(plain.to_owned()).filter(|plain| !plain.is_empty()))
}

/// What the sealed note of a request is bound to.
pub(super) fn note_of(request_id: &str) -> String {
    format!("{request_id}/note")
}
