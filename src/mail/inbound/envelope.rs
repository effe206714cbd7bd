//! What tells where a letter belongs, read from its header alone.

use super::address;
use super::encoded_word::unstructured;
use super::headers::Headers;
use super::read::references;

/// The fields of a recipient's server and of the sender that name recipients.
const RECIPIENTS: [&str; 6] = [
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
];

/// Where a letter belongs, as far as its header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Addresses, in lower case.
    pub recipients: Vec<String>,
    pub subject: String,
    /// The Message-IDs that it answers, nearest last.
    pub references: Vec<String>,
}

/// Reads the header of a letter.
#[must_use]
pub fn envelope(raw: &[u8]) -> Envelope {
    let (headers, _) = Headers::split(raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw));
    let mut recipients: Vec<String> = Vec::new();
    for value in RECIPIENTS.iter().flat_map(|name| headers.all(name)) {
        let boxes = address::mailboxes(value, None).into_iter();
        for address in boxes.filter_map(|one| one.address) {
            let address = address.to_lowercase();
            if !recipients.contains(&address) {
                recipients.push(address);
            }
        }
    }
    Envelope {
        recipients,
        subject: unstructured(headers.get("subject").unwrap_or_default(), None),
        references: references(&headers),
    }
}

#[cfg(test)]
mod tests {
    use super::envelope;

    #[test]
    fn every_recipient_counts_once() {
        let read = envelope(
            "To: \"一号\" <A@example.org>, b@example.org\r\nCc: a@example.org\r\nDelivered-To: box@example.org\r\n\
             Subject: =?utf-8?B?5oSP6KeB?=\r\nIn-Reply-To: <1@example.net>\r\n\r\nTo: nobody@example.org\r\n"
                .as_bytes(),
        );
        assert_eq!(
            read.recipients,
            ["a@example.org", "b@example.org", "box@example.org"]
        );
        assert_eq!((&*read.subject, read.references.len()), ("意见", 1));
    }
}
