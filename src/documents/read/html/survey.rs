//! Which part of a page is the article: a container that the systems of government sites use, or
//! else the innermost block that holds nearly all of the text outside links.

use super::tree::{Element, Visitor, attribute};
use html5ever::tokenizer::Tag;

/// Ids and classes of article bodies, the surest first: the unified platform of the central
/// government, TRS and other systems of local ones, then names in common use.
const CONTAINERS: [&str; 24] = [
    "ucap-content",
    "trs_editor",
    "trs_ueditor",
    "zoomcon",
    "pages_content",
    "article-content",
    "article_content",
    "articlecontent",
    "article-body",
    "article_con",
    "content_article",
    "view_content",
    "news_content",
    "news-content",
    "main-content",
    "xxgk-content",
    "zwgk_content",
    "wp_articlecontent",
    "conTxt",
    "zoom",
    "vsb_content",
    "detail-content",
    "article",
    "content",
];

/// Headings that may be the title.
const TITLES: usize = 16;

/// Characters a container must hold to be believed.
const ENOUGH: usize = 20;

/// What was found out about a page.
#[derive(Default)]
pub(super) struct Found {
    /// The ordinal of the element that holds the article; none for the whole page.
    pub article: Option<usize>,
    /// The title that stands outside the article.
    pub title: Option<String>,
}

struct Frame {
    ordinal: usize,
    rank: Option<usize>,
    /// Characters outside links, and in links.
    text: usize,
    linked: usize,
    is_link: bool,
    is_block: bool,
    is_title: bool,
    is_navigation: bool,
}

struct Candidate {
    ordinal: usize,
    depth: usize,
    text: usize,
}

/// The first pass over a page.
#[derive(Default)]
pub(super) struct Survey {
    frames: Vec<Frame>,
    known: Option<(usize, Candidate)>,
    dense: Vec<Candidate>,
    total: usize,
    /// What stands in headings of the first level, with the ordinals of these.
    titles: Vec<(usize, String)>,
    stated: Option<String>,
    writing_title: Option<String>,
}

impl Survey {
    pub(super) fn found(self) -> Found {
        let enough = |candidate: &&Candidate| candidate.text * 10 >= self.total * 8;
        let dense = self
            .dense
            .iter()
            .filter(enough)
            .max_by_key(|candidate| candidate.depth);
        let article = match &self.known {
            Some((_, candidate)) => Some(candidate.ordinal),
            None => dense.map(|candidate| candidate.ordinal),
        };
        // A site's own name often is such a heading too; the article's stands right before it.
        let before = |(ordinal, _): &&(usize, String)| article.is_none_or(|at| *ordinal < at);
        let last = self.titles.iter().rev().find(before);
        let title = last.or(self.titles.first()).map(|(_, title)| title.clone());
        Found {
            article,
            title: self.stated.or(title),
        }
    }
}

/// The rank of the container that a tag is by its id or class.
fn rank(tag: &Tag) -> Option<usize> {
    let words = ["id", "class"]
        .iter()
        .filter_map(|name| attribute(tag, name));
    let by_name = words
        .flat_map(|value| value.split_ascii_whitespace().take(16))
        .filter_map(|word| {
            CONTAINERS
                .iter()
                .position(|known| known.eq_ignore_ascii_case(word))
        })
        .min();
    let by_kind = || (&*tag.name == "article").then_some(CONTAINERS.len() - 2);
    by_name.or_else(by_kind)
}

/// Whether a block is for finding one's way, by the names such blocks have.
pub(super) fn is_navigation(tag: &Tag) -> bool {
    const MARKS: [&str; 14] = [
        "nav",
        "menu",
        "footer",
        "foot",
        "breadcrumb",
        "crumb",
        "crumbs",
        "sidebar",
        "share",
        "copyright",
        "topbar",
        "toolbar",
        "position",
        "pagination",
    ];
    ["id", "class", "role"]
        .iter()
        .filter_map(|name| attribute(tag, name))
        .flat_map(|value| value.split(|c: char| !c.is_ascii_alphanumeric()).take(32))
        .any(|word| {
            MARKS.iter().any(|mark| word.eq_ignore_ascii_case(mark))
                || word.eq_ignore_ascii_case("navigation")
        })
}

impl Visitor for Survey {
    fn open(&mut self, element: &Element, tag: &Tag, _depth: usize) -> bool {
        let name = element.name.as_str();
        let is_title = name == "h1" || {
            let titled = |value: &str| {
                value.split_ascii_whitespace().any(|word| {
                    let word = word.to_ascii_lowercase();
                    matches!(word.as_str(), "ucap-title" | "ucaptitle" | "article-title")
                })
            };
            ["id", "class"]
                .iter()
                .filter_map(|name| attribute(tag, name))
                .any(titled)
        };
        if is_title && self.titles.len() < TITLES && self.writing_title.is_none() {
            self.writing_title = Some(String::new());
        }
        self.frames.push(Frame {
            ordinal: element.ordinal,
            rank: rank(tag),
            text: 0,
            linked: 0,
            is_link: name == "a",
            is_block: matches!(name, "div" | "td" | "article" | "section" | "main" | "body"),
            is_title,
            is_navigation: is_navigation(tag),
        });
        true
    }

    fn single(&mut self, tag: &Tag) -> bool {
        let stated =
            attribute(tag, "name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle"));
        if &*tag.name == "meta" && stated {
            self.stated = attribute(tag, "content")
                .map(str::trim)
                .filter(|title| !title.is_empty())
                .map(str::to_owned);
        }
        true
    }

    fn close(&mut self, _element: &Element, depth: usize) -> bool {
        let Some(frame) = self.frames.pop() else {
            return true;
        };
        if frame.is_title
            && let Some(title) = self.writing_title.take()
        {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            if !title.is_empty() {
                self.titles.push((frame.ordinal, title));
            }
        }
        if frame.is_navigation {
            self.total = self.total.saturating_sub(frame.text);
            return true;
        }
        let candidate = || Candidate {
            ordinal: frame.ordinal,
            depth,
            text: frame.text,
        };
        if let Some(rank) = frame.rank
            && frame.text >= ENOUGH
            && frame.text >= frame.linked
        {
            let better = self.known.as_ref().is_none_or(|(known, held)| {
                rank < *known || rank == *known && frame.text > held.text
            });
            if better {
                self.known = Some((rank, candidate()));
            }
        }
        if frame.is_block && frame.text * 10 >= self.total * 8 {
            self.dense.push(candidate());
        }
        if let Some(parent) = self.frames.last_mut() {
            let text = if frame.is_link { 0 } else { frame.text };
            parent.text = parent.text.saturating_add(text);
            let linked = frame.linked + frame.text - text;
            parent.linked = parent.linked.saturating_add(linked);
            if frame.is_link {
                self.total = self.total.saturating_sub(frame.text);
            }
        }
        true
    }

    fn text(&mut self, text: &str) -> bool {
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        self.total = self.total.saturating_add(count);
        if let Some(frame) = self.frames.last_mut() {
            frame.text = frame.text.saturating_add(count);
        }
        if let Some(title) = &mut self.writing_title
            && title.len() < 2000
        {
            title.push_str(text);
        }
        true
    }
}
