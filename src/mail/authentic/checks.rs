//! What was found about where a letter comes from.

use serde::{Deserialize, Serialize};

/// A result in the words of RFC 8601, section 2.7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Pass,
    Fail,
    /// SPF: the domain thinks that this is not its server, and is not sure.
    Softfail,
    Neutral,
    /// There was nothing to check.
    #[default]
    None,
    /// No answer from the domain name system in time.
    Temperror,
    /// What the domain published, or the signature itself, cannot be used.
    Permerror,
}

impl Verdict {
    /// The keyword of the standard, without regard to case.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "pass" => Self::Pass,
            "fail" | "hardfail" => Self::Fail,
            "softfail" => Self::Softfail,
            "neutral" | "policy" => Self::Neutral,
            "none" => Self::None,
            "temperror" => Self::Temperror,
            "permerror" => Self::Permerror,
            _ => return None,
        })
    }
}

/// What the owner of a domain asks others to do with mails that are not from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    None,
    Quarantine,
    Reject,
}

/// Who checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Nobody whom we believe.
    #[default]
    Nobody,
    /// Our own mail server, in its `Authentication-Results` line.
    Server,
    /// This program, by asking the domain name system when the letter was fetched.
    Dns,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dkim {
    /// The domain that signed, lower case; empty when the signature does not say it.
    pub domain: String,
    pub result: Verdict,
}

/// Whether the sender's domain stands behind the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dmarc {
    /// The domain of `From`, lower case; empty without one.
    pub domain: String,
    /// `None` when the domain publishes none, or our mail server does not say it.
    pub policy: Option<Policy>,
    pub result: Verdict,
}

/// All that was found; in the column `letters.checks` as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checks {
    pub source: Source,
    pub spf: Verdict,
    /// At most ten, in the order of the letter.
    pub dkim: Vec<Dkim>,
    pub dmarc: Dmarc,
    pub arc: Verdict,
}

impl Checks {
    /// As JSON for the column.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Enums and strings always serialise; an empty object reads as “nobody checked”.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// What stands in the column; anything else counts as not checked.
    #[must_use]
    pub fn parse(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// Whether the office should look twice: the domain that the letter names as its sender's says
    /// that it is not from there.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.dmarc.result == Verdict::Fail
    }
}

/// A domain as it may be written down: lower-case ASCII of the length a name can have.
pub(super) fn domain(text: &str) -> String {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_sound = text.len() <= 253
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if is_sound { text } else { String::new() }
}
