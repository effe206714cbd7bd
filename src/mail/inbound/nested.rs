//! Messages attached to a message (RFC 2046 section 5.2.1): a letter forwarded as an attachment.

use super::address;
use super::body::{self, Body};
use super::files::Attachment;
use super::headers::Headers;
use super::letter::AttachedText;
use super::mime::{self, Leaf, Trouble, media_type};
use super::pointer::{Pointer, pointer};

/// Messages inside messages beyond this depth stay attachments.
const DEEPEST: usize = 3;
const MOST: usize = 5;
/// Larger ones stay attachments, in bytes.
const LARGEST: usize = 8 << 20;

/// The words of the attached messages. They are the letter's own where it says nothing itself.
#[must_use]
pub fn texts(files: &[&Leaf], attachments: &[Attachment], own: &str) -> Vec<AttachedText> {
    let own_words = own.trim().is_empty() || pointer(own) == Some(Pointer::Only);
    files
        .iter()
        .zip(attachments)
        .filter(|(leaf, _)| is_message(leaf))
        .take(MOST)
        .filter_map(|(leaf, attachment)| {
            let text = words(&leaf.content, DEEPEST)?;
            Some(AttachedText {
                name: attachment.name.clone(),
                sha256: attachment.sha256.clone(),
                text,
                own_words,
            })
        })
        .collect()
}

fn is_message(leaf: &Leaf) -> bool {
    matches!(media_type(&leaf.kind), "message/rfc822" | "message/global")
        && leaf.content.len() <= LARGEST
}

/// What the writer of an attached message says.
fn words(raw: &[u8], depth: usize) -> Option<String> {
    let (headers, rest) = Headers::split(raw);
    let from = headers.get("from").unwrap_or_default();
    let from = address::mailboxes(from, None)
        .into_iter()
        .next()
        .unwrap_or_default();
    let root = mime::tree(headers, rest, None, &mut Trouble::default());
    let Body {
        words: said, files, ..
    } = body::read(&root, from.address.as_deref());
    let own = said.own;
    if depth > 1 && (own.trim().is_empty() || pointer(&own) == Some(Pointer::Only)) {
        let mut inner = files.iter().filter(|leaf| is_message(leaf));
        if let Some(text) = inner.find_map(|leaf| words(&leaf.content, depth - 1)) {
            return Some(text);
        }
    }
    let all: Vec<&str> = said
        .elided
        .iter()
        .map(|passage| passage.text.as_str())
        .collect();
    let text = if own.trim().is_empty() {
        all.join("\n")
    } else {
        own
    };
    (!text.trim().is_empty()).then_some(text)
}
