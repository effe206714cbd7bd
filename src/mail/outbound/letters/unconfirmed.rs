//! What is written to an address that nobody confirmed: anybody may have typed it, so the mail
//! holds nothing that was typed beside it.

use crate::error::Result;
use crate::mail::outbound::message::{Automatic, Mail};
use crate::mail::outbound::sheet::Sheet;
use askama::Template;

/// Why it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A submission arrived.
    Arrived,
    /// It was added to.
    Added,
    /// It was taken back.
    Withdrawn,
    /// The outcomes are published.
    Published,
    /// A request about personal data was dealt with.
    Dealt,
}

/// Number, cause and links; no name and none of the words.
#[derive(Template)]
#[template(path = "mail/unconfirmed.txt")]
pub struct Unconfirmed {
    pub sheet: Sheet,
    pub cause: Cause,
    pub receipt: String,
    /// The address that confirms the e-mail address.
    pub confirm: String,
}

impl Unconfirmed {
    fn look_up(&self) -> String {
        format!("{}/r/{}", self.sheet.base, self.receipt)
    }

    /// Whether there is anything left to confirm the address for.
    fn asks(&self) -> bool {
        self.cause != Cause::Withdrawn
    }

    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let (zh, en) = match self.cause {
            Cause::Arrived => ("您的意见收到了", "We have your comment"),
            Cause::Added => ("您补充的意见收到了", "We have your addition"),
            Cause::Withdrawn => ("您的意见已撤回", "Your comment is withdrawn"),
            Cause::Published => ("您的意见有结果了", "What became of your comment"),
            Cause::Dealt => (
                "您的个人信息申请已办理",
                "Your request about personal data was dealt with",
            ),
        };
        let title = &self.sheet.title;
        let subject = self
            .sheet
            .lang
            .pick(format!("{zh}：{title}"), format!("{en}: {title}"));
        let automatic = match self.cause {
            Cause::Published => Automatic::Generated,
            _ => Automatic::Replied,
        };
        Ok(Mail {
            automatic,
            by_strangers: true,
            ..self.sheet.mail(to, subject, self)?
        })
    }
}
