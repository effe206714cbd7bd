//! The form on paper, for those who write by hand or come to the office.

use super::ways::Ways;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `/c/{slug}/paper`: prints on one A4 page.
#[derive(Template)]
#[template(path = "public/paper.html")]
pub struct PaperPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    /// Who asks, and holds the data.
    pub office: String,
    /// First and last day, with the weekday.
    pub opens: String,
    pub closes: String,
    pub ways: Ways,
    /// How long personal data is kept, in words.
    pub kept_for: String,
    /// The drawing that leads a telephone to the consultation. Safe HTML.
    pub qr: String,
    /// What it holds.
    pub address: String,
    /// Where a receipt is looked up.
    pub look_up: String,
}

impl PaperPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
