//! The published texts of a consultation, as they are read back.

use super::{DocumentKind, DocumentOutline};

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
}
