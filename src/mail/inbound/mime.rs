//! A message taken apart into its leaves (RFC 2045, 2046), bytes only: no charset is read here.
//!
//! Written for this program: the charset has to be judged on the bytes, so a library that decodes by
//! the label would do that work in vain; and depth and number of parts are limited, so that the work
//! stays linear in the size of the message whatever its boundaries do.

use super::headers::{Headers, next_line};
use super::params::Valued;
use super::{tnef, transfer};

/// The subtype under which the contents of a winmail.dat stand.
pub const TNEF: &str = "x-opened-tnef";
const DEEPEST: usize = 16;
const MOST_PARTS: usize = 400;

/// One leaf part, its transfer encoding undone.
#[derive(Debug)]
pub struct Leaf {
    pub headers: Headers,
    pub kind: Valued,
    pub disposition: Valued,
    pub content: Vec<u8>,
}

/// The shape of a message.
#[derive(Debug)]
pub enum Node {
    Leaf(Leaf),
    /// `alternative`, `mixed`, `related`, `report`, …
    Multi {
        subtype: String,
        children: Vec<Node>,
    },
}

/// What could not be taken apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trouble {
    /// Parts beyond the limits were left together as one.
    pub too_complex: bool,
    /// A multipart message whose parts could not be found.
    pub no_boundary: bool,
    /// A winmail.dat that could not be read to its end.
    pub broken_tnef: bool,
}

/// The media type of a part, `text/plain` when it does not say.
#[must_use]
pub fn media_type(kind: &Valued) -> &str {
    if kind.value.contains('/') {
        &kind.value
    } else if kind.value == "html" {
        "text/html"
    } else {
        "text/plain"
    }
}

/// Takes a body apart under its headers.
#[must_use]
pub fn tree(headers: Headers, body: &[u8], hint: Option<&str>, trouble: &mut Trouble) -> Node {
    let mut budget = MOST_PARTS;
    Splitter {
        hint,
        trouble,
        budget: &mut budget,
    }
    .node(headers, body, 0)
}

struct Splitter<'a> {
    hint: Option<&'a str>,
    trouble: &'a mut Trouble,
    budget: &'a mut usize,
}

impl Splitter<'_> {
    fn node(&mut self, headers: Headers, body: &[u8], depth: usize) -> Node {
        let kind = Valued::read(headers.get("content-type").unwrap_or_default(), self.hint);
        if let Some(subtype) = media_type(&kind).strip_prefix("multipart/") {
            if depth >= DEEPEST || *self.budget == 0 {
                self.trouble.too_complex = true;
            } else if let Some(pieces) = self.pieces(&kind, body) {
                let subtype = subtype.to_owned();
                let children = pieces
                    .into_iter()
                    .map(|piece| self.child(piece, depth))
                    .collect();
                return Node::Multi { subtype, children };
            } else {
                self.trouble.no_boundary = true;
            }
            let plain = Valued::read(b"text/plain", None);
            return Node::Leaf(leaf(headers, plain, self.hint, body));
        }
        let leaf = leaf(headers, kind, self.hint, body);
        if tnef::is_tnef(&leaf.content) && *self.budget > 0 {
            return self.opened(leaf);
        }
        Node::Leaf(leaf)
    }

    /// What a winmail.dat holds; itself too when not all of it could be read.
    fn opened(&mut self, leaf: Leaf) -> Node {
        let tnef::Opened { parts, whole } = tnef::open(&leaf.content);
        self.trouble.broken_tnef |= !whole;
        let most = *self.budget;
        *self.budget = most.saturating_sub(parts.len());
        let mut children: Vec<Node> = parts.into_iter().take(most).map(Node::Leaf).collect();
        if !whole || children.is_empty() {
            children.push(Node::Leaf(leaf));
        }
        Node::Multi {
            subtype: TNEF.to_owned(),
            children,
        }
    }

    fn child(&mut self, piece: &[u8], depth: usize) -> Node {
        let (headers, body) = Headers::split(piece);
        self.node(headers, body, depth + 1)
    }

    /// The parts between the boundaries; the declared boundary first, then the one the body shows.
    fn pieces<'b>(&mut self, kind: &Valued, body: &'b [u8]) -> Option<Vec<&'b [u8]>> {
        let declared = kind
            .param("boundary")
            .map(|boundary| boundary.trim_end().as_bytes().to_vec());
        let found = declared.and_then(|boundary| self.cut(&boundary, body));
        found.or_else(|| self.cut(&shown_boundary(body)?, body))
    }

    fn cut<'b>(&mut self, boundary: &[u8], body: &'b [u8]) -> Option<Vec<&'b [u8]>> {
        if boundary.is_empty() {
            return None;
        }
        let mut pieces = Vec::new();
        let mut start: Option<usize> = None;
        let mut rest = body;
        while let Some((line, after)) = next_line(rest) {
            let here = body.len() - rest.len();
            rest = after;
            let Some(tail) = line
                .strip_prefix(b"--")
                .and_then(|line| line.strip_prefix(boundary))
            else {
                continue;
            };
            let closing = tail.trim_ascii() == b"--";
            if !closing && !tail.trim_ascii().is_empty() {
                continue;
            }
            if let Some(start) = start.take() {
                pieces.push(without_last_break(
                    body.get(start..here).unwrap_or_default(),
                ));
            }
            if *self.budget == 0 {
                self.trouble.too_complex = true;
                start = Some(body.len() - after.len());
                break;
            }
            if closing {
                break;
            }
            *self.budget -= 1;
            start = Some(body.len() - after.len());
        }
        if let Some(start) = start {
            pieces.push(body.get(start..).unwrap_or_default());
        }
        (!pieces.is_empty()).then_some(pieces)
    }
}

/// The line break before a boundary belongs to the boundary.
fn without_last_break(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

/// When the declared boundary is wrong or missing: the first line that begins with `--`, holds
/// eight characters or more, and comes again.
fn shown_boundary(body: &[u8]) -> Option<Vec<u8>> {
    let mut rest = body;
    for _ in 0..50 {
        let (line, after) = next_line(rest)?;
        rest = after;
        if let Some(boundary) = line
            .trim_ascii_end()
            .strip_prefix(b"--")
            .filter(|b| b.len() >= 8 && !b.contains(&b' '))
        {
            let again = after.split(|&b| b == b'\n').any(|line| {
                line.strip_prefix(b"--")
                    .is_some_and(|line| line.starts_with(boundary))
            });
            let header = Headers::split(after).0;
            return (again && !header.is_empty()).then(|| boundary.to_vec());
        }
    }
    None
}

fn leaf(headers: Headers, kind: Valued, hint: Option<&str>, body: &[u8]) -> Leaf {
    let disposition = Valued::read(headers.get("content-disposition").unwrap_or_default(), hint);
    let encoding = headers.keyword("content-transfer-encoding");
    let content = transfer::decode(&encoding, body);
    Leaf {
        headers,
        kind,
        disposition,
        content,
    }
}
