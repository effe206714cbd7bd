//! A section to stand in a frame on another site.

use super::outline::Para;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/s/{section}/embed`.
#[derive(Template)]
#[template(path = "public/embed.html")]
pub struct EmbedPage {
    pub lang: Lang,
    pub layout: Layout,
    pub draft_title: String,
    pub label: String,
    pub heading: String,
    pub paragraphs: Vec<Para>,
    pub units: Vec<String>,
    /// Full address of the section's own page, which opens outside the frame.
    pub page: String,
    /// Until when comments are taken, in words; empty when they are not.
    pub until: String,
}
