//! The outline of a draft as the pages show it: contents, breadcrumb, paragraphs.

use crate::words::Lang;
use askama::Template;

/// One entry of the contents.
#[derive(Clone, Debug, Default)]
pub struct OutlineNode {
    /// Stable anchor, such as `2.3.8`; also the end of the section page's address.
    pub anchor: String,
    /// Label as printed: `二、`, `(三)`, `第十二条`.
    pub label: String,
    /// Heading as printed; may be empty (articles of a law).
    pub heading: String,
    pub children: Vec<OutlineNode>,
    /// How many entries this one stands for that are left out; 0 for an entry of its own. It leads
    /// to the nearest of them.
    pub left_out: usize,
}

/// A section named in passing: a crumb, a neighbour, a part of a group.
#[derive(Clone, Debug, Default)]
pub struct SectionRef {
    pub anchor: String,
    pub label: String,
    /// May be empty.
    pub heading: String,
}

/// The classes of a printed label, so that the gap after it is right: a full-width mark such as
/// `、` `）` `．` brings its own, a dash wants none, half-width marks want a little, `第十二条` a whole character.
#[must_use]
pub fn label_class(label: &str) -> &'static str {
    match label.chars().last() {
        Some('、' | '）' | '．' | '。' | '—') => "label",
        Some(last) if last.is_ascii_punctuation() => "label label-narrow",
        _ => "label label-word",
    }
}

pub use super::para::Para;

/// Where the entries of a contents lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To the section pages of the consultation with this slug.
    Pages(String),
    /// To the anchors on the same page.
    Anchors,
}

/// The nested contents.
#[derive(Template)]
#[template(path = "public/outline.html")]
pub struct Contents<'a> {
    lang: Lang,
    leads: &'a Leads,
    nodes: &'a [OutlineNode],
    here: Option<&'a str>,
}

impl<'a> Contents<'a> {
    /// Contents of these entries; `here` is the anchor of the section being read.
    #[must_use]
    pub const fn new(
        lang: Lang,
        leads: &'a Leads,
        nodes: &'a [OutlineNode],
        here: Option<&'a str>,
    ) -> Self {
        Self {
            lang,
            leads,
            nodes,
            here,
        }
    }

    fn href(&self, node: &OutlineNode) -> String {
        match self.leads {
            Leads::Anchors => format!("#{}", node.anchor),
            Leads::Pages(slug) => {
                format!("{}/c/{slug}/s/{}", self.lang.prefix(), node.anchor)
            }
        }
    }

    fn is_here(&self, node: &OutlineNode) -> bool {
        self.here == Some(node.anchor.as_str())
    }

    fn below(&self, node: &'a OutlineNode) -> Option<Self> {
        (!node.children.is_empty()).then_some(Self {
            nodes: &node.children,
            ..*self
        })
    }

    fn more(&self, node: &OutlineNode) -> String {
        let count = super::grouped(u64::try_from(node.left_out).unwrap_or(0));
        self.lang
            .pick(format!("……还有{count}条"), format!("… {count} more"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_after_a_label_follows_its_last_mark() {
        assert_eq!(label_class("（三）"), "label");
        assert_eq!(label_class("1."), "label label-narrow");
        assert_eq!(label_class("第一百二十条之一"), "label label-word");
    }
}
