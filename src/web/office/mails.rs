//! The mails we send: `/office/mails`. What waits, what was given up and why.

use super::frame::Frame;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// How the mails of the whole site stand.
#[derive(Template)]
#[template(path = "office/mails.html")]
pub struct Mails {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    /// Whether a mail server is set.
    pub is_set_up: bool,
    /// `等待发送12封`
    pub summary: String,
    pub given_up: Vec<Row>,
    /// How many were given up and are not listed.
    pub more: u64,
    /// Tried, and tried again by itself.
    pub put_off: Vec<Row>,
}

/// One mail that has not gone out.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    /// What the mail is: `意见回执`.
    pub what: &'static str,
    /// What was consulted on.
    pub title: String,
    /// Masked: `z***@example.org`; may be empty.
    pub to: String,
    /// What happened and what can be done.
    pub reason: String,
    /// When it was given up, or is tried next.
    pub when: String,
}
