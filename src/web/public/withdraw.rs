//! Taking back what was sent.

use super::ways::Ways;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `/r/{number}/withdraw`: what it means and one button, which posts `k`; after the window that it
/// is too late, and how else to reach the office.
#[derive(Template)]
#[template(path = "public/withdraw.html")]
pub struct WithdrawPage {
    pub lang: Lang,
    pub layout: Layout,
    pub number: String,
    /// The draft's title.
    pub title: String,
    /// The receipt.
    pub back: String,
    pub action: String,
    /// The pass.
    pub k: String,
    /// How many opinions the submission holds.
    pub remarks: usize,
    pub possible: bool,
    /// The last day, with the weekday.
    pub closes: String,
    pub ways: Ways,
}
