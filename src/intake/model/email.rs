//! An e-mail address as people type it: full-width signs, 。 for a dot, blanks, `mailto:`.
//! The syntax is that of the HTML `input type=email` rule, as the `validator` crate checks it.

use crate::error::{Error, Result};
use crate::width::half;
use serde::{Serialize, Serializer};
use validator::ValidateEmail;

/// A well-formed address; the domain in lower case, the local part as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email {
    address: String,
    raw: String,
}

/// In JSON an address is one string.
impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.address)
    }
}

impl Email {
    /// Reads what somebody typed into an e-mail field.
    ///
    /// # Errors
    /// `Invalid`, saying what is wrong and giving an example; the message never repeats the address.
    pub fn parse(typed: &str) -> Result<Self> {
        let tidy = tidy(typed);
        let Some((local, domain)) = tidy.rsplit_once('@') else {
            let (zh, en) = if tidy.is_empty() {
                ("请填写电子邮箱", "enter an e-mail address")
            } else {
                ("电子邮箱里缺少“@”", "the e-mail address has no @")
            };
            return Err(Error::invalid(
                format!("{zh}，例如 zhang@example.org"),
                format!("{en}, such as zhang@example.org"),
            ));
        };
        let address = format!("{local}@{}", domain.to_lowercase());
        if !address.validate_email() || !domain.contains('.') {
            return Err(Error::invalid(
                "电子邮箱的格式不对：“@”前后应是字母、数字和点，后面要有域名，例如 zhang@example.org",
                "not an e-mail address: letters, digits and dots around one @, then a domain, such as zhang@example.org",
            ));
        }
        Ok(Self {
            address,
            raw: typed.trim().to_owned(),
        })
    }

    /// The normalised address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// What was typed, unchanged.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// For pages where the whole address is not needed: `z***@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.address.rsplit_once('@').unwrap_or_default();
        let first: String = local.chars().take(1).collect();
        format!("{first}***@{domain}")
    }

    /// Whether both reach the same mailbox: compared without regard to case.
    #[must_use]
    pub fn same_as(&self, other: &str) -> bool {
        self.address.eq_ignore_ascii_case(other.trim())
    }
}

fn tidy(typed: &str) -> String {
    let folded: String = typed
        .chars()
        .map(|c| match half(c) {
            '。' | '｡' | '﹒' | '．' => '.',
            '﹫' => '@',
            other => other,
        })
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
        })
        .collect();
    let lower = folded.to_ascii_lowercase();
    let start = lower.find("mailto:").map_or(0, |at| at + "mailto:".len());
    let bare = folded.get(start..).unwrap_or_default();
    let bare = bare.split('?').next().unwrap_or_default();
    bare.trim_start_matches(['<', '(', '[', '"', '\'', '“', '《', ':'])
        .trim_end_matches([
            '>', ')', ']', '"', '\'', '”', '》', ',', ';', '.', '、', ':', '!', '…',
        ])
        .to_owned()
}
