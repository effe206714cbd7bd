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
}

impl OutlineNode {
    fn holds(&self, anchor: &str) -> bool {
        self.anchor == anchor || self.children.iter().any(|child| child.holds(anchor))
    }
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

/// A block of the plan's text, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Para {
    /// A paragraph.
    Text(String),
    /// A bullet, with its own `——` or other mark at the start of the text.
    Item(String),
}

/// Where the entries of a contents lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To the section pages of the consultation with this slug.
    Pages(String),
    /// To the anchors on the same page.
    Anchors,
}

/// The nested contents. Below the second level only the branch that holds the reader's own
/// section is open, so that a long plan stays readable beside its text.
#[derive(Template)]
#[template(path = "public/outline.html")]
pub struct Contents<'a> {
    lang: Lang,
    leads: &'a Leads,
    nodes: &'a [OutlineNode],
    here: Option<&'a str>,
    depth: u8,
}

impl<'a> Contents<'a> {
    /// The contents of a whole draft; `here` is the anchor of the section being read, None where
    /// every level is to be shown.
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
            depth: 1,
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
        let shown = self.depth < 2 || self.here.is_none_or(|here| node.holds(here));
        (shown && !node.children.is_empty()).then_some(Self {
            lang: self.lang,
            leads: self.leads,
            nodes: &node.children,
            here: self.here,
            depth: self.depth.saturating_add(1),
        })
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

    #[test]
    fn contents_open_only_the_branch_being_read() {
        let deep = |anchor: &str| OutlineNode {
            anchor: anchor.into(),
            heading: format!("标题{anchor}"),
            ..OutlineNode::default()
        };
        let mut first = deep("1");
        let mut second = deep("1.1");
        second.children = vec![deep("1.1.1")];
        first.children = vec![second, deep("1.2")];
        let nodes = [first];
        let leads = Leads::Pages("x".into());
        let shown = |here| Contents::new(Lang::En, &leads, &nodes, here).to_string();
        assert!(shown(None).contains("/en/c/x/s/1.1.1"));
        assert!(shown(Some("1.1")).contains("标题1.1.1"));
        assert!(!shown(Some("1.2")).contains("标题1.1.1"));
    }
}
