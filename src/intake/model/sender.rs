//! Who speaks, and how they are reached.

use crate::words::Lang;
use serde::{Deserialize, Serialize};

/// Whether a person or a body speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SenderKind {
    #[default]
    Person,
    Organisation,
}

impl SenderKind {
    /// The code that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }

    /// The kind of a stored code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Person, Self::Organisation]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// In what capacity somebody speaks; stated by the sender, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    Resident,
    Enterprise,
    Expert,
    Association,
    Official,
    Other,
}

impl Capacity {
    /// Every capacity, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Resident,
        Self::Enterprise,
        Self::Expert,
        Self::Association,
        Self::Official,
        Self::Other,
    ];

    /// The code that forms send and that is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Enterprise => "enterprise",
            Self::Expert => "expert",
            Self::Association => "association",
            Self::Official => "official",
            Self::Other => "other",
        }
    }

    /// The capacity of a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// The word for it.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Resident => lang.pick("居民", "Resident"),
            Self::Enterprise => lang.pick("企业或个体经营者", "Business"),
            Self::Expert => lang.pick("专家学者", "Expert"),
            Self::Association => lang.pick("协会、社会组织", "Association"),
            Self::Official => lang.pick("人大代表、政协委员", "Deputy or CPPCC member"),
            Self::Other => lang.pick("其他", "Other"),
        }
    }
}

/// Who sent it and how they are reached. Sealed as JSON; never logged.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub kind: SenderKind,
    /// The person's name, or the contact person of an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Normalised numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 统一社会信用代码, its check character right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_code: Option<String>,
    /// Where the sender lives or works, in the sender's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sender(…)")
    }
}

impl Sender {
    /// The first way to reach the sender; people are counted by it.
    #[must_use]
    pub fn first_way(&self) -> Option<&str> {
        self.phones
            .first()
            .or(self.emails.first())
            .map(String::as_str)
    }

    /// The name a full record shows: the organisation and its contact person, or the person.
    #[must_use]
    pub fn full_name(&self) -> String {
        match (self.kind, &self.organisation, &self.name) {
            (SenderKind::Organisation, Some(body), Some(person)) => format!("{body}（{person}）"),
            (SenderKind::Organisation, Some(body), None) => body.clone(),
            (_, _, Some(name)) => name.clone(),
            (_, Some(body), None) => body.clone(),
            (_, None, None) => String::new(),
        }
    }
}
