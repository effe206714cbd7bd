//! A message of the office.

use crate::error::{Error, Result};
use jiff::Timestamp;

/// The longest message, in characters.
pub const LONGEST: usize = 5_000;

/// A message that the office wrote. Its words are never logged.
#[derive(Clone)]
pub struct Message {
    pub id: String,
    pub submission_id: String,
    /// Empty once the sender's contact details were erased.
    pub words: String,
    /// The name of whoever wrote it.
    pub written_by: String,
    pub written_at: Timestamp,
}

/// Checks the words of a message, and answers them with plain line ends and no space around them.
///
/// # Errors
/// `Kind::Invalid`, in words for the office.
pub fn check_words(typed: &str) -> Result<String> {
    let plain = typed.replace("\r\n", "\n").replace('\r', "\n");
    let plain = plain.trim();
    if plain.is_empty() {
        return Err(Error::invalid("请填写邮件内容", "Write the message"));
    }
    let length = plain.chars().count();
    if length > LONGEST {
        return Err(Error::invalid(
            format!("写了{length}个字，最多{LONGEST}个字，请删减或分两次写"),
            format!(
                "This has {length} characters; at most {LONGEST} are possible. Shorten it or write twice"
            ),
        ));
    }
    let hidden = |c: char| c.is_control() && c != '\n' && c != '\t';
    if plain.chars().any(hidden) {
        return Err(Error::invalid(
            "里面有看不见的控制字符，请把这一段重新输入一遍",
            "This holds invisible control characters; type that passage again",
        ));
    }
    Ok(plain.to_owned())
}

/// What the sealed words of a message are bound to.
pub(super) fn words_of(message_id: &str) -> String {
    format!("{message_id}/words")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_message_has_words_and_no_hidden_signs() {
        assert_eq!(
            check_words(" 您好：\r\n请补充。\n").unwrap(),
            "您好：\n请补充。"
        );
        for wrong in ["", " \n", "甲\u{7}乙", &"长".repeat(LONGEST + 1)] {
            assert!(check_words(wrong).is_err());
        }
        assert!(check_words(&"长".repeat(LONGEST)).is_ok());
    }
}
