//! One node of an outline: a part, item, bullet or article with its own words.

use serde::{Deserialize, Serialize};

/// The form of a label, by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NodeKind {
    /// 第一编
    #[serde(rename = "编")]
    Part,
    /// 第一分编
    #[serde(rename = "分编")]
    SubPart,
    /// 第一章
    #[serde(rename = "章")]
    Chapter,
    /// 第一节
    #[serde(rename = "节")]
    Section,
    /// 第一条, 第一百二十条之一
    #[serde(rename = "条")]
    Article,
    /// 一、
    #[serde(rename = "l1:一、")]
    First,
    /// (一)
    #[serde(rename = "l2:(一)")]
    Second,
    /// 1.
    #[serde(rename = "l3:1.")]
    Third,
    /// (1)
    #[serde(rename = "l4:(1)")]
    Fourth,
    /// ①
    #[serde(rename = "l5:①")]
    Fifth,
    /// ——
    #[serde(rename = "bullet:——")]
    Bullet,
}

impl NodeKind {
    /// Whether the label is one of a law (编, 分编, 章, 节, 条) and not of a plan.
    #[must_use]
    pub fn is_law(self) -> bool {
        matches!(
            self,
            Self::Part | Self::SubPart | Self::Chapter | Self::Section | Self::Article
        )
    }
}

/// One labelled place. `label`, `gap`, `heading`, then `text` with the children let in at their
/// places, are the source text of the node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// As printed: `二、`, `（三）`, `8.`, `——`, `第十二条`.
    pub label: String,
    /// Spaces between label and heading, mostly none; with a line break where the source gives the
    /// label a line of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gap: String,
    /// The run after the label up to the first 。, or the whole line.
    pub heading: String,
    /// What the contents call it where the office gives it another name; the text stays as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 1 一、 2 (一) 3 1. or —— 4 (1) 5 ①; in a document with articles or chapters the rank among the
    /// label forms that it uses.
    pub level: u8,
    pub kind: NodeKind,
    /// What the label counts: 3 for (三); for a bullet its order among its siblings; 0 for 附则 and
    /// 序言, which law texts print without a number.
    pub number: u32,
    /// The 一 of 第一百二十条之一.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_number: Option<u32>,
    /// Responsible units named in the node's own words, as printed.
    pub units: Vec<String>,
    /// The node's own words after the heading, the 。 that ends the heading included.
    pub text: String,
    /// Line of the label, 1-based.
    pub line: usize,
    /// Characters of the parent's `text` that stand before this node; for a node at the top, all
    /// characters of the preamble.
    pub at: usize,
    pub children: Vec<Node>,
}

/// A stretch of a node in the order of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Child(&'a Node),
}

impl Node {
    /// `text` and the children in the order of the source: what a page or a printer walks over.
    /// Empty stretches of words are left out.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut rest = self.text.as_str();
        let mut taken = 0_usize;
        for child in &self.children {
            let (words, after) = split_chars(rest, child.at.saturating_sub(taken));
            if !words.is_empty() {
                pieces.push(Piece::Words(words));
            }
            rest = after;
            taken = taken.max(child.at);
            pieces.push(Piece::Child(child));
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest));
        }
        pieces
    }

    /// The words after the last child, such as the closing paragraph behind a row of bullets.
    #[must_use]
    pub fn words_after(&self) -> &str {
        match self.children.last() {
            Some(child) => split_chars(&self.text, child.at).1,
            None => "",
        }
    }

    /// Appends the node's source text.
    pub(super) fn print(&self, out: &mut String) {
        out.push_str(&self.label);
        out.push_str(&self.gap);
        out.push_str(&self.heading);
        for piece in self.pieces() {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Child(child) => child.print(out),
            }
        }
    }
}

/// Splits after `count` characters.
fn split_chars(text: &str, count: usize) -> (&str, &str) {
    let middle = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(index, _)| index);
    text.split_at_checked(middle).unwrap_or((text, ""))
}
