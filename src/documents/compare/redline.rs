//! What changed between two stretches of text, word by word.
//!
//! The work is bounded by size, not by a clock, so that the same two texts always give the same
//! redline. The words of a text beyond [`WORDS`] are not compared at once: sentences are, then the
//! words of the sentences that differ. Beyond [`SENTENCES`] one text replaces the other.

use super::{tidy, tokens};
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Bytes of both texts together up to which words are compared directly: some twenty pages.
const WORDS: usize = 120_000;
/// Bytes of differing sentences within which words are still compared.
const ALL_WORDS: usize = 2_000_000;
/// Sentences of both texts together that are compared.
const SENTENCES: usize = 60_000;

/// A stretch of a redline. `Same` and `Deleted` put together are the old text, `Same` and
/// `Inserted` the new one, character for character.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
pub enum Run {
    Same(String),
    Inserted(String),
    Deleted(String),
}

impl Run {
    /// The words, whatever became of them.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Inserted(text) | Self::Deleted(text) => text,
        }
    }
}

/// The redline from one text to another. Where both stand, what was deleted comes before what was
/// inserted in its place; two runs of one kind never stand side by side; none is empty.
#[must_use]
pub fn redline(old: &str, new: &str) -> Vec<Run> {
    let mut draft = Draft::default();
    if old.len().saturating_add(new.len()) <= WORDS {
        by_words(&mut draft, old, new);
    } else {
        by_sentences(&mut draft, old, new);
    }
    tidy::tidy(draft.0)
}

/// Between two stretches that stay: what fell out and what came in.
#[derive(Clone, Debug, Default)]
pub(super) struct Swap {
    pub deleted: String,
    pub inserted: String,
}

/// A stretch of a redline while it is made.
#[derive(Clone, Debug)]
pub(super) enum Stretch {
    Same(String),
    Swap(Swap),
}

#[derive(Default)]
struct Draft(Vec<Stretch>);

impl Draft {
    fn same(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Stretch::Same(last)) => last.push_str(text),
            _ => self.0.push(Stretch::Same(text.to_owned())),
        }
    }

    fn swap(&mut self, deleted: &str, inserted: &str) {
        if deleted.is_empty() && inserted.is_empty() {
            return;
        }
        if let Some(Stretch::Swap(last)) = self.0.last_mut() {
            last.deleted.push_str(deleted);
            last.inserted.push_str(inserted);
        } else {
            self.0.push(Stretch::Swap(Swap {
                deleted: deleted.to_owned(),
                inserted: inserted.to_owned(),
            }));
        }
    }
}

fn by_words(draft: &mut Draft, old: &str, new: &str) {
    let (old, new) = (tokens::words(old), tokens::words(new));
    compare(&old, &new, |is_same, deleted, inserted| {
        if is_same {
            draft.same(&deleted.concat());
        } else {
            draft.swap(&deleted.concat(), &inserted.concat());
        }
    });
}

fn by_sentences(draft: &mut Draft, old: &str, new: &str) {
    let (old_sentences, new_sentences) = (tokens::sentences(old), tokens::sentences(new));
    if old_sentences.len().saturating_add(new_sentences.len()) > SENTENCES {
        draft.swap(old, new);
        return;
    }
    let mut left = ALL_WORDS;
    compare(
        &old_sentences,
        &new_sentences,
        |is_same, deleted, inserted| {
            let (deleted, inserted) = (deleted.concat(), inserted.concat());
            let size = deleted.len().saturating_add(inserted.len());
            if is_same {
                draft.same(&deleted);
            } else if size <= WORDS.min(left) {
                left = left.saturating_sub(size);
                by_words(draft, &deleted, &inserted);
            } else {
                draft.swap(&deleted, &inserted);
            }
        },
    );
}

/// Gives the stretches of a comparison in order: whether it is the same, and the old and the new.
pub(super) fn compare<'a, T: Eq + std::hash::Hash>(
    old: &'a [T],
    new: &'a [T],
    mut take: impl FnMut(bool, &'a [T], &'a [T]),
) {
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let is_same = matches!(op, DiffOp::Equal { .. });
        let deleted = old.get(op.old_range()).unwrap_or_default();
        let inserted = new.get(op.new_range()).unwrap_or_default();
        take(is_same, deleted, inserted);
    }
}
