//! One section of a draft: where it stands, its words, who is responsible, how to comment on it.

use super::outline::{Contents, Leads, OutlineNode, Para, SectionRef};
use super::plan_nav::PlanNav;
use super::stage::Stage;
use super::units::UnitLink;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/s/{section}`.
#[derive(Template)]
#[template(path = "public/section.html")]
pub struct SectionPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub stage: Stage,
    pub nav: PlanNav,
    /// The draft's title, first step of the breadcrumb.
    pub draft_title: String,
    /// First and last day, with the weekday.
    pub opens: String,
    pub closes: String,
    /// In words; empty unless open or coming.
    pub left: String,
    /// The sections above this one, from the top.
    pub trail: Vec<SectionRef>,
    pub anchor: String,
    pub label: String,
    /// Empty for an article that has no heading.
    pub heading: String,
    /// Whether the heading runs into its paragraph in the source: the full stop between them is kept
    /// for those who copy or hear the page, though a title is set without one.
    pub runs_in: bool,
    /// The section's own words.
    pub paragraphs: Vec<Para>,
    /// Parts of a group section.
    pub children: Vec<SectionRef>,
    /// 责任单位.
    pub units: Vec<UnitLink>,
    /// Whether an opinion can be given on this section by itself.
    pub commentable: bool,
    pub previous: Option<SectionRef>,
    pub next: Option<SectionRef>,
    /// The contents, open where this section is.
    pub contents: Vec<OutlineNode>,
}

impl SectionPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    /// The address that comments on a paragraph, up to the paragraph's number.
    fn say(&self) -> String {
        format!("{}/comment?section={}&p=", self.base(), self.anchor)
    }

    /// The address that does not change, whole, as it is copied.
    fn permanent(&self) -> String {
        format!("{}{}/s/{}", self.layout.origin, self.base(), self.anchor)
    }

    fn contents_html(&self) -> String {
        let leads = Leads::Pages(self.slug.clone());
        Contents::new(self.lang, &leads, &self.contents, Some(&self.anchor)).to_string()
    }
}
