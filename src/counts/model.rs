//! What is counted.

use crate::consultations::model::Timing;
use crate::error::Result;
use crate::intake::model::submission::Channel;
use crate::responses::model::Outcome;

/// How far a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Without an outcome.
    Open,
    With(Outcome),
    /// Taken back by its sender, whatever was said to it before.
    Withdrawn,
}

impl State {
    /// The code in the column `remarks.state`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::With(outcome) => outcome.code(),
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// `Kind::Invalid` for anything else.
    pub fn parse(code: &str) -> Result<Self> {
        match code {
            "open" => Ok(Self::Open),
            "withdrawn" => Ok(Self::Withdrawn),
            outcome => Outcome::parse(outcome).map(Self::With),
        }
    }
}

/// How many remarks are alike in everything that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// `None` for the draft as a whole.
    pub section_id: Option<String>,
    pub channel: Channel,
    pub timing: Timing,
    pub state: State,
    /// At least 1.
    pub remarks: u64,
}

/// Who wrote in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Senders {
    /// 来件.
    pub submissions: u64,
    /// Different persons and bodies, by the first way to reach them; who left none counts for one.
    pub people: u64,
}

/// What is in a consultation and what is still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    pub submissions: u64,
    pub remarks: u64,
    /// Without an outcome.
    pub open: u64,
    /// Received after the window.
    pub late: u64,
}

/// The place of a remark in the order of receipt: its time in microseconds and its identifier, which
/// tells apart those of one instant.
pub type Place = (i64, String);
