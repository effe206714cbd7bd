//! A whole document on one page: the draft or its explanation, with the anchors of the sections.

use super::outline::{Contents, Leads, OutlineNode, Para};
use super::plan_nav::PlanNav;
use super::stage::Stage;
use super::units::UnitLink;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// Above this many blocks they are laid out as they come into view.
const MANY: usize = 200;
/// Blocks, and about as many characters, that are laid out together: a few screens.
const TOGETHER: usize = 40;
const CHARACTERS_TOGETHER: usize = 2_500;

/// `GET /c/{slug}/draft`, `/explanation` and `/attachments/{n}`.
#[derive(Template)]
#[template(path = "public/document.html")]
pub struct DocumentPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub stage: Stage,
    pub nav: PlanNav,
    /// The version being read, when it is not the one that is published now.
    pub older: Option<i32>,
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
    pub units: Vec<UnitLink>,
    pub commentable: bool,
}

impl DocumentBlock {
    /// Whether the heading opens its paragraph, as one that ends with a full stop does in print.
    fn runs_in(&self) -> bool {
        self.heading.is_empty() || self.heading.ends_with('。')
    }

    fn characters(&self) -> usize {
        let mut words = String::new();
        for para in &self.paragraphs {
            para.plain(&mut words);
        }
        words.chars().count()
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

    /// Whether opinions are asked on this text.
    fn can_comment(&self) -> bool {
        self.blocks.iter().any(|block| block.commentable)
    }

    /// The blocks in runs that the browser may lay out one after the other as the reader comes to
    /// them; one run for a text of ordinary length.
    fn runs(&self) -> Vec<&[DocumentBlock]> {
        if self.blocks.len() <= MANY {
            return vec![&self.blocks];
        }
        let (mut blocks, mut characters) = (0, 0);
        let runs = self.blocks.split_inclusive(|block| {
            blocks += 1;
            characters += block.characters();
            let is_end = blocks >= TOGETHER || characters >= CHARACTERS_TOGETHER;
            if is_end {
                (blocks, characters) = (0, 0);
            }
            is_end
        });
        runs.collect()
    }

    fn is_long(&self) -> bool {
        self.blocks.len() > MANY
    }

    fn contents_html(&self) -> String {
        Contents::new(self.lang, &Leads::Anchors, &self.contents, None).to_string()
    }
}
