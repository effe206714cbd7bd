//! Questions to the queue and what it answers.

use crate::consultations::model::Timing;
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

/// Which outcome is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    NotYet,
    With(Outcome),
    /// Taken back by the sender: needs none.
    Withdrawn,
}

/// Which section is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnSection {
    Whole,
    Section(String),
}

/// Which remarks are asked for; everything unset means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub answered: Option<Answered>,
    pub section: Option<OnSection>,
    pub channel: Option<Channel>,
    pub timing: Option<Timing>,
    /// Words that the remark holds.
    pub words: Option<String>,
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
    pub number: i64,
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
    pub number: i64,
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

/// What is in a consultation and what is still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub submissions: i64,
    pub remarks: i64,
    pub open: i64,
    pub late: i64,
}
