//! A letter that was read by machine, put into the words of a submission.

use super::subject::bare_subject;
use crate::error::{Error, Result};
use crate::intake::model::submission::{Sender, SenderKind};
use crate::mail::inbound::Letter;
use serde_json::json;

/// PostgreSQL's text holds every character but NUL.
pub(in crate::intake) fn plain(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// Who wrote it: the details in the letter, and the address it came from.
pub(in crate::intake) fn sender(letter: &Letter) -> Sender {
    let contact = &letter.contact;
    let own = letter.from.address.as_deref().map(plain);
    let found = contact.emails.iter().map(|email| plain(email.as_str()));
    let mut emails: Vec<String> = Vec::new();
    for email in own.into_iter().chain(found) {
        if !emails
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&email))
        {
            emails.push(email);
        }
    }
    Sender {
        kind: match contact.organisation {
            Some(_) => SenderKind::Organisation,
            None => SenderKind::Person,
        },
        name: contact
            .name
            .as_deref()
            .or(letter.from.name.as_deref())
            .map(plain),
        organisation: contact.organisation.as_deref().map(plain),
        phones: contact.phones.iter().map(|phone| phone.shown()).collect(),
        emails,
        address: contact.address.as_deref().map(plain),
        ..Sender::default()
    }
}

/// What the remarks leave out of a letter, so that no sentence is lost: quote and signature, and
/// the sender's whole words where greeting or closing are in no remark.
pub(in crate::intake) fn left_out(letter: &Letter) -> Result<Option<String>> {
    let taken = letter
        .elided
        .iter()
        .map(|elided| json!({"reason": elided.reason, "text": plain(&elided.text)}));
    let mut taken: Vec<serde_json::Value> = taken.collect();
    let whole = plain(letter.text.trim());
    let in_one =
        matches!(letter.remarks.as_slice(), [only] if only.text.trim() == letter.text.trim());
    if !in_one && !whole.is_empty() {
        taken.insert(0, json!({"reason": "letter", "text": whole}));
    }
    if taken.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(&taken)
        .map(Some)
        .map_err(Error::internal)
}

/// The same letter, whatever road it took and however often it was sent: its sender, its subject, its
/// words and its files. Without a sender its number stands for it: two people may say the same.
pub(in crate::intake) fn same_as(letter: &Letter) -> Vec<String> {
    let from = letter.from.address.as_deref().map(str::to_lowercase);
    let own = [
        from.unwrap_or_else(|| letter.message_id.clone()),
        bare_subject(&letter.subject),
        crate::ids::sha256(letter.text.trim().as_bytes()),
    ];
    let files = letter.attachments.iter().map(|file| file.sha256.clone());
    own.into_iter().chain(files).collect()
}
