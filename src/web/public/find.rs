//! Finding words in the draft.

use super::outline::SectionRef;
use super::plan_nav::PlanNav;
use crate::web::layout::Layout;
use crate::web::search::{Stretch, Unfit};
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/find?q=`.
#[derive(Template)]
#[template(path = "public/find.html")]
pub struct FindPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    pub nav: PlanNav,
    pub found: Found,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Found {
    /// Nothing was looked for.
    Unfit(Unfit),
    Nothing,
    Sections {
        count: usize,
        hits: Vec<FoundSection>,
    },
}

/// A section that holds all the words.
#[derive(Clone, Debug, Default)]
pub struct FoundSection {
    pub section: SectionRef,
    /// Label and heading, and the words around the place, each with what was found marked.
    pub heading: Vec<Stretch>,
    pub excerpt: Vec<Stretch>,
}

impl FindPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    /// Whether only the first of the sections are shown.
    fn cut(&self) -> Option<usize> {
        match &self.found {
            Found::Sections { count, hits } if *count > hits.len() => Some(hits.len()),
            _ => None,
        }
    }
}
