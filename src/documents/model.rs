//! The outline of one source file: its documents, its notice, what was set aside as noise.
//!
//! Conservation rule: every character of the source stands in exactly one place, and
//! [`Outline::reproduce`] puts them back into the source, character for character.

mod checks;
pub mod citation;
mod node;
mod notice;
pub mod numeral;
mod place;
pub mod published;
pub mod quote;
pub mod reference;
mod reference_index;
mod reference_match;
mod reference_parse;
mod reference_units;
mod reference_words;
pub mod shadow;
pub mod units;

pub use checks::Window;
pub(crate) use checks::days_between;
pub use node::{Node, NodeKind, Piece};
pub use notice::{Attachment, Contact, NoticeFacts, WindowFound};
pub use place::{Place, canonical_path};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything read from one file; the JSON shape of `jianyan document outline --json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub source: Source,
    /// The facts of the notice of consultation, when the file holds one.
    pub notice: Option<NoticeFacts>,
    /// In the order of the source.
    pub documents: Vec<DocumentOutline>,
    /// What does not belong to the texts, in the order of the source.
    pub noise: Vec<Noise>,
    /// What a person should look at before publishing, in the order of the source.
    pub warnings: Vec<Warning>,
}

/// The file an outline was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name the file was given under.
    pub name: String,
    /// SHA-256 of the bytes as they came, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Unicode characters of the text, without a byte-order mark.
    pub characters: usize,
}

/// What a document of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 公告: asks the public for opinions, with a window and a contact.
    Notice,
    /// 征求意见稿: the text that opinions are asked on.
    Draft,
    /// 起草说明.
    Explanation,
    /// 印发、转发通知: hands on a plan that is already decided.
    ForwardingNotice,
    /// A plan in force: opinions on it are not asked.
    AdoptedPlan,
    /// 附件 that is none of the above.
    Attachment,
}

/// One document. Printed in order, `head`, `preamble`, the nodes and `foot` are its source text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentOutline {
    pub kind: DocumentKind,
    /// The title in one piece, also when the source breaks it over lines; `None` when absent.
    pub title: Option<String>,
    /// First and last line of the title, 1-based.
    pub title_lines: Option<[usize; 2]>,
    /// First and last line that is not blank, 1-based.
    pub lines: [usize; 2],
    /// The source from the start of the document to the end of its title, line breaks included.
    pub head: String,
    /// The source between the title and the first label.
    pub preamble: String,
    pub nodes: Vec<Node>,
    /// The source from the attachment list or the signature to the end of the document.
    pub foot: String,
    pub signature: Option<Signature>,
}

/// Who signed a document and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// One or more offices joined by 、; `None` when only a date is given.
    pub issuer: Option<String>,
    /// `None` when no date is printed, or when the printed one does not exist in the calendar.
    pub date: Option<Date>,
    /// First and last line, 1-based.
    pub lines: [usize; 2],
}

/// A stretch of the source that belongs to no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noise {
    /// First and last line, 1-based.
    pub lines: [usize; 2],
    /// Why it was set aside, in Chinese.
    pub reason: String,
    /// Characters of the source before it.
    pub at: usize,
    pub text: String,
}

/// Something a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Kebab-case, stable.
    pub code: String,
    /// One Chinese sentence.
    pub message: String,
    /// 1-based.
    pub line: usize,
}

impl DocumentOutline {
    /// The document's own source text, in order, without what was set aside as noise.
    #[must_use]
    pub fn verbatim(&self) -> String {
        let mut out = String::new();
        self.print(&mut out);
        out
    }

    /// The document's places as letters refer to them, in the order of the source.
    #[must_use]
    pub fn reference_places(&self) -> Vec<reference::Place> {
        self.walk()
            .into_iter()
            .map(|place| reference::Place {
                path: place.path,
                label: place.node.label.clone(),
                heading: place.node.heading.clone(),
                text: place.node.text.clone(),
            })
            .collect()
    }

    fn print(&self, out: &mut String) {
        out.push_str(&self.head);
        out.push_str(&self.preamble);
        for node in &self.nodes {
            node.print(out);
        }
        out.push_str(&self.foot);
    }
}

impl Outline {
    /// The source text, character for character: the documents with the noise put back.
    #[must_use]
    pub fn reproduce(&self) -> String {
        let mut kept = String::new();
        for document in &self.documents {
            document.print(&mut kept);
        }
        let mut kept = kept.chars();
        let mut out = String::new();
        let mut printed = 0_usize;
        for noise in &self.noise {
            let missing = noise.at.saturating_sub(printed);
            out.extend(kept.by_ref().take(missing));
            out.push_str(&noise.text);
            printed = noise.at.saturating_add(noise.text.chars().count());
        }
        out.extend(kept);
        out
    }

    /// The text that opinions are asked on: the first draft, or else the first adopted plan.
    #[must_use]
    pub fn plan(&self) -> Option<&DocumentOutline> {
        let first = |kind| self.documents.iter().find(|document| document.kind == kind);
        first(DocumentKind::Draft).or_else(|| first(DocumentKind::AdoptedPlan))
    }
}
