//! The receipt: proof that a comment arrived, and later what became of it.

use super::stage::{Outcome, Timing};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /r/{number}`, and the page after a comment was sent.
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
    pub remarks: Vec<ReceiptRemark>,
    /// Name, masked: 张**.
    pub sender: String,
    /// Telephone and e-mail, masked; empty when none is known.
    pub contacts: Vec<String>,
    /// Whether another comment can still be sent by the form.
    pub still_open: bool,
    /// Whether outcomes are published.
    pub published: bool,
}

/// One opinion of the submission.
#[derive(Clone, Debug, Default)]
pub struct ReceiptRemark {
    /// Label and heading of the section; empty for the whole.
    pub section: String,
    /// That the draft was revised since, and where the section is now.
    pub older: Option<String>,
    pub text: String,
    pub outcome: Option<Outcome>,
    pub reason: Option<String>,
}

impl ReceiptPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    fn number_groups(&self) -> Vec<&str> {
        self.number.split('-').collect()
    }
}
