//! What changed from one version of a draft to the next, and which versions there are.

use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/changes/{number}`.
#[derive(Template)]
#[template(path = "public/changes.html")]
pub struct ChangesPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    /// The version that changed the one before it.
    pub number: i32,
    /// When it was published, in words.
    pub published: String,
    /// What the office says about it; may be empty.
    pub note: String,
    /// Sections by kind of change.
    pub counts: Vec<(&'static str, usize)>,
    /// The sections that are not the same, in the order of the new text.
    pub rows: Vec<ChangeRow>,
    pub unchanged: usize,
}

/// One section that changed.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Unique on the page.
    pub id: String,
    pub word: &'static str,
    pub code: &'static str,
    /// Label and heading in the old version, and the address of its page.
    pub old: Option<(String, String)>,
    /// The same in the new version.
    pub new: Option<(String, String)>,
    /// Safe HTML.
    pub redline: String,
}

/// `GET /c/{slug}/versions`.
#[derive(Template)]
#[template(path = "public/versions.html")]
pub struct VersionsPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    /// The newest first.
    pub versions: Vec<VersionRow>,
}

/// One version.
#[derive(Clone, Debug)]
pub struct VersionRow {
    pub number: i32,
    pub published: String,
    pub note: String,
    /// Its whole text.
    pub text: String,
    /// What it changed; `None` for the first.
    pub changes: Option<String>,
    pub is_current: bool,
}

impl ChangeRow {
    /// What it was before, for a section that is in both versions.
    fn was(&self) -> Option<&(String, String)> {
        self.old.as_ref().filter(|_| self.new.is_some())
    }
}

impl ChangesPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}

impl VersionsPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
