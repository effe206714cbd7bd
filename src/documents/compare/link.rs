//! What can be said of a place in one version and a place in the next.

use crate::words::Lang;
use serde::{Deserialize, Serialize};

/// How a section of the new version stands to the old one.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Same words, same number, same place.
    Same,
    /// The number or the address is another; place and order are kept.
    Renumbered,
    /// Same place and number, other words.
    Edited,
    /// Under another part, or before what stood before it.
    Moved,
    /// The words of one old section stand in several new ones.
    Split,
    /// The words of several old sections stand in one new one.
    Merged,
    New,
    Gone,
}

impl Change {
    /// All of them, in the order in which an office reads them.
    pub const ALL: [Self; 8] = [
        Self::Same,
        Self::Renumbered,
        Self::Edited,
        Self::Moved,
        Self::Split,
        Self::Merged,
        Self::New,
        Self::Gone,
    ];

    /// How it is kept in the database and sent in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Renumbered => "renumbered",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }

    /// The reverse of [`Change::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }

    /// What a reader is told.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Same => ("未变", "unchanged"),
            Self::Renumbered => ("仅序号变化", "renumbered only"),
            Self::Edited => ("有修改", "edited"),
            Self::Moved => ("位置变化", "moved"),
            Self::Split => ("拆分", "split"),
            Self::Merged => ("合并", "merged"),
            Self::New => ("新增", "new"),
            Self::Gone => ("删除", "removed"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// One link between a place of the old version and a place of the new one. Places are named by
/// their anchors (`model::Place::anchor`).
///
/// A section that was split has several links with one `from`; sections that were merged have
/// several with one `to`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// `None` for a new place only.
    pub from: Option<String>,
    /// `None` for a place that is gone only.
    pub to: Option<String>,
    pub change: Change,
    /// Per mille. How alike the two places' own words are (Dice, 1000 = the same); for a split,
    /// how much of the old words this piece holds; for a merger, how much of the new words came
    /// from this one. 0 where one side is missing.
    pub likeness: u16,
    /// Moved or renumbered, and the words changed too.
    pub also_edited: bool,
}

impl Link {
    /// What a reader is told of this link.
    #[must_use]
    pub const fn word(&self, lang: Lang) -> &'static str {
        match (self.change, self.also_edited, lang) {
            (Change::Renumbered, true, Lang::Zh) => "序号变化，文字也有修改",
            (Change::Renumbered, true, Lang::En) => "renumbered and edited",
            (Change::Moved, true, Lang::Zh) => "位置变化，文字也有修改",
            (Change::Moved, true, Lang::En) => "moved and edited",
            (change, _, lang) => change.word(lang),
        }
    }
}
