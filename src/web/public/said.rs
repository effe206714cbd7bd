//! One opinion as it is shown to its sender and to the office: where, about which words, what it
//! says, and the suggested wording as a redline of those words.

use super::journey::QuoteShown;
use crate::documents::compare::{Run, redline};
use crate::documents::model::quote::TextQuote;
use crate::words::Lang;
use askama::Template;

/// One opinion.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Label and heading of the section; empty for the whole draft.
    pub section: String,
    pub quote: Option<QuoteShown>,
    pub text: String,
    /// From the quoted words to the suggested ones; one insertion where nothing is quoted.
    pub change: Vec<Run>,
    /// That the draft was revised since, and where the section is now.
    pub older: Option<String>,
}

impl Said {
    /// What was typed, put together.
    #[must_use]
    pub fn of(
        section: String,
        quote: Option<&TextQuote>,
        text: &str,
        suggested: Option<&str>,
    ) -> Self {
        let suggested = suggested.map(str::trim).filter(|words| !words.is_empty());
        let change = suggested.map(|to| match quote {
            Some(quote) => redline(&quote.exact, to),
            None => vec![Run::Inserted(to.to_owned())],
        });
        Self {
            section,
            quote: quote.map(QuoteShown::from),
            text: text.to_owned(),
            change: change.unwrap_or_default(),
            older: None,
        }
    }

    /// The same in a language, ready to be put into a page.
    #[must_use]
    pub const fn words(&self, lang: &Lang) -> SaidWords<'_> {
        SaidWords {
            lang: *lang,
            said: self,
        }
    }
}

impl From<&TextQuote> for QuoteShown {
    fn from(quote: &TextQuote) -> Self {
        Self {
            exact: quote.exact.clone(),
            prefix: quote.prefix.clone(),
            suffix: quote.suffix.clone(),
        }
    }
}

/// A [`Said`] in one language.
#[derive(Template)]
#[template(path = "public/said.html")]
pub struct SaidWords<'a> {
    lang: Lang,
    said: &'a Said,
}
