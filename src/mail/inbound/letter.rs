//! A message as the program sees it, in the shape `jianyan mail parse` prints.

use super::address::Mailbox;
use super::automatic::Automatic;
use super::date::{Moment, Relay};
use super::files::Attachment;
use super::words::Elided;
use crate::documents::model::reference::Place;
use crate::intake::model::contact::{Contact, Office};
use serde::Serialize;

/// What the reader should know about the office and its draft; the default knows nothing.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The office's own telephones and addresses: never the sender's, and a loop when they write.
    pub office: Office,
    /// The places of the draft that letters refer to.
    pub places: Vec<Place>,
}

/// One inbound message, read.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// Of the raw bytes, hexadecimal.
    pub sha256: String,
    /// With its angle brackets; made from the hash when the message has none.
    pub message_id: String,
    /// What the sender's clock said. Never used to decide whether a letter is in time.
    pub sent_at: Option<Moment>,
    /// The relays' stamps, topmost (the office's own server) first.
    pub received: Vec<Relay>,
    pub from: Mailbox,
    pub reply_to: Vec<Mailbox>,
    pub to: Vec<Mailbox>,
    pub subject: String,
    /// The Message-IDs this one answers, nearest last.
    pub references: Vec<String>,
    /// The sender's own words.
    pub text: String,
    pub elided: Vec<Elided>,
    pub attachments: Vec<Attachment>,
    pub automatic: Option<Automatic>,
    pub contact: Contact,
    pub remarks: Vec<Remark>,
    pub warnings: Vec<Warning>,
}

/// One opinion of the letter on one place of the draft: a guess, confirmed by the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// `二/(三)/8`, or `None` when the letter names no place.
    pub section: Option<String>,
    pub text: String,
    /// The words of the letter that led to the section.
    pub evidence: Option<String>,
    /// The other places that fit as well, best first.
    pub candidates: Vec<String>,
}

/// Something a person should know about how the message was read. Holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    pub code: &'static str,
    pub message: &'static str,
    pub message_en: &'static str,
}
