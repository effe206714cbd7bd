//! The opinions of a form: words, quoted words, a suggested wording.

use super::RawForm;
use super::faults::{Faults, FormField};
use crate::documents::model::quote::TextQuote;
use crate::intake::model::submission::{NewRemark, check_text};
use crate::intake::model::whole_words::suggestion;
use crate::words::Both;

/// Opinions that one submission holds at most.
pub const MOST_REMARKS: usize = 50;
/// One opinion as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawRemark {
    /// Anchor of a section; empty for the whole draft.
    pub section: String,
    /// The version of the draft that was read; `None` for the published one.
    pub version: Option<i32>,
    /// The words of the section that it is about.
    pub quote: Option<TextQuote>,
    pub text: String,
    /// How it should read instead.
    pub suggested: String,
}

impl RawRemark {
    /// Whether nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty() && self.suggested.trim().is_empty()
    }
}

/// Checks one opinion by itself, when it is written down and before the sender is known.
///
/// # Errors
/// Every fault with its field.
pub fn read_remark(raw: &RawRemark) -> std::result::Result<NewRemark, Faults> {
    let mut faults = Faults::default();
    match one(raw, &mut faults) {
        Some(remark) if faults.is_empty() => Ok(remark),
        _ => Err(faults),
    }
}

/// Those written down before, and the one in the form itself unless it was left blank.
pub(super) fn remarks(raw: &RawForm, faults: &mut Faults) -> Vec<NewRemark> {
    let mut remarks = Vec::with_capacity(raw.gathered.len() + 1);
    for (index, gathered) in raw.gathered.iter().enumerate() {
        let number = index + 1;
        match read_remark(gathered) {
            Ok(remark) => remarks.push(remark),
            Err(wrong) => {
                let said = wrong.0.into_iter().next().map(|(_, said)| said);
                let Both { zh, en } = said.unwrap_or_else(|| Both::new("", ""));
                let zh = format!("第{number}条意见：{zh}");
                let en = format!("Comment {number}: {en}");
                faults.add(FormField::Gathered, Both { zh, en });
            }
        }
    }
    if raw.gathered.len() >= MOST_REMARKS {
        faults.add(
            FormField::Gathered,
            Both::new(
                format!("一次最多提{MOST_REMARKS}条，请先提交这些，再另提其余的"),
                format!("At most {MOST_REMARKS} comments go into one sending; send these first, then the others"),
            ),
        );
    }
    let own = RawRemark {
        section: raw.section.clone(),
        version: raw.version,
        quote: raw.quote.clone(),
        text: raw.text.clone(),
        suggested: raw.suggested.clone(),
    };
    if raw.gathered.is_empty() || !own.is_blank() {
        remarks.extend(one(&own, faults));
    }
    remarks
}

/// One opinion: its words, or the wording it suggests, or both.
fn one(raw: &RawRemark, faults: &mut Faults) -> Option<NewRemark> {
    let suggested = (!raw.suggested.trim().is_empty())
        .then(|| faults.keep(FormField::Suggested, check_text(&raw.suggested)))
        .flatten();
    let text = if raw.text.trim().is_empty() && suggested.is_some() {
        let quote = raw.quote.as_ref();
        suggested.as_deref().map(|to| suggestion(quote, to))
    } else {
        faults.keep(FormField::Text, check_text(&raw.text))
    };
    let anchor = Some(raw.section.trim()).filter(|anchor| !anchor.is_empty());
    Some(NewRemark {
        confidence: None,
        anchor: anchor.map(str::to_owned),
        text: text?,
        // Without a section there is no text that the words could stand in.
        quote: raw.quote.clone().filter(|_| anchor.is_some()),
        suggested,
        evidence: None,
    })
}
