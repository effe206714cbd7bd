//! One opinion as it is shown to its sender and to the office: where, about which words, what it
//! says, and the suggested wording as a redline of those words.

use super::journey::QuoteShown;
use crate::documents::compare::{Run, redline};
use crate::documents::follow::QuoteNow;
use crate::documents::model::quote::TextQuote;
use crate::words::Lang;
use askama::Template;

/// One opinion.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Label and heading of the section, empty for the whole draft; `None` where the page says it
    /// elsewhere.
    pub section: Option<String>,
    pub quote: Option<QuoteShown>,
    pub text: String,
    /// From the quoted words to the suggested ones; one insertion where nothing is quoted.
    pub change: Vec<Run>,
    /// That the draft was revised since, and where the section is now.
    pub older: Option<String>,
    /// What became of the quoted words since.
    pub quote_now: Option<QuoteNow>,
}

impl Said {
    /// What was typed, put together.
    #[must_use]
    pub fn of(
        section: Option<String>,
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
            quote_now: None,
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
    /// Of the words around it those of the same paragraph, with a mark where more stands before or
    /// behind.
    fn from(quote: &TextQuote) -> Self {
        let prefix = match quote.prefix.rsplit_once('\n') {
            Some((_, own)) => own.trim_start().to_owned(),
            None if quote.prefix.is_empty() => String::new(),
            None => format!("…{}", quote.prefix),
        };
        let suffix = match quote.suffix.split_once('\n') {
            Some((own, _)) => own.trim_end().to_owned(),
            None if quote.suffix.is_empty() => String::new(),
            None => format!("{}…", quote.suffix),
        };
        Self {
            exact: quote.exact.clone(),
            prefix,
            suffix,
            source: quote.clone(),
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

impl SaidWords<'_> {
    /// What became of the quoted words, as a sentence.
    fn since(&self) -> Option<String> {
        Some(match self.said.quote_now.as_ref()? {
            QuoteNow::Same => self.lang.pick(
                "所引的文字在现在的版本里没有变".to_owned(),
                "The words quoted stand unchanged in the current version".to_owned(),
            ),
            QuoteNow::Changed(words) => self.lang.pick(
                format!("所引的文字在现在的版本里是：“{words}”"),
                format!("In the current version the words quoted read: “{words}”"),
            ),
            QuoteNow::Gone => self.lang.pick(
                "所引的文字在现在的版本里已经没有了".to_owned(),
                "The words quoted are no longer in the current version".to_owned(),
            ),
        })
    }
}
