//! How a revised text stands to the published one, for the office to confirm.

use super::steps::Steps;
use crate::web::layout::Layout;
use crate::web::office::frame::Frame;
use crate::web::office::parts::Choice;
use crate::words::Lang;
use askama::Template;

/// `GET /office/imports/{id}/matches`.
#[derive(Template)]
#[template(path = "office/imports/matches.html")]
pub struct MatchesPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub steps: Steps,
    pub open: bool,
    pub revision: i32,
    /// Whether the office has confirmed it.
    pub confirmed: bool,
    /// Number of sections by kind of change, in words.
    pub counts: Vec<(&'static str, usize)>,
    /// The sections that are not the same, in the order of the new text.
    pub rows: Vec<MatchRow>,
    pub error: Option<String>,
}

/// One section that changed.
#[derive(Clone, Debug)]
pub struct MatchRow {
    /// The position among all links; names the row's field.
    pub index: usize,
    pub change: &'static str,
    pub code: &'static str,
    pub old: Option<String>,
    pub new: Option<String>,
    /// The redline as safe HTML.
    pub redline: String,
    /// From which old section the new one comes: offered where that can be corrected.
    pub choices: Vec<Choice>,
}
