//! The few states an office page shows as a word with a mark beside it: what became of a remark,
//! the channel it came by, and how it stands to the window. The codes are what the forms and the
//! addresses carry.

use crate::responses::model::Outcome as Given;
use crate::words::Lang;

/// What became of a remark. Each is shown as a word with its own drawn shape,
/// so that colour is never needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has answered it yet.
    Open,
    Adopted,
    Partly,
    NotAdopted,
    Support,
    OutOfScope,
}

impl Outcome {
    /// The five a person can choose, in the order of the published table.
    pub const CHOICES: [Self; 5] = [
        Self::Adopted,
        Self::Partly,
        Self::NotAdopted,
        Self::Support,
        Self::OutOfScope,
    ];

    /// The outcome that was given; `None` while nobody has answered.
    #[must_use]
    pub const fn given(self) -> Option<Given> {
        match self {
            Self::Open => None,
            Self::Adopted => Some(Given::Adopted),
            Self::Partly => Some(Given::PartlyAdopted),
            Self::NotAdopted => Some(Given::NotAdopted),
            Self::Support => Some(Given::Supported),
            Self::OutOfScope => Some(Given::OutOfScope),
        }
    }

    /// The mark of what was given.
    #[must_use]
    pub const fn of(given: Option<Given>) -> Self {
        match given {
            None => Self::Open,
            Some(Given::Adopted) => Self::Adopted,
            Some(Given::PartlyAdopted) => Self::Partly,
            Some(Given::NotAdopted) => Self::NotAdopted,
            Some(Given::Supported) => Self::Support,
            Some(Given::OutOfScope) => Self::OutOfScope,
        }
    }

    /// What the form field `outcome` and the filter carry.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self.given() {
            Some(given) => given.code(),
            None => "open",
        }
    }

    /// The outcome a code stands for; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open]
            .into_iter()
            .chain(Self::CHOICES)
            .find(|outcome| outcome.code() == code)
    }

    /// The word shown.
    #[must_use]
    pub fn word(self, lang: &Lang) -> &'static str {
        match self.given() {
            Some(given) => given.word(lang),
            None => lang.pick("未答复", "Unanswered"),
        }
    }

    /// What to write as the reason, said beside the choice.
    #[must_use]
    pub fn advice(self, lang: &Lang) -> &'static str {
        match self {
            Self::Open => "",
            Self::Adopted => lang.pick(
                "已按意见修改。请写明修改之处。",
                "The draft is changed as proposed. Say which words were changed.",
            ),
            Self::Partly => lang.pick(
                "部分内容已采纳。请分别写明采纳、未采纳的内容及理由。",
                "Some of it is taken up. Say what is, what is not, and why.",
            ),
            Self::NotAdopted => lang.pick(
                "未作修改。请写明理由和依据。",
                "The draft stays as it is. Give the reason and what it rests on.",
            ),
            Self::Support => lang.pick(
                "赞成征求意见稿，没有提出修改意见。",
                "Agrees with the draft and proposes no change.",
            ),
            Self::OutOfScope => lang.pick(
                "不属于本次征求意见的内容。请写明转交单位。",
                "About another matter. Say which unit it was passed to.",
            ),
        }
    }
}

pub use crate::consultations::model::Timing;
pub use crate::intake::model::submission::Channel;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_comes_back_from_its_code() {
        for outcome in Outcome::CHOICES {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
        assert_eq!(Outcome::from_code("open"), Some(Outcome::Open));
        assert_eq!(Outcome::from_code("adopted "), None);
    }
}
