//! What all our mails have in common: who writes, about what, and where to ask.

use super::clean::line;
use super::message::{Automatic, Mail};
use crate::config::Config;
use crate::consultations::model::Consultation;
use crate::error::{Error, Result};
use crate::words::Lang;
use askama::Template;

/// The longest part, in characters.
const LONGEST: usize = 300;

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
    /// The sheet of a consultation, in a language. Each part is one line, whatever was typed.
    #[must_use]
    pub fn of(config: &Config, consultation: &Consultation, lang: Lang) -> Self {
        let one = |text: &str| line(text, LONGEST);
        Self {
            lang,
            site: one(&config.site_name),
            office: one(&consultation.issuer),
            title: one(&consultation.draft_title),
            phone: consultation.contact.phone.as_deref().map(one),
            base: format!("{}{}", config.public_url, lang.prefix()),
            slug: consultation.slug.clone(),
        }
    }

    /// The title as it stands in a sentence: marked as one, once.
    pub(super) fn named(&self) -> String {
        let title = &self.title;
        if title.contains('《') {
            return title.clone();
        }
        self.lang.pick(format!("《{title}》"), format!("“{title}”"))
    }

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
            by_strangers: false,
            reply_to: None,
            unsubscribe: None,
            after: Vec::new(),
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
