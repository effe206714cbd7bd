//! Which parts of a message are its letter, which are attachments, and the letter's lines.

use super::charset::{self, Decoded};
use super::html;
use super::lines::{Line, plain};
use super::mime::{Leaf, Node, TNEF, media_type};
use super::words::{Reason, Words, divide};

/// Text beyond this many bytes of one part is not read as a letter; the whole part is attached.
const LONGEST_TEXT: usize = 1 << 20;

/// One stretch of the letter, in the forms it was sent in.
#[derive(Default)]
struct Piece<'a> {
    plain: Vec<&'a Leaf>,
    html: Vec<&'a Leaf>,
}

/// The letter and what came with it.
pub struct Body<'a> {
    pub words: Words,
    /// In the order of the message.
    pub files: Vec<&'a Leaf>,
    /// Some characters could not be read under any charset.
    pub lossy: bool,
    /// The text was longer than is read; the part is among `files` as well.
    pub cut: bool,
}

/// The charset label of the first text part that has one: a hint for raw header bytes.
#[must_use]
pub fn declared_charset<'a>(leaves: &[&'a Leaf]) -> Option<&'a str> {
    leaves
        .iter()
        .filter(|leaf| media_type(&leaf.kind).starts_with("text/"))
        .find_map(|leaf| leaf.kind.param("charset"))
}

/// Every leaf, in order.
#[must_use]
pub fn leaves(node: &Node) -> Vec<&Leaf> {
    match node {
        Node::Leaf(leaf) => vec![leaf],
        Node::Multi { children, .. } => children.iter().flat_map(leaves).collect(),
    }
}

/// The same, taken out of the tree.
#[must_use]
pub fn into_leaves(node: Node) -> Vec<Leaf> {
    match node {
        Node::Leaf(leaf) => vec![leaf],
        Node::Multi { children, .. } => children.into_iter().flat_map(into_leaves).collect(),
    }
}

/// Reads the letter out of a message. `own_address` is the sender's.
#[must_use]
pub fn read<'a>(root: &'a Node, own_address: Option<&str>) -> Body<'a> {
    let mut sorter = Sorter::default();
    let pieces = match root {
        Node::Leaf(leaf) if is_letter_type(leaf) && leaf.disposition.value != "attachment" => {
            vec![one(leaf)]
        }
        node => sorter.sort(node),
    };
    // The text inside a winmail.dat is the letter's own again, unless it is nowhere else.
    let silent = |piece: &Piece<'_>| piece.lines(own_address).0.iter().all(Line::is_blank);
    let pieces = if !sorter.spare.is_empty() && pieces.iter().all(silent) {
        sorter.spare
    } else {
        pieces
    };
    let mut body = Body {
        words: Words::default(),
        files: sorter.files,
        lossy: false,
        cut: false,
    };
    let mut lines: Vec<Line> = Vec::new();
    for piece in &pieces {
        for leaf in piece
            .plain
            .iter()
            .chain(&piece.html)
            .filter(|leaf| leaf.content.len() > LONGEST_TEXT)
        {
            body.cut = true;
            body.files.push(leaf);
        }
        let (mut chosen, lossy) = piece.lines(own_address);
        body.lossy |= lossy;
        if !lines.is_empty() && !chosen.is_empty() {
            lines.push(Line {
                text: String::new(),
                mark: super::lines::Mark::None,
            });
        }
        lines.append(&mut chosen);
    }
    body.words = divide(&lines, own_address);
    body
}

fn is_letter_type(leaf: &Leaf) -> bool {
    matches!(media_type(&leaf.kind), "text/plain" | "text/html")
}

fn one(leaf: &Leaf) -> Piece<'_> {
    let mut piece = Piece::default();
    if media_type(&leaf.kind) == "text/html" {
        piece.html.push(leaf)
    } else {
        piece.plain.push(leaf)
    }
    piece
}

#[derive(Default)]
struct Sorter<'a> {
    files: Vec<&'a Leaf>,
    /// Text that counts only when there is no other.
    spare: Vec<Piece<'a>>,
}

