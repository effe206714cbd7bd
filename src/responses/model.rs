//! The outcome of an opinion (采纳情况): five words the drafting office chooses from. Each one goes
//! out with a reason, as 《重大行政决策程序暂行条例》 Art. 29(2) and 32 ask.

use crate::error::{Error, Result};
use jiff::Timestamp;

/// What the drafting office decided about one opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// 采纳: the draft was changed as asked.
    Adopted,
    /// 部分采纳: changed in part; the reason says which part.
    PartlyAdopted,
    /// 未采纳: not changed.
    NotAdopted,
    /// 表示赞同: agrees with the draft and asks for no change.
    Supported,
    /// 无关（转办）: not about this draft; passed on to whoever is responsible.
    OutOfScope,
}

impl Outcome {
    /// All five, in the order in which tables and totals list them.
    #[must_use]
    pub const fn all() -> [Self; 5] {
        [
            Self::Adopted,
            Self::PartlyAdopted,
            Self::NotAdopted,
            Self::Supported,
            Self::OutOfScope,
        ]
    }

    /// The code that databases, files and addresses hold; it never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::PartlyAdopted => "partly",
            Self::NotAdopted => "not-adopted",
            Self::Supported => "support",
            Self::OutOfScope => "out-of-scope",
        }
    }

    /// The end of the class `outcome-…` on a page.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.code()
    }

    /// Reads a code written by [`Outcome::code`].
    ///
    /// # Errors
    /// `Kind::Invalid` for anything else.
    pub fn parse(code: &str) -> Result<Self> {
        Self::all()
            .into_iter()
            .find(|outcome| outcome.code() == code)
            .ok_or_else(|| {
                Error::invalid(
                    "采纳情况代码无法识别，应为 adopted、partly、not-adopted、support、out-of-scope 之一",
                    "unknown outcome code: use adopted, partly, not-adopted, support or out-of-scope",
                )
            })
    }

    /// The word people read.
    #[must_use]
    pub fn word(self, lang: impl std::borrow::Borrow<crate::words::Lang>) -> &'static str {
        let lang = lang.borrow();
        match self {
            Self::Adopted => lang.pick("采纳", "Adopted"),
            Self::PartlyAdopted => lang.pick("部分采纳", "Partly adopted"),
            Self::NotAdopted => lang.pick("未采纳", "Not adopted"),
            Self::Supported => lang.pick("表示赞同", "Supports the draft"),
            Self::OutOfScope => lang.pick("无关（转办）", "Out of scope (passed on)"),
        }
    }
}

/// What the office decided.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    pub consultation_id: String,
    pub remark_id: String,
    pub outcome: Outcome,
    /// Required: 《重大行政决策程序暂行条例》 Art. 29(2) and 32 ask for it.
    pub reason: String,
    /// The revision of the answer that the office saw when it decided; 0 when there was none.
    pub seen_revision: i32,
}

/// The answer to one remark, as it stands.
#[derive(Clone, Debug)]
pub struct Answer {
    pub remark_id: String,
    pub outcome: Outcome,
    pub reason: String,
    pub decided_by_name: String,
    pub decided_at: Timestamp,
    pub revision: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_and_nothing_else_does() {
        for outcome in Outcome::all() {
            assert_eq!(Outcome::parse(outcome.code()).ok(), Some(outcome));
        }
        for wrong in ["", "Adopted", "partly ", "采纳"] {
            assert!(Outcome::parse(wrong).is_err());
        }
    }
}
