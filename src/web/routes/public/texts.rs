//! A document's nodes as the pages print them: every character in its place.

use super::units::unit_links;
use crate::documents::model::{DocumentOutline, Node, NodeKind, Piece};
use crate::web::public::document::DocumentBlock;
use crate::web::public::para::{Para, Pictures, paragraphs};
use crate::web::shelf::Text;

/// The heading as it is printed before its text: a heading that runs into its paragraph keeps the
/// full stop that ends it.
fn printed_heading(node: &Node) -> String {
    if node.text.starts_with('。') {
        format!("{}。", node.heading)
    } else {
        node.heading.clone()
    }
}

/// The words of a node that stand by themselves on its page: its own paragraphs, and its bullets
/// where they stand between them. Other children have pages of their own.
pub(super) fn own_words(node: &Node, pictures: &Pictures) -> Vec<Para> {
    let mut paras = Vec::new();
    for piece in node.pieces() {
        match piece {
            Piece::Words(words) => {
                let words = without_stop(words, paras.is_empty());
                paras.extend(paragraphs(words, pictures));
            }
            Piece::Child(child) if child.kind == NodeKind::Bullet => {
                let rest = without_stop(&child.text, true);
                let printed = format!("{}{}{}", child.label, printed_heading(child), rest);
                let mut texts = paragraphs(&printed, pictures).into_iter();
                paras.extend(texts.next().map(|first| match first {
                    Para::Text(words) => Para::Item(words),
                    other => other,
                }));
                paras.extend(texts);
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

/// How the blocks of a text are made.
pub(super) struct Setting<'a> {
    pub(super) text: &'a Text,
    pub(super) pictures: &'a Pictures,
    pub(super) commentable: bool,
    /// The address of the pages that list a unit's sections; none where the text has no such pages.
    pub(super) units: Option<&'a str>,
}

/// The whole document as a run of blocks. Words that stand after a section's children come as a
/// block without a label.
pub(super) fn blocks(setting: &Setting<'_>) -> Vec<DocumentBlock> {
    let sections = &setting.text.sections;
    let mut anchors = sections.iter().map(|section| section.anchor.as_str());
    let mut blocks = Vec::with_capacity(sections.len());
    for node in &setting.text.document.outline.nodes {
        push(&mut blocks, node, &mut anchors, setting);
    }
    blocks
}

fn push<'a>(
    blocks: &mut Vec<DocumentBlock>,
    node: &Node,
    anchors: &mut impl Iterator<Item = &'a str>,
    setting: &Setting<'_>,
) {
    let mut pieces = node.pieces().into_iter().peekable();
    let first = match pieces.peek() {
        Some(Piece::Words(words)) => {
            let words = without_stop(words, true);
            pieces.next();
            paragraphs(words, setting.pictures)
        }
        _ => Vec::new(),
    };
    blocks.push(DocumentBlock {
        anchor: anchors.next().unwrap_or_default().to_owned(),
        level: node.level,
        label: node.label.clone(),
        heading: printed_heading(node),
        paragraphs: first,
        units: unit_links(&node.units, setting.units),
        commentable: setting.commentable && node.kind != NodeKind::Bullet,
    });
    for piece in pieces {
        match piece {
            Piece::Child(child) => push(blocks, child, anchors, setting),
            Piece::Words(words) => {
                let paragraphs = paragraphs(words, setting.pictures);
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
pub(super) fn foot(outline: &DocumentOutline, pictures: &Pictures) -> (Vec<Para>, Vec<String>) {
    let Some(signature) = &outline.signature else {
        return (paragraphs(&outline.foot, pictures), Vec::new());
    };
    let mut above: Vec<String> = outline
        .foot
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect();
    let first_issuer = signature
        .issuer
        .as_deref()
        .and_then(|issuer| issuer.split('、').next());
    let start = first_issuer
        .and_then(|issuer| above.iter().rposition(|line| line.contains(issuer)))
        .unwrap_or_else(|| above.len().saturating_sub(1));
    let signed = above.split_off(start);
    let signed = signed.iter().map(|line| line.trim().to_owned()).collect();
    (paragraphs(&above.join("\n"), pictures), signed)
}
