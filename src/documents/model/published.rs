//! The published texts of a consultation, as they are read back.

use super::{DocumentKind, DocumentOutline};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One published state of a consultation's texts. It never changes; a revised draft is the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1 for the first.
    pub number: i32,
    /// The files it was read from, in the order of the text.
    pub sources: Vec<SourceFile>,
    /// The pictures of the text; `￼（图片3）` is the third.
    pub images: Vec<ImageRef>,
    /// What the office says about the change; empty for the first.
    pub note: String,
    /// From when readers see it.
    pub published_at: Timestamp,
}

/// A file as the office handed it in, kept whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    pub name: String,
    /// Of the bytes as they came, 64 lower-case hexadecimal digits.
    pub sha256: String,
    pub bytes: u64,
}

/// A picture kept with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRef {
    pub sha256: String,
    /// `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
    pub media_type: String,
    /// What the file says the picture shows; may be empty.
    pub alt: String,
}

/// One published document.
#[derive(Clone, Debug)]
pub struct PublishedDocument {
    pub id: String,
    pub kind: DocumentKind,
    pub title: String,
    pub outline: DocumentOutline,
}

/// One section of the draft, by which remarks refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRef {
    pub id: String,
    /// Stable in addresses: `2.3.8`.
    pub anchor: String,
    /// As people write it: `二/(三)/8`.
    pub path: String,
    pub label: String,
    pub heading: String,
    pub level: i32,
    /// The version whose text it stands in.
    pub version: i32,
}
