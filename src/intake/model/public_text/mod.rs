//! What the public may read of words that somebody wrote: of an opinion, a suggested wording, a
//! quote, an office's reason. Every public form asks here, and nowhere else is anything hidden.
//!
//! Hidden are what the record knows of the sender, whatever reads like the details of any person
//! (telephones, identity numbers, e-mail addresses), and signatures. So a page says no more once the
//! sender's details are erased, and nothing of persons the record does not know. What the notice
//! itself publishes stays. (个人信息保护法 Art. 6: no more than the purpose needs.)

mod context;
mod emails;
mod identity;
mod known;
mod numbers;
mod places;
mod signed;
mod tail;
#[cfg(test)]
mod tests;

use super::contact::Office;
use super::sender::Sender;
use crate::consultations::model::Consultation;
use crate::documents::model::quote::TextQuote;
use known::Known;
use numbers::Numbers;
use places::Places;

/// What stands in the place of hidden words.
pub const HIDDEN: &str = "［已隐去］";

/// Words that may be shown to anybody. Made by [`Concealer`] alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicText(String);

impl PublicText {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The details that a consultation publishes itself: of its contact, and in its notice.
#[must_use]
pub fn published_contact(consultation: &Consultation) -> Office {
    let contact = &consultation.contact;
    let mut texts: Vec<&str> = [&contact.phone, &contact.email, &contact.address]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    texts.push(&consultation.notice_text);
    texts.extend(consultation.channels.iter().map(String::as_str));
    let text = texts.join("\n");
    let phones = contact.phone.iter().cloned();
    Office {
        phones: phones.chain(numbers::telephones(&text)).collect(),
        emails: emails::addresses(&text),
    }
}

/// Hides the details of one sender and of everybody else.
#[derive(Clone, Debug)]
pub struct Concealer {
    known: Known,
    numbers: Numbers,
    own_emails: Vec<String>,
}

impl Concealer {
    /// For what a sender wrote to an office. Of an erased sender nothing is known; the rest holds.
    #[must_use]
    pub fn new(sender: &Sender, published: &Office) -> Self {
        Self {
            known: Known::of(sender, published),
            numbers: Numbers::but(&published.phones),
            own_emails: published.emails.clone(),
        }
    }

    /// The words without anybody's details. What is public already comes out as it was.
    #[must_use]
    pub fn conceal(&self, text: &str) -> PublicText {
        let chars: Vec<char> = text.chars().collect();
        let mut places = Places::default();
        self.known.find(&chars, &mut places);
        self.numbers.find(&chars, &mut places);
        emails::find(&chars, &self.own_emails, &mut places);
        signed::find(text, &chars, &mut places);
        PublicText(places.applied(text, &chars))
    }

    /// The same for words about a passage: its text is the draft's, what stands around it came with
    /// the form.
    #[must_use]
    pub fn quote(&self, quote: &TextQuote) -> TextQuote {
        TextQuote {
            prefix: self.conceal(&quote.prefix).into_string(),
            suffix: self.conceal(&quote.suffix).into_string(),
            ..quote.clone()
        }
    }
}
