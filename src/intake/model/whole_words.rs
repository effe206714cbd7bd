//! An opinion in one run of words: what it says, the words it is about, the wording it suggests.

use super::public_text::{Concealer, PublicText};
use crate::documents::model::quote::TextQuote;

/// What was said of one place, in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    pub text: String,
    /// The words that it is about.
    pub quote: Option<TextQuote>,
    /// How they should read instead.
    pub suggested: Option<String>,
}

impl Opinion {
    /// All of it, as it was said.
    #[must_use]
    pub fn whole(&self) -> String {
        whole(&self.text, self.quote.as_ref(), self.suggested.as_deref())
    }

    /// All of it as the public may read it. Part by part: a signature stands at the end of the words.
    #[must_use]
    pub fn public(&self, concealer: &Concealer) -> String {
        let text = concealer.conceal(&self.text);
        let suggested = self
            .suggested
            .as_deref()
            .map(|words| concealer.conceal(words));
        let said = self
            .suggested
            .as_deref()
            .map(|words| suggestion(self.quote.as_ref(), words));
        let suggested = suggested.as_ref().map(PublicText::as_str);
        match (said, suggested) {
            (Some(said), Some(suggested)) if said == self.text => {
                suggestion(self.quote.as_ref(), suggested)
            }
            _ => whole(text.as_str(), self.quote.as_ref(), suggested),
        }
    }
}

impl From<&str> for Opinion {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

/// The sentence that says a suggested wording.
#[must_use]
pub fn suggestion(quote: Option<&TextQuote>, suggested: &str) -> String {
    match quote {
        Some(quote) => format!("建议将“{}”改为“{suggested}”。", quote.exact),
        None => format!("建议改为：{suggested}"),
    }
}

/// Everything that was said, for a table in which each opinion has one cell.
#[must_use]
pub fn whole(text: &str, quote: Option<&TextQuote>, suggested: Option<&str>) -> String {
    match (quote, suggested) {
        (None, None) => text.to_owned(),
        (Some(quote), None) => format!("（针对“{}”）{text}", quote.exact),
        (quote, Some(suggested)) => {
            let sentence = suggestion(quote, suggested);
            if text == sentence {
                sentence
            } else {
                format!("{text}\n{sentence}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opinion_is_said_once_and_whole() {
        let quote = TextQuote {
            exact: "每季度".into(),
            ..TextQuote::default()
        };
        assert_eq!(whole("好。", None, None), "好。");
        assert_eq!(
            whole("太少。", Some(&quote), None),
            "（针对“每季度”）太少。"
        );
        let said = "太少。\n建议将“每季度”改为“每月”。";
        assert_eq!(whole("太少。", Some(&quote), Some("每月")), said);
        let only = suggestion(Some(&quote), "每月");
        assert_eq!(whole(&only, Some(&quote), Some("每月")), only);
        assert_eq!(
            whole("通俗些。", None, Some("甲")),
            "通俗些。\n建议改为：甲"
        );
    }
}
