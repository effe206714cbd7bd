//! The outline beside the source text.

use super::steps::Steps;
use crate::web::layout::Layout;
use crate::web::office::frame::Frame;
use crate::web::office::parts::Choice;
use crate::words::Lang;
use askama::Template;

/// `GET /office/imports/{id}`.
#[derive(Template)]
#[template(path = "office/imports/workbench.html")]
pub struct WorkbenchPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub steps: Steps,
    /// Whether corrections can be made: not once it is published or given up.
    pub open: bool,
    pub revision: i32,
    /// Corrections that can be undone and done again.
    pub done: usize,
    pub undone: usize,
    /// Why the last correction was not made.
    pub error: Option<String>,
    pub documents: Vec<DocumentRow>,
    pub warnings: Vec<WarningRow>,
    pub noise: Vec<NoiseRow>,
    pub source: Vec<SourceLine>,
    pub window: SourceWindow,
}

/// One document of the text.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// `0`, the address of its panel.
    pub at: String,
    pub kind: &'static str,
    pub title: String,
    pub line: usize,
    pub here: bool,
    /// The kinds it can be; shown when it is the one being corrected.
    pub kinds: Vec<Choice>,
    pub nodes: Vec<NodeRow>,
}

/// One place of the outline.
#[derive(Clone, Debug)]
pub struct NodeRow {
    /// `0.3`: document and place.
    pub at: String,
    /// 1 at the top.
    pub depth: usize,
    pub label: String,
    pub heading: String,
    /// The office's own name for it.
    pub name: Option<String>,
    pub line: usize,
    pub units: usize,
    pub warnings: usize,
    /// What can be done to it, when it is the one being corrected.
    pub panel: Option<Panel>,
}

/// The corrections of one place.
#[derive(Clone, Debug)]
pub struct Panel {
    /// The heading as it is now, to be changed.
    pub words: String,
    pub units: String,
    /// The paragraphs of its own words, cut short.
    pub paragraphs: Vec<String>,
}

/// Something a person should look at.
#[derive(Clone, Debug)]
pub struct WarningRow {
    pub line: usize,
    pub message: String,
    /// The place it is about, with its line in the source.
    pub href: String,
}

/// What was set aside.
#[derive(Clone, Debug)]
pub struct NoiseRow {
    pub index: usize,
    /// `12` or `12–15`.
    pub lines: String,
    pub reason: String,
    /// Cut short.
    pub text: String,
}

/// One line of the source.
#[derive(Clone, Debug, Default)]
pub struct SourceLine {
    pub number: usize,
    pub text: String,
    /// Belongs to no text.
    pub noise: bool,
    /// The place that begins here.
    pub at: Option<String>,
    /// The place being corrected begins here.
    pub here: bool,
    pub warnings: Vec<String>,
}

/// Which lines of a long source are shown.
#[derive(Clone, Debug, Default)]
pub struct SourceWindow {
    pub first: usize,
    pub last: usize,
    pub total: usize,
    pub before: Option<String>,
    pub after: Option<String>,
}
