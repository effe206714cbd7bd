//! Contact details found in a letter: what its labels say, then its signature, then the name its
//! sender goes by (a claim: a QQ nickname is not a name). Quoted text is never looked at: the
//! office's own telephone stands there.

use super::contact_find::Finder;
use super::email::Email;
use super::phone::Phone;
use super::span::{Part, Span, lines_of};
use serde::Serialize;

/// Where to look. The quoted text of a letter is deliberately not among it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Source<'a> {
    /// The sender's own words.
    pub words: &'a str,
    /// What was elided as a signature.
    pub signature: &'a str,
    /// The display name of the sender, as it stands in From.
    pub from_name: &'a str,
    /// Attached letters: the name of the file and its text.
    pub attached: &'a [(&'a str, &'a str)],
}

/// The office's own details, which are never the sender's.
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// In any form [`Phone::parse`] understands.
    pub phones: Vec<String>,
    pub emails: Vec<String>,
}

/// How a detail stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stood {
    /// Beside a label such as 联系电话, or introduced with 我叫.
    Label,
    /// In the closing lines or the signature.
    Signature,
    /// In the running text.
    Text,
    /// The display name in From: a claim.
    From,
}

/// One detail as it was written, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// `name`, `organisation`, `address`, `phone` or `email`.
    pub what: &'static str,
    pub stood: Stood,
    /// The characters of the letter, unchanged.
    pub raw: String,
    #[serde(flatten)]
    pub span: Span,
}

/// What was found, best guess first. Everything is a guess that the office confirms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contact {
    pub name: Option<String>,
    pub organisation: Option<String>,
    pub address: Option<String>,
    pub phones: Vec<Phone>,
    pub emails: Vec<Email>,
    pub evidence: Vec<Evidence>,
}

impl Contact {
    /// True when there is no way to reach the sender but the address the letter came from.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.phones.is_empty() && self.emails.is_empty()
    }

    /// Reads the contact details out of a letter.
    #[must_use]
    pub fn find(source: Source<'_>, office: &Office) -> Self {
        let mut texts = vec![lines_of(Part::Words, None, source.words)];
        let attached = source.attached.iter();
        texts.extend(attached.map(|(name, text)| lines_of(Part::Attachment, Some(name), text)));
        let signature = lines_of(Part::Signature, None, source.signature);
        let mut finder = Finder::new(office);
        for here in texts.iter().chain([&signature]).flatten() {
            finder.labels(here);
        }
        for here in texts.iter().flatten() {
            finder.introduction(here);
        }
        for lines in &texts {
            finder.tail(lines);
        }
        for here in &signature {
            finder.signature_line(here);
        }
        for here in texts.iter().flatten() {
            finder.running_text(here);
        }
        finder.claimed(source.from_name);
        finder.contact
    }
}
