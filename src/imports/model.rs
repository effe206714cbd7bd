//! A publication in preparation.

use crate::consultations::facts::FactsForm;
use crate::documents::compare::Link;
use crate::documents::edit::Edit;
use crate::documents::model::Warning;
use crate::documents::model::published::{ImageRef, SourceFile};
use crate::error::{Error, Kind, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One publication in preparation. Its state is derived from its instants.
#[derive(Clone, Debug)]
pub struct Import {
    /// A new consultation takes this identifier over, so that its log begins here.
    pub id: String,
    /// The consultation that it revises; `None` for a new one.
    pub consultation_id: Option<String>,
    /// The files as they were handed in, in the order of the text.
    pub sources: Vec<SourceFile>,
    /// Of the text that was read from them; the bytes are in the storage.
    pub text_sha256: String,
    pub images: Vec<ImageRef>,
    pub stated: Stated,
    /// What was odd when the files were read.
    pub warnings: Vec<Warning>,
    pub edits: Edits,
    pub facts: FactsForm,
    /// How the revised text stands to the published one, once the office has confirmed it.
    pub links: Option<Matched>,
    /// Counts the changes: a page that was made before another change is refused.
    pub revision: i32,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub published: Option<Published>,
    pub discarded_at: Option<Timestamp>,
}

/// What the files themselves say about lines of the text, all 1-based.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Headings with their outline level, 1 to 9.
    pub headings: Vec<(usize, u8)>,
    /// First and last line of each table of contents.
    pub contents: Vec<[usize; 2]>,
}

/// How a revised text stands to the version that was published when the office confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The version it was confirmed against.
    pub base: i32,
    pub links: Vec<Link>,
}

/// Where an import was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub consultation_id: String,
    pub version: i32,
    /// From when readers see it.
    pub at: Timestamp,
}

/// What was corrected, and what was undone and can be done again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits {
    pub done: Vec<Edit>,
    /// The last undone stands last.
    pub undone: Vec<Edit>,
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// 准备中
    Preparing,
    /// 定时发布: readers will see it.
    Scheduled,
    /// 已发布
    Published,
    /// 已放弃
    Discarded,
}

impl Import {
    /// Where it stands at an instant.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        match (&self.published, self.discarded_at) {
            (_, Some(_)) => State::Discarded,
            (Some(published), None) if published.at > now => State::Scheduled,
            (Some(_), None) => State::Published,
            (None, None) => State::Preparing,
        }
    }

    /// Under which identifier the log keeps what is done to it.
    #[must_use]
    pub fn logged_under(&self) -> &str {
        self.consultation_id.as_deref().unwrap_or(&self.id)
    }

    /// Refuses changes to what is no longer in preparation, or was changed since it was looked at.
    ///
    /// # Errors
    /// `Kind::Conflict`.
    pub fn must_be_open(&self, seen_revision: i32) -> Result<()> {
        if self.published.is_some() || self.discarded_at.is_some() {
            return Err(Error::new(
                Kind::Conflict,
                "这份材料已经发布或放弃，不能再改",
                "this has been published or given up and cannot be changed",
            ));
        }
        if self.revision != seen_revision {
            return Err(changed_since());
        }
        Ok(())
    }
}

/// The error for a page that was made before somebody's change.
#[must_use]
pub fn changed_since() -> Error {
    Error::new(
        Kind::Conflict,
        "另一位同事（或另一个窗口）刚刚改过这份材料，您的改动没有保存。请刷新页面看一看再改",
        "somebody else (or another window) has just changed this, so your change was not saved; reload the page and look again",
    )
}

impl Edits {
    /// Adds a correction; what was undone before it is forgotten.
    pub fn push(&mut self, edit: Edit) {
        self.done.push(edit);
        self.undone.clear();
    }

    /// Takes the last correction back; `false` when there is none.
    pub fn undo(&mut self) -> bool {
        let last = self.done.pop();
        let any = last.is_some();
        self.undone.extend(last);
        any
    }

    /// Does the last one taken back again; `false` when there is none.
    pub fn redo(&mut self) -> bool {
        let last = self.undone.pop();
        let any = last.is_some();
        self.done.extend(last);
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undone_is_done_again_until_something_else_is_done() {
        let edit = |noise| Edit::Restore { noise };
        let mut edits = Edits::default();
        edits.push(edit(1));
        edits.push(edit(2));
        assert!(edits.undo() && edits.undo() && !edits.undo());
        assert!(edits.redo());
        assert_eq!(edits.done, [edit(1)]);
        edits.push(edit(3));
        assert!(!edits.redo());
        assert_eq!(edits.done, [edit(1), edit(3)]);
    }
}