impl<'a> Sorter<'a> {
    fn sort(&mut self, node: &'a Node) -> Vec<Piece<'a>> {
        match node {
            Node::Leaf(leaf) => {
                let named = leaf
                    .disposition
                    .param("filename")
                    .or(leaf.kind.param("name"))
                    .is_some();
                if is_letter_type(leaf) && leaf.disposition.value != "attachment" && !named {
                    return vec![one(leaf)];
                }
                self.files.push(leaf);
                Vec::new()
            }
            Node::Multi { subtype, children } => {
                let pieces: Vec<Piece<'a>> =
                    children.iter().flat_map(|child| self.sort(child)).collect();
                if subtype == TNEF {
                    self.spare.extend(merged(pieces));
                    return Vec::new();
                }
                if subtype == "alternative" {
                    merged(pieces)
                } else {
                    pieces
                }
            }
        }
    }
}

/// The forms of one stretch of text side by side.
fn merged(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut all = Piece::default();
    for mut piece in pieces {
        all.plain.append(&mut piece.plain);
        all.html.append(&mut piece.html);
    }
    vec![all]
}

impl Piece<'_> {
    /// The plain form, unless it is empty, garbled, a mere placeholder, or hides a quote that the
    /// HTML form marks.
    fn lines(&self, own_address: Option<&str>) -> (Vec<Line>, bool) {
        let (html, html_lossy) = gather(&self.html, html_lines);
        let (plain, plain_lossy) = gather(&self.plain, plain_lines);
        if html.iter().all(Line::is_blank) {
            return (plain, plain_lossy);
        }
        let weight = |lines: &[Line]| {
            lines
                .iter()
                .map(|line| line.text.trim().len())
                .sum::<usize>()
        };
        let garbled = plain_lossy && !html_lossy || is_question_marks(&plain);
        if weight(&plain) * 4 < weight(&html) || garbled {
            return (html, html_lossy);
        }
        let quotes = |lines: &[Line]| {
            divide(lines, own_address)
                .elided
                .iter()
                .any(|e| e.reason == Reason::Quote)
        };
        if !quotes(&plain) && quotes(&html) {
            (html, html_lossy)
        } else {
            (plain, plain_lossy)
        }
    }
}

fn gather(leaves: &[&Leaf], read: fn(&Leaf) -> (Vec<Line>, bool)) -> (Vec<Line>, bool) {
    leaves.iter().map(|leaf| read(leaf)).fold(
        (Vec::new(), false),
        |(mut lines, lossy), (mut more, worse)| {
            lines.append(&mut more);
            (lines, lossy || worse)
        },
    )
}

/// Text that some relay turned into `????`.
fn is_question_marks(lines: &[Line]) -> bool {
    let text = || {
        lines
            .iter()
            .flat_map(|line| line.text.chars())
            .filter(|c| !c.is_whitespace())
    };
    let marks = text().filter(|&c| c == '?').count();
    marks >= 8 && marks * 3 > text().count()
}

fn capped(bytes: &[u8]) -> &[u8] {
    bytes.get(..LONGEST_TEXT).unwrap_or(bytes)
}

fn plain_lines(leaf: &Leaf) -> (Vec<Line>, bool) {
    let Decoded { text, lossy, .. } = plain_text(leaf);
    let is = |name: &str, wanted: &str| {
        leaf.kind
            .param(name)
            .is_some_and(|value| value.eq_ignore_ascii_case(wanted))
    };
    let text = text.replace("&nbsp;", " ").replace('\0', "");
    (
        plain(&text, is("format", "flowed"), is("delsp", "yes")),
        lossy,
    )
}

fn html_lines(leaf: &Leaf) -> (Vec<Line>, bool) {
    let decoded = html_text(leaf);
    (html::lines(&decoded.text), decoded.lossy)
}

/// The characters of an HTML part, as many as are read of a letter.
pub(super) fn html_text(leaf: &Leaf) -> Decoded {
    let bytes = capped(&leaf.content);
    let header = leaf
        .kind
        .param("charset")
        .filter(|label| is_telling(label))
        .map(str::to_owned);
    let label = header.or_else(|| crate::markup::declared_charset(bytes));
    charset::decode(bytes, label.as_deref())
}

/// The characters of a plain part, as many as are read of a letter.
pub(super) fn plain_text(leaf: &Leaf) -> Decoded {
    charset::decode(capped(&leaf.content), leaf.kind.param("charset"))
}

/// A label that says something: known, and not one of those that mailers put for want of a better.
fn is_telling(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let empty = matches!(
        &*lower,
        "default" | "us-ascii" | "ascii" | "iso-8859-1" | "latin1" | "unknown-8bit" | "unknown"
    );
    !empty
        && (charset::is_gb(label) || encoding_rs::Encoding::for_label(label.as_bytes()).is_some())
}
