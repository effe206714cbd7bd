//! Raw bytes to a [`Letter`]. Total: any bytes give a letter, in time linear in their number.

use super::address::{self, Mailbox};
use super::automatic::{self, Automatic, Evidence};
use super::body::{self, Body};
use super::bounce;
use super::date::{moment, relay};
use super::encoded_word::unstructured;
use super::files::attachment;
use super::headers::Headers;
use super::letter::{Desk, Letter, Warning};
use super::mime::{self, Leaf, Node, Trouble, media_type};
use super::pointer::pointer;
use super::words::{Reason, Words};
use super::{nested, warn};
use crate::intake::model::contact::Contact;

/// Relays beyond this are not listed.
const MOST_RELAYS: usize = 100;

/// Reads a message, knowing nothing of the office or the draft.
#[must_use]
pub fn read_letter(raw: &[u8]) -> Letter {
    read_letter_for(raw, &Desk::default())
}

/// Reads a message for an office and its draft. Attached files are not opened; attached messages
/// are.
#[must_use]
pub fn read_letter_for(raw: &[u8], desk: &Desk) -> Letter {
    let (headers, rest) = Headers::split(raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw));
    let mut trouble = Trouble::default();
    let root = mime::tree(headers.clone(), rest, None, &mut trouble);
    let leaves = body::leaves(&root);
    let hint = body::declared_charset(&leaves);
    let from = sender(&headers, hint);
    let subject = unstructured(headers.get("subject").unwrap_or_default(), hint);
    let Body {
        words,
        files,
        lossy,
        cut,
    } = body::read(&root, from.address.as_deref());
    let sha256 = crate::ids::sha256(raw);
    let references = references(&headers);
    let automatic = automatic::judge(&Evidence {
        headers: &headers,
        leaves: &leaves,
        from: from.address.as_deref().unwrap_or_default(),
        subject: &subject,
        words: &words.own,
        answers: !references.is_empty(),
        own_addresses: &desk.office.emails,
    });
    let bounced = (automatic == Some(Automatic::Bounce)).then(|| {
        let from = from.address.as_deref().unwrap_or_default();
        bounce::read(&headers, &leaves, &everything(&words), from, &references)
    });
    let attachments: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(index, leaf)| attachment(leaf, index + 1))
        .collect();
    // Contents are moved at the end, not copied: a message may be large.
    let places: Vec<Option<usize>> = files
        .iter()
        .map(|file| leaves.iter().position(|leaf| std::ptr::eq(*leaf, *file)))
        .collect();
    let attached = match automatic {
        Some(Automatic::Bounce) => Vec::new(),
        _ => nested::texts(&files, &attachments, &words.own),
    };
    let signs = Signs {
        no_headers: headers.is_empty(),
        lossy,
        cut,
        forwarded: words.forwarded,
        empty: raw.trim_ascii().is_empty(),
    };
    let mut letter = Letter {
        message_id: message_id(&headers, &sha256),
        sent_at: headers.get("date").and_then(moment),
        received: headers
            .all("received")
            .take(MOST_RELAYS)
            .map(relay)
            .collect(),
        reply_to: boxes(&headers, "reply-to", hint),
        to: boxes(&headers, "to", hint),
        references,
        attachments,
        attached: Vec::new(),
        contact: Contact::default(),
        remarks: Vec::new(),
        warnings: Vec::new(),
        sha256,
        from,
        subject,
        automatic,
        bounce: bounced,
        own_bytes: words.own.len(),
        text: words.own,
        elided: words.elided,
    };
    if attached.iter().any(|attached| attached.own_words) {
        letter.warn(warn::FORWARDED_ATTACHED);
    }
    if attached.is_empty() {
        super::understand::understand(&mut letter, desk);
    }
    letter.attach(attached, desk);
    let found = warnings(&letter, &headers, &leaves, &root, trouble, &signs);
    found.into_iter().for_each(|warning| letter.warn(warning));
    let mut leaves = body::into_leaves(root);
    for (attachment, place) in letter.attachments.iter_mut().zip(places) {
        if let Some(leaf) = place.and_then(|place| leaves.get_mut(place)) {
            attachment.content = std::mem::take(&mut leaf.content);
        }
    }
    letter
}

fn boxes(headers: &Headers, name: &str, hint: Option<&str>) -> Vec<Mailbox> {
    headers
        .all(name)
        .flat_map(|value| address::mailboxes(value, hint))
        .collect()
}

fn sender(headers: &Headers, hint: Option<&str>) -> Mailbox {
    boxes(headers, "from", hint)
        .into_iter()
        .next()
        .or_else(|| boxes(headers, "sender", hint).into_iter().next())
        .unwrap_or_default()
}

fn everything(words: &Words) -> String {
    let elided = words.elided.iter().map(|passage| passage.text.as_str());
    let all: Vec<&str> = [words.own.as_str()].into_iter().chain(elided).collect();
    all.join("\n")
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

fn warnings(
    letter: &Letter,
    headers: &Headers,
    leaves: &[&Leaf],
    root: &Node,
    trouble: Trouble,
    signs: &Signs,
) -> Vec<Warning> {
    let smime = leaves.iter().find(|leaf| {
        media_type(&leaf.kind).trim_start_matches("application/x-") == "pkcs7-mime"
            || media_type(&leaf.kind) == "application/pkcs7-mime"
    });
    let opaque = smime.is_some_and(|leaf| {
        leaf.kind
            .param("smime-type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("signed-data"))
    });
    let of_kind = |wanted: &str| matches!(root, Node::Multi { subtype, .. } if subtype == wanted);
    let armor = |kind: &str| letter.text.contains(&format!("-----BEGIN PGP {kind}-----"));
    let signed_block = letter.elided.iter().any(|passage| {
        passage.reason == Reason::Footer && passage.text.contains("BEGIN PGP SIGNATURE")
    });
    let has_file = letter.attachments.iter().any(|file| !file.inline);
    let silent = letter.text.is_empty();
    let all = [
        (signs.empty, warn::EMPTY),
        (signs.no_headers && !signs.empty, warn::NO_HEADERS),
        (stated_id(headers).is_none(), warn::NO_MESSAGE_ID),
        (letter.from.address.is_none(), warn::NO_SENDER),
        (letter.sent_at.is_none(), warn::NO_DATE),
        (signs.lossy, warn::BAD_CHARACTERS),
        (silent, warn::NO_WORDS),
        (signs.forwarded, warn::FORWARDED),
        (
            has_file && pointer(letter.own_text()).is_some(),
            warn::SEE_ATTACHMENT,
        ),
        (signs.cut, warn::TEXT_CUT),
        (trouble.no_boundary, warn::NO_BOUNDARY),
        (trouble.too_complex, warn::TOO_COMPLEX),
        (
            of_kind("encrypted") || smime.is_some() && !opaque || armor("MESSAGE"),
            warn::ENCRYPTED,
        ),
        (opaque, warn::SIGNED_OPAQUE),
        (
            of_kind("signed") || armor("SIGNED MESSAGE") || signed_block,
            warn::SIGNED,
        ),
        (trouble.broken_tnef, warn::TNEF),
        (headers.keyword("return-path") == "<>", warn::NULL_SENDER),
    ];
    all.into_iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, warning)| warning)
        .collect()
}
