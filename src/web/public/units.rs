//! Who is responsible for what: all units of a draft, and all sections of one unit.

use super::outline::SectionRef;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// A unit named at a section, with the page that lists its sections.
#[derive(Clone, Debug, Default)]
pub struct UnitLink {
    /// As printed.
    pub name: String,
    /// Empty where the text has no such pages.
    pub href: String,
}

/// `GET /c/{slug}/units`.
#[derive(Template)]
#[template(path = "public/units.html")]
pub struct UnitsPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    /// The one with the most sections first.
    pub units: Vec<UnitCount>,
}

/// A unit and how many sections name it.
#[derive(Clone, Debug, Default)]
pub struct UnitCount {
    pub unit: UnitLink,
    pub sections: usize,
}

/// `GET /c/{slug}/units/{unit}`.
#[derive(Template)]
#[template(path = "public/unit.html")]
pub struct UnitPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    pub name: String,
    /// Other names that the draft prints for it.
    pub also: Vec<String>,
    pub sections: Vec<UnitSection>,
}

/// A section that names the unit.
#[derive(Clone, Debug, Default)]
pub struct UnitSection {
    pub section: SectionRef,
    /// The beginning of its words.
    pub words: String,
}

impl UnitsPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}

impl UnitPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
