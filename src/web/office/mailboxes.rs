//! The mailboxes that are read: `/office/mailboxes`. When each was read last, what keeps it from
//! being read, and what came in and waits for a person.

use super::frame::Frame;
use super::parts::{Choice, Count};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// How the mailboxes of the whole site stand.
#[derive(Template)]
#[template(path = "office/mailboxes.html")]
pub struct Mailboxes {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub boxes: Vec<Mailbox>,
    /// Consultations with letters that were held back.
    pub held: Vec<Held>,
    /// Letters for which no consultation could be found, the latest first.
    pub unclear: Vec<Unclear>,
    /// The consultations such a letter can be put into.
    pub places: Vec<Choice>,
    /// How many of those letters are not listed.
    pub more: u64,
}

/// One mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Its key in the tables; empty for one that was never looked into.
    pub id: String,
    pub name: String,
    /// Whether it stands in the settings; else it is only remembered.
    pub is_set: bool,
    /// When it was read to its end last; `None` for never.
    pub fetched: Option<String>,
    /// Letters at the server that were not fetched yet.
    pub waiting: Count,
    /// Since when and why it cannot be read, and what to do.
    pub failing: Option<(String, &'static str)>,
    pub failed: Vec<Failed>,
}

/// One letter that could not be read. The form posts `csrf`, `mailbox`, `letter`.
#[derive(Clone, Debug)]
pub struct Failed {
    /// `7.42`: the numbering and the number in it.
    pub letter: String,
    /// Its number in the mailbox.
    pub number: i64,
    /// When it was tried last, and how often.
    pub tried: String,
    pub reason: &'static str,
    /// Whether trying again can help and was not asked for yet.
    pub may_retry: bool,
    /// Whether it was asked for.
    pub is_due: bool,
}

/// Letters held back of one consultation.
#[derive(Clone, Debug)]
pub struct Held {
    pub title: String,
    pub href: String,
    pub count: Count,
}

/// One letter for which no consultation could be found. The form posts `csrf`, `letter`,
/// `consultation`.
#[derive(Clone, Debug)]
pub struct Unclear {
    pub id: String,
    pub received: String,
    pub road: String,
    /// The sender, masked.
    pub from: String,
    pub subject: String,
    /// Where the original is downloaded.
    pub raw: String,
}
