//! The steps from an opinion to its sending: what you say, what you have said so far, who you are,
//! a last look. Every step is a page of one form; what the other steps hold travels along in hidden
//! fields, so that nothing is stored before it is sent.

use super::comment::{ChosenSection, DataTerms, SectionChoice};
use super::said::Said;
use crate::documents::model::quote::TextQuote;
use crate::intake::model::submission::Capacity;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// What every step shows and carries.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub slug: String,
    pub draft_title: String,
    /// The last day, with the weekday, and how long is left, in words.
    pub closes: String,
    pub left: String,
    /// Names and values of the fields that the other steps hold.
    pub carried: Vec<(String, String)>,
}

impl Head {
    fn base(&self, lang: Lang) -> String {
        super::consultation_address(lang, &self.slug)
    }
}

/// One opinion: `GET` and `POST /c/{slug}/comment`.
#[derive(Template)]
#[template(path = "public/journey/remark.html")]
pub struct RemarkStep {
    pub lang: Lang,
    pub layout: Layout,
    pub head: Head,
    /// How many are written down already.
    pub gathered: usize,
    /// The number of the one that is being changed, from 1.
    pub editing: Option<usize>,
    pub chosen: Option<ChosenSection>,
    pub choices: Vec<SectionChoice>,
    /// The words that it is about, with those around them.
    pub quote: Option<QuoteShown>,
    /// Words were named that the section does not have.
    pub quote_lost: bool,
    pub form: RemarkForm,
    /// Most characters of one opinion.
    pub text_limit: u32,
}

/// The fields of one opinion.
#[derive(Clone, Debug, Default)]
pub struct RemarkForm {
    pub section: Field,
    pub text: Field,
    pub suggested: Field,
}

/// Quoted words and those around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteShown {
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
    /// As it is sent and stored.
    pub source: TextQuote,
}

/// What was said so far.
#[derive(Template)]
#[template(path = "public/journey/tray.html")]
pub struct TrayStep {
    pub lang: Lang,
    pub layout: Layout,
    pub head: Head,
    pub remarks: Vec<Said>,
    pub files: Vec<FileShown>,
    /// What keeps it from being sent.
    pub error: Option<String>,
}

/// A file that goes along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileShown {
    pub name: String,
    /// Its size in words: 2.4 MB.
    pub size: String,
    /// Not looked at by the virus scanner yet.
    pub held: bool,
}

/// Who sends it.
#[derive(Template)]
#[template(path = "public/journey/who.html")]
pub struct WhoStep {
    pub lang: Lang,
    pub layout: Layout,
    pub head: Head,
    pub form: WhoForm,
}

/// The fields of a sender, named as they are sent.
#[derive(Clone, Debug, Default)]
pub struct WhoForm {
    pub sender_kind: Field,
    pub organisation: Field,
    pub credit_code: Field,
    pub name: Field,
    pub phone: Field,
    pub email: Field,
    pub address: Field,
    pub district: Field,
    pub capacity: Field,
}

/// Files to go along.
#[derive(Template)]
#[template(path = "public/journey/files.html")]
pub struct FilesStep {
    pub lang: Lang,
    pub layout: Layout,
    pub head: Head,
    pub files: Vec<FileShown>,
    pub upload: Field,
    /// Most files, and the size of the largest one in words.
    pub most: usize,
    pub largest: String,
    /// Hours after which a file that was not sent is deleted.
    pub kept_hours: i64,
}

/// A last look before sending. It posts to `/c/{slug}/submissions`.
#[derive(Template)]
#[template(path = "public/journey/check.html")]
pub struct CheckStep {
    pub lang: Lang,
    pub layout: Layout,
    pub head: Head,
    pub remarks: Vec<Said>,
    pub files: Vec<FileShown>,
    pub who: WhoShown,
    pub consent: Field,
    pub terms: DataTerms,
}

/// The sender as the last look shows it.
#[derive(Clone, Debug, Default)]
pub struct WhoShown {
    /// Label and value, in the order of the form; what was left out is not there.
    pub rows: Vec<(&'static str, String)>,
}

impl RemarkForm {
    /// The lines of the summary.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        summary(&[
            ("section", &self.section),
            ("text", &self.text),
            ("suggested", &self.suggested),
        ])
    }
}

impl WhoForm {
    /// The lines of the summary.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        summary(&[
            ("sender_person", &self.sender_kind),
            ("organisation", &self.organisation),
            ("credit_code", &self.credit_code),
            ("name", &self.name),
            ("phone", &self.phone),
            ("email", &self.email),
            ("address", &self.address),
            ("district", &self.district),
            ("capacity", &self.capacity),
        ])
    }

    /// Whether one of the fields that few people fill in holds something.
    #[must_use]
    pub fn has_more(&self) -> bool {
        [&self.address, &self.district, &self.capacity]
            .iter()
            .any(|field| !field.value.is_empty() || field.error.is_some())
    }

    /// The capacities to choose from.
    #[must_use]
    pub const fn capacities(&self) -> [Capacity; 6] {
        Capacity::ALL
    }
}

impl RemarkStep {
    fn errors(&self) -> Vec<FieldError> {
        self.form.errors()
    }

    fn text_hint(&self) -> String {
        text_hint(self.lang, self.text_limit)
    }
}

/// What stands under the label of an opinion's words.
#[must_use]
pub(super) fn text_hint(lang: Lang, most: u32) -> String {
    lang.pick(
        format!("请写明哪里不合适、为什么。最多{most}字。请不要写身份证号、银行卡号。"),
        format!("Say what should change, and why. Up to {most} characters. Please leave out identity card and bank card numbers."),
    )
}

impl CheckStep {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[("consent", &self.consent)])
    }
}
