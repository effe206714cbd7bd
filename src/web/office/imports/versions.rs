//! The versions of a consultation, and handing in a revised draft.

use crate::web::layout::Layout;
use crate::web::office::frame::Frame;
use crate::words::Lang;
use askama::Template;

/// `GET /office/c/{slug}/versions`.
#[derive(Template)]
#[template(path = "office/imports/versions.html")]
pub struct VersionsPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub slug: String,
    /// The newest first.
    pub versions: Vec<VersionRow>,
    /// Revised drafts in preparation or waiting: address, files, state.
    pub preparing: Vec<(String, String, String)>,
    pub error: Option<String>,
    pub limit: String,
}

/// One published version.
#[derive(Clone, Debug)]
pub struct VersionRow {
    pub number: i32,
    pub published: String,
    pub files: String,
    pub note: String,
    /// What changed, for readers; none for the first.
    pub changes: Option<String>,
}
