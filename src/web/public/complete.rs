//! Filling in what a letter left open: the page behind the link in the mail that acknowledged it.

use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `/r/{number}/complete/{token}`: the form posts `name`, `phone` and `place-{remark}` as far as they
/// are open.
#[derive(Template)]
#[template(path = "public/complete.html")]
pub struct CompletePage {
    pub lang: Lang,
    pub layout: Layout,
    /// The draft's title.
    pub title: String,
    pub number: String,
    pub action: String,
    /// What is known of the sender, masked.
    pub known: Vec<String>,
    /// `None` when the name is known.
    pub name: Option<Field>,
    /// `None` when a telephone number is known.
    pub phone: Option<Field>,
    pub places: Vec<PlaceAsked>,
    /// The sections that can be chosen: anchor, and label and heading set in by level.
    pub sections: Vec<(String, String)>,
    pub done: Option<Done>,
    /// Withdrawn: nothing can be filled in.
    pub withdrawn: bool,
}

/// An opinion whose section is asked for.
#[derive(Clone, Debug)]
pub struct PlaceAsked {
    /// The name of the field: `place-` and the remark's identifier.
    pub field: String,
    /// Its number among the opinions of the submission.
    pub number: usize,
    pub text: String,
    /// Where it stands for now; empty for the whole draft.
    pub now: String,
    /// What was chosen: an anchor, `whole`, or empty for nothing.
    pub chosen: Field,
}

/// What was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    All,
    /// Some of it came after the office had decided.
    Some,
}

impl Done {
    /// Reads what stands in the address; anything else is nothing.
    #[must_use]
    pub fn parse(code: Option<&str>) -> Option<Self> {
        match code? {
            "all" => Some(Self::All),
            "some" => Some(Self::Some),
            _ => None,
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::All => lang.pick(
                "已补充，谢谢您。您的意见照常研究。",
                "Recorded, thank you. Your comment is studied as usual.",
            ),
            Self::Some => lang.pick(
                "能补充的已补充。有的意见起草单位已经办理，没有改动；需要修改的，请回复我们的邮件。",
                "What could be recorded is. Some of it the office had already dealt with, and it was left; to change that, answer our mail.",
            ),
        }
    }
}

impl CompletePage {
    /// Whether anything is asked.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.name.is_some() || self.phone.is_some() || !self.places.is_empty()
    }

    /// Whether nothing is wrong with what was typed.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.errors().is_empty()
    }

    /// Says, at the first field, that none was filled in.
    pub fn nothing_given(&mut self, lang: Lang) {
        let words = lang.pick(
            "没有填写任何内容。不需要补充的，关闭本页即可",
            "Nothing was filled in. If you would rather not, simply close this page",
        );
        let own = self.name.as_mut().or(self.phone.as_mut());
        let place = self.places.first_mut().map(|place| &mut place.chosen);
        if let Some(field) = own.or(place) {
            field.error = Some(words.to_owned());
        }
    }

    fn errors(&self) -> Vec<FieldError> {
        let own = [("name", self.name.as_ref()), ("phone", self.phone.as_ref())];
        let own = own.into_iter().filter_map(|(id, field)| Some((id, field?)));
        let places = self.places.iter();
        let places = places.map(|place| (place.field.as_str(), &place.chosen));
        summary(&own.chain(places).collect::<Vec<_>>())
    }
}
