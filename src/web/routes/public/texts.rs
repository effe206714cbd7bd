//! A document's nodes as the pages print them: every character in its place.

use crate::documents::model::{DocumentOutline, Node, NodeKind, Piece, Place};
use crate::web::public::document::DocumentBlock;
use crate::web::public::outline::{OutlineNode, Para, SectionRef};

/// The nested contents of a document, with the anchors of its sections. Bullets are read where
/// they stand and are not listed.
pub(super) fn contents(outline: &DocumentOutline) -> Vec<OutlineNode> {
    let places = outline.walk();
    let mut anchors = places.iter().map(|place| place.anchor.as_str());
    entries(&outline.nodes, &mut anchors)
}

/// The walk visits parents before children, in the order in which the tree is copied here.
fn entries<'a>(nodes: &[Node], anchors: &mut impl Iterator<Item = &'a str>) -> Vec<OutlineNode> {
    let mut listed = Vec::with_capacity(nodes.len());
    for node in nodes {
        let entry = OutlineNode {
            anchor: anchors.next().unwrap_or_default().to_owned(),
            label: node.label.clone(),
            heading: node.heading.clone(),
            children: entries(&node.children, anchors),
        };
        if node.kind != NodeKind::Bullet {
            listed.push(entry);
        }
    }
    listed
}

/// A section named in passing.
pub(super) fn reference(place: &Place<'_>) -> SectionRef {
    SectionRef {
        anchor: place.anchor.clone(),
        label: place.node.label.clone(),
        heading: place.node.heading.clone(),
    }
}

/// The heading as it is printed before its text: a heading that runs into its paragraph keeps the
/// full stop that ends it.
fn printed_heading(node: &Node) -> String {
    if node.text.starts_with('。') {
        format!("{}。", node.heading)
    } else {
        node.heading.clone()
    }
}

/// Paragraphs of a text, one a line, without the indentation that the page makes itself.
pub(super) fn paragraphs(text: &str) -> Vec<Para> {
    lines(text).map(Para::Text).collect()
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
}

/// The words of a node that stand by themselves on its page: its own paragraphs, and its bullets
/// where they stand between them. Other children have pages of their own.
pub(super) fn own_words(node: &Node) -> Vec<Para> {
    let mut paras = Vec::new();
    for piece in node.pieces() {
        match piece {
            Piece::Words(words) => paras.extend(paragraphs(without_stop(words, paras.is_empty()))),
            Piece::Child(child) if child.kind == NodeKind::Bullet => {
                let rest = without_stop(&child.text, true);
                let mut texts = lines(&format!(
                    "{}{}{}",
                    child.label,
                    printed_heading(child),
                    rest
                ))
                .collect::<Vec<_>>()
                .into_iter();
                paras.extend(texts.next().map(Para::Item));
                paras.extend(texts.map(Para::Text));
            }
            Piece::Child(_) => {}
        }
    }
    paras
}

/// The full stop that [`printed_heading`] shows already.
fn without_stop(words: &str, first: bool) -> &str {
    if first {
        words.strip_prefix('。').unwrap_or(words)
    } else {
        words
    }
}

/// The whole document as a run of blocks. Words that stand after a section's children come as a
/// block without a label.
pub(super) fn blocks(outline: &DocumentOutline, commentable: bool) -> Vec<DocumentBlock> {
    let places = outline.walk();
    let mut anchors = places.iter().map(|place| place.anchor.as_str());
    let mut blocks = Vec::with_capacity(places.len());
    for node in &outline.nodes {
        push(&mut blocks, node, &mut anchors, commentable);
    }
    blocks
}

fn push<'a>(
    blocks: &mut Vec<DocumentBlock>,
    node: &Node,
    anchors: &mut impl Iterator<Item = &'a str>,
    commentable: bool,
) {
    let mut pieces = node.pieces().into_iter().peekable();
    let first = match pieces.peek() {
        Some(Piece::Words(words)) => {
            let words = without_stop(words, true);
            pieces.next();
            paragraphs(words)
        }
        _ => Vec::new(),
    };
    blocks.push(DocumentBlock {
        anchor: anchors.next().unwrap_or_default().to_owned(),
        level: node.level,
        label: node.label.clone(),
        heading: printed_heading(node),
        paragraphs: first,
        units: node.units.clone(),
        commentable: commentable && node.kind != NodeKind::Bullet,
    });
    for piece in pieces {
        match piece {
            Piece::Child(child) => push(blocks, child, anchors, commentable),
            Piece::Words(words) => {
                let paragraphs = paragraphs(words);
                if !paragraphs.is_empty() {
                    blocks.push(DocumentBlock {
                        level: node.level,
                        paragraphs,
                        ..DocumentBlock::default()
                    });
                }
            }
        }
    }
}

/// What stands below the last section: its paragraphs, then the lines of the signature as printed.
pub(super) fn foot(outline: &DocumentOutline) -> (Vec<Para>, Vec<String>) {
    let mut above: Vec<String> = lines(&outline.foot).collect();
    let Some(signature) = &outline.signature else {
        return (above.into_iter().map(Para::Text).collect(), Vec::new());
    };
    let first_issuer = signature
        .issuer
        .as_deref()
        .and_then(|issuer| issuer.split('、').next());
    let start = first_issuer
        .and_then(|issuer| above.iter().rposition(|line| line.contains(issuer)))
        .unwrap_or_else(|| above.len().saturating_sub(1));
    let signed = above.split_off(start);
    (above.into_iter().map(Para::Text).collect(), signed)
}
