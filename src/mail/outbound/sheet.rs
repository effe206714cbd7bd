//! What all our mails have in common: who writes, about what, and where to ask.

use super::message::{Automatic, Mail};
use crate::error::{Error, Result};
use crate::words::Lang;
use askama::Template;

/// What stands on every mail about a consultation.
#[derive(Clone)]
pub struct Sheet {
    pub lang: Lang,
    /// The name of the site.
    pub site: String,
    /// Who asks for opinions.
    pub office: String,
    /// What is consulted on.
    pub title: String,
    /// Where one can ask whether the mail is real.
    pub phone: Option<String>,
    /// The site's address with the language's prefix, without a slash at the end.
    pub base: String,
    /// The consultation's short name.
    pub slug: String,
}

impl Sheet {
    pub(super) fn zh(&self) -> bool {
        self.lang == Lang::Zh
    }

    pub(super) fn page(&self) -> String {
        format!("{}/c/{}", self.base, self.slug)
    }

    /// A mail in the words of this sheet.
    pub(super) fn mail(&self, to: &str, subject: String, words: &impl Template) -> Result<Mail> {
        Ok(Mail {
            to: to.to_owned(),
            subject,
            text: tidy(&words.render().map_err(Error::internal)?),
            automatic: Automatic::Replied,
            null_sender: false,
            reply_to: None,
            unsubscribe: None,
            lang: self.lang.tag(),
        })
    }
}

/// One blank line between paragraphs at most, none at the ends.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.trim().lines() {
        let line = line.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
