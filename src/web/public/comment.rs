//! The comment form.

use super::outline::Para;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/comment` (and `?section=2.3.8`), and the answer 422 to `POST
/// /c/{slug}/submissions`.
#[derive(Template)]
#[template(path = "public/comment.html")]
pub struct CommentPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub draft_title: String,
    /// The version whose sections are offered: an opinion is on the text that was read.
    pub version: i32,
    /// The last day, with the weekday, and how long is left, in words.
    pub closes: String,
    pub left: String,
    /// The section the person came from. None shows the choice of sections instead.
    pub chosen: Option<ChosenSection>,
    /// Sections that can be chosen, in the draft's order.
    pub choices: Vec<SectionChoice>,
    pub form: CommentForm,
    /// Most characters of one opinion.
    pub text_limit: u32,
    pub terms: DataTerms,
}

/// The section an opinion is about, with its words to read again.
#[derive(Clone, Debug, Default)]
pub struct ChosenSection {
    pub anchor: String,
    pub label: String,
    pub heading: String,
    pub paragraphs: Vec<Para>,
}

/// One entry of the choice of sections.
#[derive(Clone, Debug, Default)]
pub struct SectionChoice {
    pub anchor: String,
    /// Label and heading as printed.
    pub title: String,
    /// 0 for a part; each level below is set in by one character.
    pub depth: u8,
}

/// The fields, named as they are sent.
#[derive(Clone, Debug, Default)]
pub struct CommentForm {
    /// Anchor of a section; empty means the draft as a whole.
    pub section: Field,
    pub text: Field,
    /// `person` or `organisation`.
    pub sender_kind: Field,
    /// The person's name, or the organisation's contact person.
    pub name: Field,
    pub organisation: Field,
    pub phone: Field,
    pub email: Field,
    pub address: Field,
    /// `yes` when ticked.
    pub consent: Field,
}

/// What the consent says besides its fixed words (个人信息保护法 Art. 17).
#[derive(Clone, Debug, Default)]
pub struct DataTerms {
    /// The office that handles the data.
    pub handler: String,
    /// How to reach it about the data, as one line: telephone, e-mail, or both.
    pub reach: String,
    /// How long contact details are kept, in words: 到本次征求意见的决策公布后六个月.
    pub kept_for: String,
}

impl CommentForm {
    fn errors(&self) -> Vec<FieldError> {
        summary(&[
            ("section", &self.section),
            ("text", &self.text),
            ("sender_person", &self.sender_kind),
            ("organisation", &self.organisation),
            ("name", &self.name),
            ("phone", &self.phone),
            ("email", &self.email),
            ("address", &self.address),
            ("consent", &self.consent),
        ])
    }
}

impl SectionChoice {
    fn indent(&self) -> String {
        "\u{3000}".repeat(self.depth.into())
    }
}

impl CommentPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    fn text_hint(&self) -> String {
        let most = self.text_limit;
        self.lang.pick(
            format!("想到什么写什么：哪里不合适，为什么，最好怎么改。最多{most}字。请不要写身份证号、银行卡号。"),
            format!("Say what does not fit, why, and what would be better. Up to {most} characters. Please leave out identity card and bank card numbers."),
        )
    }
}
