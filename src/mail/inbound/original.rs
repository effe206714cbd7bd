//! A letter as it was sent, for a person to look at: its header lines, and its text in the form in
//! which it was written. Nothing is judged or left out here; whoever shows it makes it harmless.

use super::body::{html_text, leaves, plain_text};
use super::encoded_word::unstructured;
use super::headers::Headers;
use super::mime::{self, Leaf, Trouble, media_type};

/// Header lines that are listed, and characters of each.
const MOST_LINES: usize = 200;
const LONGEST_LINE: usize = 2000;

/// A message as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Original {
    /// Name and value of each header line, topmost first; encoded words are read.
    pub headers: Vec<(String, String)>,
    pub text: Shown,
}

/// The text of a letter; of long ones the first MiB of each part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Its markup as it came: hostile until it is cleaned.
    Html(String),
    Plain(String),
    #[default]
    Nothing,
}

/// Takes a message apart to be shown. Total, as everything that reads letters.
#[must_use]
pub fn original(raw: &[u8]) -> Original {
    let (headers, body) = Headers::split(raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw));
    let listed = headers
        .fields()
        .take(MOST_LINES)
        .map(|field| (spelled(&field.name), value(&field.value)))
        .collect();
    let root = mime::tree(headers, body, None, &mut Trouble::default());
    let parts = leaves(&root);
    let of = |wanted: &str| -> Vec<&Leaf> {
        let is_text = |leaf: &&&Leaf| {
            media_type(&leaf.kind) == wanted && leaf.disposition.value != "attachment"
        };
        parts.iter().filter(is_text).copied().collect()
    };
    let (html, plain) = (of("text/html"), of("text/plain"));
    Original {
        headers: listed,
        text: if !html.is_empty() {
            Shown::Html(joined(&html, |leaf| html_text(leaf).text, "<hr>"))
        } else if !plain.is_empty() {
            Shown::Plain(joined(&plain, |leaf| plain_text(leaf).text, "\n\n"))
        } else {
            Shown::Nothing
        },
    }
}

fn joined(leaves: &[&Leaf], read: impl Fn(&Leaf) -> String, between: &str) -> String {
    let texts: Vec<String> = leaves.iter().map(|leaf| read(leaf)).collect();
    texts.join(between)
}

fn value(bytes: &[u8]) -> String {
    let text = unstructured(bytes, None);
    let mut short: String = text.chars().take(LONGEST_LINE).collect();
    if text.chars().nth(LONGEST_LINE).is_some() {
        short.push('…');
    }
    short
}

/// `message-id` as people know it: `Message-Id`.
fn spelled(name: &str) -> String {
    let mut first = true;
    name.chars()
        .map(|c| {
            let shown = if first { c.to_ascii_uppercase() } else { c };
            first = c == '-';
            shown
        })
        .collect()
}
