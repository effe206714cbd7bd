//! What the rules ask for, and publishing.

use super::steps::Steps;
use crate::web::field::Field;
use crate::web::layout::Layout;
use crate::web::office::frame::Frame;
use crate::words::Lang;
use askama::Template;

/// `GET /office/imports/{id}/check`.
#[derive(Template)]
#[template(path = "office/imports/check.html")]
pub struct CheckPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub steps: Steps,
    pub revision: i32,
    pub items: Vec<CheckItem>,
    /// Why it cannot be published yet, each with where to mend it.
    pub blocked: Vec<(String, String)>,
    /// What will be published, in words: title, window, how many sections.
    pub summary: Vec<(&'static str, String)>,
    pub publishing: Publishing,
    /// Why it was not published.
    pub error: Option<String>,
    pub day: Field,
    pub time: Field,
    pub note: Field,
    /// `now` or `later`.
    pub when: String,
}

/// One thing the rules ask for.
#[derive(Clone, Debug)]
pub struct CheckItem {
    pub met: bool,
    pub words: String,
    pub article: String,
}

/// Where publishing stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publishing {
    /// It can be published.
    Open,
    /// Something is missing; see `blocked`.
    Blocked,
    /// It will be seen from this moment on.
    Scheduled(String),
    /// It is seen, at this address.
    Published(String),
    Discarded,
}
