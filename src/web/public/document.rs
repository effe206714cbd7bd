//! A whole document on one page: the draft or its explanation, with the anchors of the sections.

use super::outline::{Contents, Leads, OutlineNode, Para};
use super::stage::Stage;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/draft` and `GET /c/{slug}/explanation`.
#[derive(Template)]
#[template(path = "public/document.html")]
pub struct DocumentPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub stage: Stage,
    /// The document's title as printed.
    pub title: String,
    /// What stands before the first heading.
    pub preface: Vec<Para>,
    pub blocks: Vec<DocumentBlock>,
    pub contents: Vec<OutlineNode>,
    /// What stands below the last section, such as a list of attachments.
    pub foot: Vec<Para>,
    /// Issuer and date, as printed, one a line.
    pub signed: Vec<String>,
}

/// One section in the run of the document.
#[derive(Clone, Debug, Default)]
pub struct DocumentBlock {
    /// Empty for words that go on after a section's parts.
    pub anchor: String,
    /// 1 for a part (一、), 2 for (一), 3 for 1., 4 and below for (1) and bullets.
    pub level: u8,
    pub label: String,
    /// Empty when the label runs straight into the text.
    pub heading: String,
    pub paragraphs: Vec<Para>,
    pub units: Vec<String>,
    pub commentable: bool,
}

impl DocumentBlock {
    /// Whether the heading opens its paragraph, as one that ends with a full stop does in print.
    fn runs_in(&self) -> bool {
        self.heading.is_empty() || self.heading.ends_with('。')
    }

    /// The level of the HTML heading: the page's title is the `h1`.
    fn heading_level(&self) -> u8 {
        self.level.clamp(1, 5).saturating_add(1)
    }
}

impl DocumentPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    fn contents_html(&self) -> String {
        Contents::new(self.lang, &Leads::Anchors, &self.contents, None).to_string()
    }
}
