//! Where a consultation stands and what became of an opinion: words, classes and marks.

use crate::consultations::model::{Consultation, Stage as ModelStage};
use crate::words::Lang;
use jiff::Timestamp;

/// Where a consultation stands on the day the page is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Announced; the first day has not come.
    Coming,
    /// Comments are taken.
    Open,
    /// The last day has passed; the office is at work on the comments.
    Closed,
    /// The outcomes are published.
    Answered,
}

impl Stage {
    /// The word beside the mark.
    #[must_use]
    pub fn word(self, lang: &Lang) -> &'static str {
        match self {
            Self::Coming => lang.pick("即将开始", "Opening soon"),
            Self::Open => lang.pick("征求意见中", "Open for comment"),
            Self::Closed => lang.pick("已截止", "Closed"),
            Self::Answered => lang.pick("已反馈", "Answered"),
        }
    }

    /// The end of the class `status-…`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Answered => "answered",
        }
    }
}

/// Where a consultation stands at an instant.
#[must_use]
pub fn stage(consultation: &Consultation, now: Timestamp) -> Stage {
    match consultation.stage(now) {
        ModelStage::Coming => Stage::Coming,
        ModelStage::Open => Stage::Open,
        ModelStage::Closed => Stage::Closed,
        ModelStage::Answered => Stage::Answered,
    }
}

pub use crate::consultations::model::Timing;
pub use crate::responses::model::Outcome;
