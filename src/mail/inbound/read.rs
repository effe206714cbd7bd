//! Raw bytes to a [`Letter`]. Total: any bytes give a letter, in time linear in their number.

use super::address::{self, Mailbox};
use super::automatic::{self, Evidence};
use super::body::{self, Body};
use super::date::{moment, relay};
use super::encoded_word::unstructured;
use super::files::attachment;
use super::headers::Headers;
use super::letter::{Desk, Letter, Remark, Warning};
use super::mime::{self, Leaf, Node, Trouble, media_type};
use super::warn;
use super::words::{Reason, Words};
use crate::documents::model::reference::{self, Place};
use crate::intake::model::contact::{Contact, Source};
use crate::intake::model::opinions;

/// Relays beyond this are not listed.
const MOST_RELAYS: usize = 100;

/// Reads a message, knowing nothing of the office or the draft.
#[must_use]
pub fn read_letter(raw: &[u8]) -> Letter {
    read_letter_for(raw, &Desk::default())
}

/// Reads a message for an office and its draft.
#[must_use]
pub fn read_letter_for(raw: &[u8], desk: &Desk) -> Letter {
    let (headers, body) = Headers::split(raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw));
    let mut trouble = Trouble::default();
    let no_headers = headers.is_empty();
    let root = mime::tree(headers.clone(), body, None, &mut trouble);
    let leaves = body::leaves(&root);
    let hint = body::declared_charset(&leaves);
    let boxes = |name: &str| {
        headers
            .all(name)
            .flat_map(|value| address::mailboxes(value, hint))
            .collect::<Vec<Mailbox>>()
    };
    let from = boxes("from")
        .into_iter()
        .next()
        .or_else(|| boxes("sender").into_iter().next())
        .unwrap_or_default();
    let subject = unstructured(headers.get("subject").unwrap_or_default(), hint);
    let Body {
        words,
        files,
        lossy,
        cut,
    } = body::read(&root, from.address.as_deref());
    let sha256 = crate::ids::sha256(raw);
    let automatic = automatic::judge(&Evidence {
        headers: &headers,
        leaves: &leaves,
        from: from.address.as_deref().unwrap_or_default(),
        subject: &subject,
        own_addresses: &desk.office.emails,
    });
    let mut letter = Letter {
        message_id: message_id(&headers, &sha256),
        sent_at: headers.get("date").and_then(moment),
        received: headers
            .all("received")
            .take(MOST_RELAYS)
            .map(relay)
            .collect(),
        reply_to: boxes("reply-to"),
        to: boxes("to"),
        references: references(&headers),
        attachments: files
            .iter()
            .enumerate()
            .map(|(index, leaf)| attachment(leaf, index + 1))
            .collect(),
        contact: contact(&words, &from, desk),
        remarks: remarks(&words.own, &subject, &desk.places),
        warnings: Vec::new(),
        sha256,
        from,
        subject,
        automatic,
        text: words.own,
        elided: words.elided,
    };
    let signs = Signs {
        no_headers,
        lossy,
        cut,
        forwarded: words.forwarded,
        empty: raw.trim_ascii().is_empty(),
    };
    letter.warnings = warnings(&letter, &headers, &leaves, &root, trouble, &signs);
    letter
}

struct Signs {
    no_headers: bool,
    lossy: bool,
    cut: bool,
    forwarded: bool,
    empty: bool,
}

fn stated_id(headers: &Headers) -> Option<String> {
    let value = headers.get("message-id")?;
    ids(value).into_iter().next()
}

fn message_id(headers: &Headers, sha256: &str) -> String {
    stated_id(headers).unwrap_or_else(|| format!("<{sha256}@hash.invalid>"))
}

/// Message-IDs of a field, each with its angle brackets.
fn ids(value: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(value)
        .split(['<', '>', ' ', ','])
        .filter(|id| id.len() > 2 && id.len() < 998 && !id.contains(char::is_control))
        .take(200)
        .map(|id| format!("<{id}>"))
        .collect()
}

pub(super) fn references(headers: &Headers) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in ["references", "in-reply-to"] {
        for id in headers.get(name).map(ids).unwrap_or_default() {
            if id.contains('@') && !all.contains(&id) {
                all.push(id);
            }
        }
    }
    all
}

fn contact(words: &Words, from: &Mailbox, desk: &Desk) -> Contact {
    let signature: Vec<&str> = words
        .elided
        .iter()
        .filter(|passage| passage.reason == Reason::Signature)
        .map(|passage| passage.text.as_str())
        .collect();
    let signature = signature.join("\n");
    let from_name = from.name.as_deref().unwrap_or_default();
    Contact::find(
        Source {
            words: &words.own,
            signature: &signature,
            from_name,
        },
        &desk.office,
    )
}

/// Each opinion with the place it names; what comes before the first opinion, and then the subject,
/// names the place for those that name none.
fn remarks(own: &str, subject: &str, places: &[Place]) -> Vec<Remark> {
    let split = opinions::split(own);
    let common = [split.lead.as_str(), subject]
        .into_iter()
        .map(|text| reference::find(text, places))
        .find(|hits| !hits.is_empty());
    split
        .opinions
        .into_iter()
        .map(|opinion| {
            let mut hits = reference::find(opinion.words(), places);
            if hits.is_empty() {
                hits = common.clone().unwrap_or_default();
            }
            let best = reference::settled(&hits);
            Remark {
                section: best.map(|hit| hit.path.clone()),
                evidence: hits.first().map(|hit| hit.evidence.clone()),
                candidates: hits
                    .iter()
                    .filter(|hit| Some(&hit.path) != best.map(|b| &b.path))
                    .take(10)
                    .map(|hit| hit.path.clone())
                    .collect(),
                text: opinion.text,
            }
        })
        .collect()
}

fn warnings(
    letter: &Letter,
    headers: &Headers,
    leaves: &[&Leaf],
    root: &Node,
    trouble: Trouble,
    signs: &Signs,
) -> Vec<Warning> {
    let kind = |wanted: &str| leaves.iter().any(|leaf| media_type(&leaf.kind) == wanted);
    let encrypted = matches!(root, Node::Multi { subtype, .. } if subtype == "encrypted")
        || kind("application/pkcs7-mime");
    let short = letter.text.chars().count() <= 60 && letter.text.contains("附件");
    let has_file = letter.attachments.iter().any(|file| !file.inline);
    let all = [
        (signs.empty, warn::EMPTY),
        (signs.no_headers && !signs.empty, warn::NO_HEADERS),
        (stated_id(headers).is_none(), warn::NO_MESSAGE_ID),
        (letter.from.address.is_none(), warn::NO_SENDER),
        (letter.sent_at.is_none(), warn::NO_DATE),
        (signs.lossy, warn::BAD_CHARACTERS),
        (letter.text.is_empty(), warn::NO_WORDS),
        (signs.forwarded, warn::FORWARDED),
        (short && has_file, warn::SEE_ATTACHMENT),
        (signs.cut, warn::TEXT_CUT),
        (trouble.no_boundary, warn::NO_BOUNDARY),
        (trouble.too_complex, warn::TOO_COMPLEX),
        (encrypted, warn::ENCRYPTED),
        (kind("application/ms-tnef"), warn::TNEF),
        (headers.keyword("return-path") == "<>", warn::NULL_SENDER),
    ];
    all.into_iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, warning)| warning)
        .collect()
}
