//! What changed in a section, as both the public's and the office's pages show it.

use crate::documents::compare::{Block, Run, SectionRedline};
use crate::words::Lang;
use askama::Template;

/// The redline of one section. Shown by underline and strike, and said to screen readers: never by
/// colour alone.
#[derive(Template)]
#[template(path = "public/redline.html")]
pub struct Redline<'a> {
    pub lang: Lang,
    pub redline: &'a SectionRedline,
}

impl Redline<'_> {
    /// The label's runs with the first paragraph's, and the other blocks.
    fn label(&self) -> &[Run] {
        &self.redline.label
    }

    fn blocks(&self) -> &[Block] {
        &self.redline.blocks
    }
}
