//! A section of a version that is no longer the published one, with where its text went.

use super::outline::Para;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/v/{number}/s/{section}`.
#[derive(Template)]
#[template(path = "public/old_section.html")]
pub struct OldSectionPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    pub number: i32,
    pub label: String,
    pub heading: String,
    pub paragraphs: Vec<Para>,
    pub went: Went,
}

/// Where a text went in the version that is published now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Went {
    /// Label with heading, address, and what happened to it, for each place that it is in.
    To(Vec<(String, String, String)>),
    /// It was taken out; the nearest place that is left.
    Gone(Option<(String, String)>),
}

impl OldSectionPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
