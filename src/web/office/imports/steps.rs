//! The three steps from a file to its publication, on top of each of their pages.

use crate::words::Lang;

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Outline,
    /// The facts of a new consultation.
    Facts,
    /// How a revised text stands to the published one.
    Matches,
    Check,
}

/// Where in the preparation a page stands.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Of the import.
    pub id: String,
    pub here: Step,
    /// Whether it revises a consultation.
    pub revises: bool,
    /// The files it was read from, joined.
    pub files: String,
}

impl Steps {
    /// The address of the preparation; its pages are below it.
    #[must_use]
    pub fn base(&self, lang: &Lang) -> String {
        format!("{}/office/imports/{}", lang.prefix(), self.id)
    }

    /// The step that follows the outline.
    #[must_use]
    pub fn after_outline(&self, lang: &Lang) -> Option<(String, &'static str, bool)> {
        self.links(lang).into_iter().nth(1)
    }

    /// Address, words and whether it is the present one.
    #[must_use]
    pub fn links(&self, lang: &Lang) -> Vec<(String, &'static str, bool)> {
        let base = self.base(lang);
        let middle = if self.revises {
            (
                Step::Matches,
                "/matches",
                lang.pick("新旧条款对照", "Old and new"),
            )
        } else {
            (
                Step::Facts,
                "/facts",
                lang.pick("公告信息", "Facts of the notice"),
            )
        };
        [
            (Step::Outline, "", lang.pick("核对大纲", "Outline")),
            middle,
            (
                Step::Check,
                "/check",
                lang.pick("检查并发布", "Check and publish"),
            ),
        ]
        .into_iter()
        .map(|(step, path, words)| (format!("{base}{path}"), words, step == self.here))
        .collect()
    }
}
