//! The record that every export format shares. Pure: no file, no database, no clock.

pub use crate::consultations::model::Timing;
use crate::error::{Error, Result};
use crate::export::totals::Totals;
pub use crate::intake::model::contact::Office;
pub use crate::intake::model::sender::{Capacity, Sender as Details};
pub use crate::intake::model::submission::{Channel, SenderKind};
pub use crate::intake::model::whole_words::Opinion;
use crate::responses::model::Outcome;
use crate::words::Lang;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Who the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// 公开版: masked names, no contact details, no receipts, no staff names.
    Public,
    /// 存档版: everything, for the decision record (条例 Art. 33). Personal data: not to be published.
    Archive,
}

impl Edition {
    /// The code used on the command line and in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Archive => "archive",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// `Kind::Invalid` for anything else.
    pub fn parse(code: &str) -> Result<Self> {
        match code {
            "public" => Ok(Self::Public),
            "archive" => Ok(Self::Archive),
            _ => Err(Error::invalid(
                "版本只能是 public（公开版）或 archive（存档版）",
                "the edition is public or archive",
            )),
        }
    }

    /// The word people read.
    #[must_use]
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Public => lang.pick("公开版", "Public edition"),
            Self::Archive => lang.pick("存档版", "Archive edition"),
        }
    }
}

/// The file formats of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    Docx,
}

impl Format {
    /// Reads what stands after the dot of a file name.
    ///
    /// # Errors
    /// `Kind::Invalid` for a format that is not made here.
    pub fn parse(extension: &str) -> Result<Self> {
        match extension {
            "xlsx" => Ok(Self::Xlsx),
            "csv" => Ok(Self::Csv),
            "docx" => Ok(Self::Docx),
            _ => Err(Error::invalid(
                "格式只能是 xlsx、csv 或 docx",
                "the format is xlsx, csv or docx",
            )),
        }
    }

    /// What stands after the dot of a file name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Docx => "docx",
        }
    }

    /// The media type for `Content-Type` (IANA registry; RFC 7111 for CSV).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8; header=absent",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// Whether a row counts as an opinion that gets an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Valid,
    /// The same sender sent the same thing again; its outcome stands at the first one.
    Duplicate,
    /// Blank, unreadable, advertising and the like; the reason says which.
    Invalid,
    /// Taken back by the sender while the window was open: kept, needs no outcome, and its words
    /// stand in the archive only.
    Withdrawn,
}

/// Who sent it. Unmasked: [`crate::export::records`] decides what an edition shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub kind: SenderKind,
    /// The name as it may be published (张**); made by `privacy`.
    pub public_name: String,
    /// The name as it was given, of a body its name; archive only.
    pub full_name: String,
    /// Everything that is known, a body's contact person included; archive only.
    pub details: Details,
}

/// Further opinions that were merged (归并) into a row because they say the same about the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    pub channel: Channel,
    pub timing: Timing,
    /// How many opinions, not counting the row's own.
    pub count: u64,
}

/// One line of the table: one opinion, and those merged into it.
///
/// A record that has to name every sender passes each opinion as its own row with `merged` empty;
/// the totals come out the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// 序号, from 1.
    pub number: u64,
    /// Canonical labels joined by `/`, such as `二/(三)/8`; empty for the draft as a whole.
    pub section_path: String,
    pub section_heading: String,
    /// The opinion in the sender's own words.
    pub opinion: Opinion,
    pub sender: Sender,
    pub channel: Channel,
    pub received_at: Timestamp,
    pub timing: Timing,
    /// The receipt number of the submission; archive only.
    pub receipt: String,
    pub status: Status,
    /// None: not answered yet. Looked at for valid rows only.
    pub outcome: Option<Outcome>,
    /// Why, or how the draft was changed.
    pub reason: String,
    pub decided_by: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub merged: Vec<Merged>,
}

impl Row {
    /// How many opinions this row stands for, its own included: 1 when nothing was merged.
    #[must_use]
    pub fn merged_count(&self) -> u64 {
        self.merged
            .iter()
            .fold(1, |sum: u64, more| sum.saturating_add(more.count))
    }
}

/// What stands above and below the table.
#[derive(Clone, Debug)]
pub struct Head {
    /// The document's own title, such as 关于《…》公开征求意见采纳情况的反馈.
    pub title: String,
    /// The draft's title without 《》.
    pub draft_title: String,
    /// The office that publishes this (起草部门).
    pub issuer: String,
    /// First and last day of the window, both whole days in `zone`.
    pub opens_on: Date,
    pub closes_on: Date,
    /// The date printed at the foot.
    pub issued_on: Date,
    /// The moment the numbers were taken; also the creation time inside the files.
    pub as_of: Timestamp,
    /// The zone in which times are printed.
    pub zone: TimeZone,
    pub edition: Edition,
    /// The contact that the notice publishes: never hidden.
    pub published: Office,
    pub totals: Totals,
}
