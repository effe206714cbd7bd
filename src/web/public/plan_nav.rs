//! The ways through a consultation's texts that stand above each of them: the other texts, and
//! finding words in the draft.

use crate::words::Lang;
use askama::Template;

/// The row of links above a text.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "public/plan_nav.html")]
pub struct PlanNav {
    pub lang: Lang,
    /// Address of the consultation, with the language's prefix.
    pub base: String,
    /// The published texts; empty when there is only one.
    pub texts: Vec<TextLink>,
    /// The number of the published version, when it is not the first: what it changed has a page.
    pub revised: Option<i32>,
    /// Whether the draft can be searched from here.
    pub find: bool,
    /// What was looked for, to stand in the box.
    pub query: String,
    /// Whether the page is one to print.
    pub print: bool,
}

/// One of the published texts.
#[derive(Clone, Debug, Default)]
pub struct TextLink {
    /// 方案, 起草说明, 附件1.
    pub name: String,
    /// The title as printed.
    pub title: String,
    pub href: String,
    /// Whether it is the one being read.
    pub is_here: bool,
}
