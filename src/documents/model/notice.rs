//! What a notice of consultation states: who asks, on what, from when to when, and how to answer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The facts of a notice, as far as they are stated. Reading never fails on a bad window;
/// [`NoticeFacts::check`] says what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFacts {
    /// As printed, or made from the draft's title when the notice has none.
    pub title: Option<String>,
    /// Whether `title` was made and does not stand in the source.
    pub title_derived: bool,
    /// The title of the draft as the notice gives it, with 《》 and (征求意见稿).
    pub draft_title: Option<String>,
    pub issuer: Option<String>,
    pub issued_on: Option<Date>,
    /// First day on which opinions are taken, Asia/Shanghai.
    pub opens_on: Option<Date>,
    /// Last day on which opinions are taken, the whole day.
    pub closes_on: Option<Date>,
    /// Days counted with both ends; `None` unless both days are known and in order.
    pub days: Option<i32>,
    /// The words the window was read from.
    pub window: Option<WindowFound>,
    pub contact: Contact,
    /// Ways to answer: 电话, 电子邮件, 信函, 传真, 网站, 微信, 当面.
    pub channels: Vec<String>,
    pub attachments: Vec<Attachment>,
    /// The notice's own paragraphs for publishing, without salutation, contact lines, attachment
    /// list and signature.
    pub paragraphs: Vec<String>,
}

/// The place in the source that gives the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowFound {
    /// As printed.
    pub raw: String,
    /// 1-based.
    pub line: usize,
    /// A date in it that is not in the calendar, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impossible: Option<String>,
}

/// Where to send opinions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub person: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
}

/// One entry of the list of attachments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// As numbered in the list; 1 when the only entry has no number.
    pub number: u32,
    pub title: String,
    /// 1-based.
    pub line: usize,
}
