//! Remarks as the public may read them.

use crate::documents::model::published::SectionRef;
use crate::documents::model::quote::TextQuote;
use crate::intake::model::public_text::PublicText;
use jiff::Timestamp;

/// Which remarks are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    #[default]
    All,
    Shown,
    Hidden,
}

/// A remark in the public's form.
#[derive(Clone, Debug)]
pub struct Posted {
    pub id: String,
    /// `None` for the draft as a whole.
    pub section: Option<SectionRef>,
    pub quote: Option<TextQuote>,
    pub text: PublicText,
    pub suggested: Option<PublicText>,
    /// Masked: 张**.
    pub sender: String,
    pub received_at: Timestamp,
    pub is_shown: bool,
}

/// A page of remarks, and whether older ones follow.
#[derive(Clone, Debug)]
pub struct Page {
    pub posted: Vec<Posted>,
    pub has_more: bool,
}
