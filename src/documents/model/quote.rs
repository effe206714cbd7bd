//! Words of a text, named so that they are found again: a W3C Web Annotation `TextQuoteSelector`
//! (Web Annotation Data Model, 4.2.4), within one section of one version.

use serde::{Deserialize, Serialize};

/// The quoted words with a little of what stands around them. Stored as the standard's own JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "TextQuoteSelector")]
pub struct TextQuote {
    /// The words themselves, as printed.
    pub exact: String,
    /// What stands before them in the section, at most 32 characters.
    #[serde(default)]
    pub prefix: String,
    /// What stands behind them, at most 32 characters.
    #[serde(default)]
    pub suffix: String,
}
