//! The whole form on one page: shown when something was sent at once, without the steps, and is not
//! whole.

use super::journey::{QuoteShown, RemarkForm, WhoForm};
use super::outline::Para;
use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The answer 422 to `POST /c/{slug}/submissions`.
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
    pub quote: Option<QuoteShown>,
    pub remark: RemarkForm,
    pub who: WhoForm,
    /// Tokens of files that wait already.
    pub waiting: Vec<String>,
    pub upload: Field,
    /// `yes` when ticked.
    pub consent: Field,
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

/// What the consent says besides its fixed words (个人信息保护法 Art. 17).
#[derive(Clone, Debug, Default)]
pub struct DataTerms {
    /// The office that handles the data.
    pub handler: String,
    /// How to reach it about the data, as one line: telephone, e-mail, or both.
    pub reach: String,
    /// How long contact details are kept, in words: 到本次征求意见的决策公布后六个月.
    pub kept_for: String,
    /// Whether chosen opinions are shown in public before the answers are published.
    pub has_wall: bool,
}

impl SectionChoice {
    /// The blanks that set a deeper section in.
    #[must_use]
    pub fn indent(&self) -> String {
        "\u{3000}".repeat(self.depth.into())
    }
}

impl CommentPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    fn errors(&self) -> Vec<FieldError> {
        let mut errors = self.remark.errors();
        errors.extend(self.who.errors());
        errors.extend(summary(&[
            ("upload", &self.upload),
            ("consent", &self.consent),
        ]));
        errors
    }

    fn text_hint(&self) -> String {
        super::journey::text_hint(self.lang, self.text_limit)
    }
}
