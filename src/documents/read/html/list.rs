//! Lists of a page, whose labels the browser prints.

use super::tree::attribute;
use crate::documents::read::figures::{self, Figures};
use html5ever::tokenizer::Tag;

/// A list that is open.
pub(super) struct List {
    /// None for a list that prints no labels.
    figures: Option<Figures>,
    next: i64,
}

impl List {
    pub(super) fn of(tag: &Tag) -> Self {
        let style = attribute(tag, "style").unwrap_or_default();
        let figures = if &*tag.name == "ol" {
            let name = match attribute(tag, "type") {
                Some("a") => "lowerLetter",
                Some("A") => "upperLetter",
                Some("i") => "lowerRoman",
                Some("I") => "upperRoman",
                _ => "decimal",
            };
            Figures::Named(name.to_owned())
        } else {
            Figures::Bullet
        };
        let start = attribute(tag, "start").and_then(|start| start.trim().parse().ok());
        Self {
            figures: (!style.contains("none")).then_some(figures),
            next: start.unwrap_or(1),
        }
    }

    /// The label of the next item.
    pub(super) fn next(&mut self, item: &Tag) -> String {
        if let Some(value) = attribute(item, "value").and_then(|value| value.trim().parse().ok()) {
            self.next = value;
        }
        let label = match &self.figures {
            None => String::new(),
            Some(Figures::Bullet) => "• ".to_owned(),
            Some(figures) => figures::print(figures, self.next)
                .map(|number| number + ". ")
                .unwrap_or_default(),
        };
        self.next = self.next.saturating_add(1);
        label
    }
}
