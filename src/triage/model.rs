//! Questions to the queue and what it answers.

use crate::consultations::model::Timing;
use crate::counts::model::{State, Tally};
use crate::intake::model::submission::Channel;
use crate::responses::model::Outcome;
use jiff::Timestamp;

/// A place in the queue: the time of receipt in microseconds, then the remark's identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub received_at: i64,
    pub id: String,
}

impl Cursor {
    /// The form in an address: `1749520800000000.0197…`.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}.{}", self.received_at, self.id)
    }

    /// Reads the form in an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (received_at, id) = text.split_once('.')?;
        Some(Self {
            received_at: received_at.parse().ok()?,
            id: Some(id).filter(|id| crate::ids::is_id(id))?.to_owned(),
        })
    }
}

/// Which section is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnSection {
    Whole,
    Section(String),
}

/// Which remarks are asked for; everything unset means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<State>,
    pub section: Option<OnSection>,
    pub channel: Option<Channel>,
    pub timing: Option<Timing>,
    /// Words that the remark holds.
    pub words: Option<String>,
}

impl Filter {
    /// Whether every remark is asked for.
    #[must_use]
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }

    /// Whether remarks that are alike in this are asked for, whatever their words.
    #[must_use]
    pub fn fits(&self, tally: &Tally) -> bool {
        self.state.is_none_or(|state| state == tally.state)
            && self.channel.is_none_or(|channel| channel == tally.channel)
            && self.timing.is_none_or(|timing| timing == tally.timing)
            && match &self.section {
                None => true,
                Some(OnSection::Whole) => tally.section_id.is_none(),
                Some(OnSection::Section(id)) => tally.section_id.as_ref() == Some(id),
            }
    }
}

/// Which page: from the start, after a place, or before one.
#[derive(Clone, Debug, Default)]
pub enum Page {
    #[default]
    First,
    After(Cursor),
    Before(Cursor),
}

/// A remark in the queue, oldest first.
#[derive(Clone, Debug)]
pub struct Queued {
    pub id: String,
    /// Its number in the whole consultation by time of receipt, from 1.
    pub number: u64,
    pub submission_id: String,
    pub section_id: Option<String>,
    pub text: String,
    pub channel: Channel,
    pub timing: Timing,
    pub received_at: Timestamp,
    pub outcome: Option<Outcome>,
    /// Taken back by the sender.
    pub withdrawn_at: Option<Timestamp>,
}

impl Queued {
    /// Its place in the queue.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            received_at: crate::clock::to_micros(self.received_at),
            id: self.id.clone(),
        }
    }
}

/// One remark with what it hangs on.
#[derive(Clone, Debug)]
pub struct Remark {
    pub id: String,
    pub submission_id: String,
    pub section_id: Option<String>,
    pub text: String,
    pub evidence: Option<String>,
    pub channel: Channel,
    pub timing: Timing,
    pub received_at: Timestamp,
    /// Counts the times it was moved.
    pub revision: i32,
    /// Taken back by the sender: needs no outcome.
    pub withdrawn_at: Option<Timestamp>,
}

impl Remark {
    /// Its place by time of receipt.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            received_at: crate::clock::to_micros(self.received_at),
            id: self.id.clone(),
        }
    }
}
