//! What became of the comments: totals, the table of opinions and reasons, downloads.

use super::outline::SectionRef;
use super::stage::Outcome;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/feedback`.
#[derive(Template)]
#[template(path = "public/feedback.html")]
pub struct FeedbackPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    /// The title of the summary, as published.
    pub title: String,
    pub draft_title: String,
    /// First and last day, with the weekday.
    pub opens: String,
    pub closes: String,
    pub totals: Totals,
    /// Opinions by channel.
    pub by_channel: Vec<Count>,
    /// Opinions by outcome, in the order of the published table.
    pub by_outcome: Vec<OutcomeCount>,
    /// Opinions taken out before deciding: repeated by the same sender, or empty of content.
    pub duplicates: u64,
    pub invalid: u64,
    /// Opinions that their senders took back.
    pub withdrawn: u64,
    pub rows: Vec<FeedbackRow>,
    pub downloads: Vec<Download>,
    /// Set when the table is spread over several pages.
    pub pager: Option<Pager>,
    pub issuer: String,
    pub issued_on: String,
}

/// Three different numbers, and those that came outside the window.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// People and organisations.
    pub senders: u64,
    /// 来件
    pub submissions: u64,
    /// 意见
    pub remarks: u64,
    /// Opinions that came after the last day; they are among the others and marked.
    pub late: u64,
}

/// A word and a number.
#[derive(Clone, Debug, Default)]
pub struct Count {
    pub word: String,
    pub count: u64,
}

/// How many opinions had one outcome.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeCount {
    pub outcome: Outcome,
    pub count: u64,
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct FeedbackRow {
    pub number: u64,
    /// None for the draft as a whole.
    pub section: Option<SectionRef>,
    pub opinion: String,
    /// Masked: 张**, or an organisation's name.
    pub sender: String,
    /// How many senders said the same; 1 for an opinion of its own.
    pub merged: u64,
    pub channel: String,
    /// `None` for an opinion that its sender took back.
    pub outcome: Option<Outcome>,
    pub reason: String,
}

/// A file of the summary.
#[derive(Clone, Debug, Default)]
pub struct Download {
    pub name: String,
    pub href: String,
    pub size: String,
}

/// Which page of the table this is.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    pub page: u32,
    pub pages: u32,
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl FeedbackPage {
    /// Digits in groups of three: `114,574`.
    fn grouped(&self, number: &u64) -> String {
        super::grouped(*number)
    }

    /// Whether a row stands for the opinions of several senders.
    fn has_merged(&self) -> bool {
        self.rows.iter().any(|row| row.merged > 1)
    }

    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
