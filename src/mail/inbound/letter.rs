//! A message as the program sees it, in the shape `jianyan mail parse` prints.

use super::address::Mailbox;
use super::automatic::Automatic;
use super::bounce::Bounce;
use super::date::{Moment, Relay};
use super::files::Attachment;
use super::words::Elided;
use crate::documents::model::reference::Draft;
use crate::intake::model::contact::{Contact, Office};
use crate::intake::model::span::Span;
use serde::Serialize;

/// What the reader should know about the office and its draft; the default knows nothing.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The office's own telephones and addresses: never the sender's, and a loop when they write.
    pub office: Office,
    /// The places of the draft that letters refer to.
    pub places: Draft,
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
    /// The sender's own words; attached letters that were taken as such stand below those of the
    /// message, a blank line between.
    pub text: String,
    /// How many bytes of `text` stand in the message itself.
    #[serde(skip)]
    pub own_bytes: usize,
    pub elided: Vec<Elided>,
    pub attachments: Vec<Attachment>,
    /// The texts of attached messages, and of attached files that were read as letters.
    pub attached: Vec<AttachedText>,
    pub automatic: Option<Automatic>,
    /// What came back, when `automatic` is a bounce.
    pub bounce: Option<Bounce>,
    pub contact: Contact,
    pub remarks: Vec<Remark>,
    pub warnings: Vec<Warning>,
}

/// The text of an attached message or file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachedText {
    /// The name of the attachment it was read from.
    pub name: String,
    /// Of the attachment, hexadecimal.
    pub sha256: String,
    pub text: String,
    /// It was taken as the sender's own words, because the message itself only points to it.
    pub own_words: bool,
}

/// One opinion of the letter on one place of the draft: a guess, confirmed by the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// `二/(三)/8`, or `None` when the letter names no place.
    pub section: Option<String>,
    pub text: String,
    /// The words of the letter that led to the section.
    pub evidence: Option<String>,
    /// Where they stand.
    pub evidence_at: Option<Span>,
    /// How likely `section` is meant, 0 to 100: 95 named in full, 90 by a number that only one
    /// place has, 85 to 90 quoted, 75 repeated at length, 50 to 70 a heading's or a few words,
    /// 60 named beyond what the draft has; 15 less when it stands only above the opinion or in the
    /// subject, 10 less when something else is named as clearly; 0 without a section.
    pub confidence: u8,
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

impl Letter {
    /// The sender's words that stand in the message itself, without attached letters.
    #[must_use]
    pub fn own_text(&self) -> &str {
        self.text.get(..self.own_bytes).unwrap_or(&self.text)
    }

    /// Adds texts that were read out of attachments, and reads the letter anew with those that are
    /// its own words.
    pub fn attach(&mut self, texts: Vec<AttachedText>, desk: &Desk) {
        if texts.is_empty() {
            return;
        }
        self.attached.extend(texts);
        self.text.truncate(self.own_bytes);
        for attached in self.attached.iter().filter(|attached| attached.own_words) {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(attached.text.trim());
        }
        super::understand::understand(self, desk);
    }

    /// Adds a warning, once.
    pub fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}
