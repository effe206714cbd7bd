//! What the office corrects in an outline before it is published: which words are a heading, how
//! deep a section stands, what is no section, what is no text at all.
//!
//! An edit never adds, drops or changes a character of the source: after each one
//! [`Outline::reproduce`] still gives the source back. Edits are kept as a list and replayed over
//! the outline as it was read, so that undoing is leaving the last one out.

mod noise;
mod places;
mod split;
mod stream;

pub use split::paragraphs;

use super::model::{DocumentKind, DocumentOutline, Outline};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// A place of an outline: the document, and the node in the order of [`DocumentOutline::walk`],
/// both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    pub document: usize,
    pub place: usize,
}

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Edit {
    /// The heading is these words. Words that the source has there move the end of the heading;
    /// others are what the contents call the section, while the text stays as printed.
    Rename { at: At, words: String },
    /// One level up, with all below it.
    Promote { at: At },
    /// One level down, below the section before it, with all below it.
    Demote { at: At },
    /// No section of its own: its words go on in the section before it.
    Merge { at: At },
    /// From this paragraph of its words on (counted from 0) it is another section, beside this one
    /// or below it.
    Split {
        at: At,
        paragraph: usize,
        below: bool,
    },
    /// Belongs to no text, with all below it.
    Noise { at: At },
    /// This paragraph of its words belongs to no text.
    NoiseParagraph { at: At, paragraph: usize },
    /// What was set aside (counted from 0) belongs to the text after all.
    Restore { noise: usize },
    /// What a document is.
    Kind { document: usize, kind: DocumentKind },
    /// What a document is called.
    Title { document: usize, words: String },
}

/// Applies the edits one after the other.
///
/// # Errors
/// `Kind::Invalid` for an edit that cannot be done, such as raising what stands at the top.
pub fn replay(mut outline: Outline, edits: &[Edit]) -> Result<Outline> {
    for edit in edits {
        apply(&mut outline, edit)?;
    }
    Ok(outline)
}

/// Applies one edit; on an error nothing is changed.
///
/// # Errors
/// As [`replay`].
pub fn apply(outline: &mut Outline, edit: &Edit) -> Result<()> {
    match edit {
        Edit::Rename { at, words } => {
            places::rename(document(outline, at.document)?, at.place, words)
        }
        Edit::Promote { at } => places::promote(document(outline, at.document)?, at.place),
        Edit::Demote { at } => places::demote(document(outline, at.document)?, at.place),
        Edit::Merge { at } => places::merge(document(outline, at.document)?, at.place),
        Edit::Split {
            at,
            paragraph,
            below,
        } => {
            let noise = outline.noise.clone();
            let document = document(outline, at.document)?;
            split::split(document, &noise, at.place, *paragraph, *below)
        }
        Edit::Noise { at } => noise::set_aside(outline, *at, None),
        Edit::NoiseParagraph { at, paragraph } => noise::set_aside(outline, *at, Some(*paragraph)),
        Edit::Restore { noise } => noise::restore(outline, *noise),
        Edit::Kind {
            document: index,
            kind,
        } => {
            document(outline, *index)?.kind = *kind;
            Ok(())
        }
        Edit::Title {
            document: index,
            words,
        } => {
            let words = words.trim();
            document(outline, *index)?.title =
                Some(words.to_owned()).filter(|words| !words.is_empty());
            Ok(())
        }
    }
}

fn document(outline: &mut Outline, index: usize) -> Result<&mut DocumentOutline> {
    outline.documents.get_mut(index).ok_or_else(gone)
}

fn gone() -> Error {
    Error::invalid(
        "这一条已经不在大纲里，请刷新页面后再改",
        "this section is no longer in the outline; reload the page and try again",
    )
}
