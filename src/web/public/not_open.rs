//! A comment that came too early or too late for the form.

use super::ways::Ways;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The answer to the form before the first and after the last day (`GET` 200, `POST` 409).
#[derive(Template)]
#[template(path = "public/not_open.html")]
pub struct NotOpenPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub title: String,
    /// Before the first day; otherwise after the last.
    pub early: bool,
    /// First and last day, with the weekday.
    pub opens: String,
    pub closes: String,
    /// What was typed and could not be sent.
    pub typed: Vec<Typed>,
    pub ways: Ways,
}

/// What the person typed, given back.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// Label and heading of the section; empty for the whole.
    pub section: String,
    pub text: String,
}

impl NotOpenPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
