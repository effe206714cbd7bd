//! The receipt: proof that a comment arrived, and later what became of it.

use super::said::Said;
use super::stage::{Outcome, Timing};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /r/{number}` with a pass, and the page after a comment was sent.
#[derive(Template)]
#[template(path = "public/receipt.html")]
pub struct ReceiptPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub title: String,
    pub office: String,
    /// The number in groups joined by hyphens: `7K2M-9QXD-4RTB-2HWN`.
    pub number: String,
    /// Date and time, formatted.
    pub received_at: String,
    /// Word for the channel in the page's language: 网页, 电子邮件, 电话…
    pub channel: String,
    pub timing: Timing,
    /// The last day, with the weekday.
    pub closes: String,
    /// Right after sending: says thank you and asks to keep the number.
    pub fresh: bool,
    /// What was just done on another page of this receipt.
    pub just_done: Option<JustDone>,
    pub remarks: Vec<ReceiptRemark>,
    pub files: Vec<ReceiptFile>,
    /// Name, masked: 张**.
    pub sender: String,
    /// Telephone and e-mail, masked; empty when none is known.
    pub contacts: Vec<String>,
    /// Whether mails go out and whether the address is confirmed, in words.
    pub mail: String,
    /// What happened, oldest first.
    pub history: Vec<HistoryRow>,
    /// When it was withdrawn.
    pub withdrawn: Option<String>,
    /// The same words were sent again after that, and not registered anew.
    pub sent_again: bool,
    /// Where one adds to it, while that is possible.
    pub supplement: Option<String>,
    /// Where one withdraws it, while that is possible.
    pub withdraw: Option<String>,
    /// Where one asks about one's data.
    pub requests: String,
    /// Whether another comment can still be sent by the form.
    pub still_open: bool,
    /// Whether outcomes are published.
    pub published: bool,
    /// The drawing that leads a telephone here. Safe HTML.
    pub qr: String,
    /// What it holds: this page's address without the pass.
    pub address: String,
}

/// What was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JustDone {
    Supplemented,
    Withdrawn,
    Asked,
}

impl JustDone {
    /// Reads what stands in the address; anything else is nothing.
    #[must_use]
    pub fn parse(code: Option<&str>) -> Option<Self> {
        match code? {
            "supplemented" => Some(Self::Supplemented),
            "withdrawn" => Some(Self::Withdrawn),
            "asked" => Some(Self::Asked),
            _ => None,
        }
    }

    fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Supplemented => lang.pick(
                "补充的话收到了，和原来的意见记在一起。",
                "What you added is recorded with your comment.",
            ),
            Self::Withdrawn => lang.pick("这份意见已经撤回。", "This comment is withdrawn."),
            Self::Asked => lang.pick(
                "您的申请已经提交起草单位，办理结果会写在本页。",
                "Your request is with the office; its answer will stand on this page.",
            ),
        }
    }
}

/// One opinion of the submission.
#[derive(Clone, Debug, Default)]
pub struct ReceiptRemark {
    pub said: Said,
    /// When it was added later; `None` for what came first.
    pub added: Option<String>,
    pub withdrawn: bool,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
    /// What a later version changed in the section; empty before the outcomes are published.
    pub changed: Vec<ChangedWords>,
}

/// What changed in one section.
#[derive(Clone, Debug)]
pub struct ChangedWords {
    pub title: String,
    /// Safe HTML.
    pub html: String,
}

/// A file that came along.
#[derive(Clone, Debug)]
pub struct ReceiptFile {
    pub name: String,
    /// That it arrived and what the scanner said, in words.
    pub state: String,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct HistoryRow {
    pub when: String,
    pub what: String,
    /// What the office answered.
    pub more: Option<String>,
}

impl ReceiptPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    fn number_groups(&self) -> Vec<&str> {
        self.number.split('-').collect()
    }
}
