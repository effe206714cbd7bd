//! Who sent a letter, and what it is known by later.

use super::settle::Settler;
use crate::error::Result;
use crate::intake::letters::store::Known;
use crate::intake::letters::thread::{LetterThread, seal_thread};

/// Who sent a letter, and its place in a conversation.
pub(super) struct Sent {
    pub(super) settler: Settler,
    pub(super) message_id: String,
    /// Message-IDs that it answers, nearest last.
    pub(super) references: Vec<String>,
    /// Where it came from, as written; empty when it does not say.
    pub(super) from: String,
    pub(super) subject: String,
}

impl Sent {
    /// What the letter is known by later.
    pub(super) fn known(&self, letter_id: &str, from: &str) -> Result<Known> {
        let (vault, lookup) = (&self.settler.vault, self.settler.vault.lookup());
        let thread = LetterThread {
            message_id: self.message_id.clone(),
            references: self.references.clone(),
            subject: self.subject.clone(),
            from: from.to_owned(),
        };
        let sender = self.from.trim().to_lowercase();
        Ok(Known {
            message_hash: lookup.keyed_hash(&["message-id", &self.message_id])?,
            thread_sealed: seal_thread(vault, &self.settler.consultation, letter_id, &thread)?,
            sender_hash: match sender.as_str() {
                "" => None,
                address => Some(lookup.keyed_hash(&["letter-sender", address])?),
            },
        })
    }
}
