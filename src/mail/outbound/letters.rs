//! The words of each mail. The templates hold both languages side by side; what a person wrote
//! stands in them as it was sent, what a mail need not say (telephone, address) never comes here.

mod acknowledge;
mod too_large;
mod unconfirmed;

pub use acknowledge::{Acknowledge, Missing};
pub use too_large::TooLarge;
pub use unconfirmed::{Cause, Unconfirmed};

use super::message::{Automatic, Mail};
use super::sheet::Sheet;
use crate::error::Result;
use askama::Template;

/// One opinion, as a mail repeats it.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Label and heading of the section; empty for the whole draft.
    pub section: String,
    /// The words of the draft that it is about.
    pub quote: Option<String>,
    /// How they should read instead.
    pub suggested: Option<String>,
    pub text: String,
}

/// One opinion and what became of it.
#[derive(Clone, Debug)]
pub struct Answered {
    pub said: Said,
    /// The word of the outcome; empty while there is none.
    pub outcome: String,
    pub reason: String,
}

/// A submission was taken back.
#[derive(Template)]
#[template(path = "mail/withdrawal.txt")]
pub struct Withdrawal {
    pub sheet: Sheet,
    pub name: String,
    pub receipt: String,
    /// Date and time, in words.
    pub withdrawn: String,
    pub still_open: bool,
}

impl Withdrawal {
    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let title = &self.sheet.title;
        let subject = self.sheet.lang.pick(
            format!("您的意见已撤回：{title}"),
            format!("Your comment is withdrawn: {title}"),
        );
        self.sheet.mail(to, subject, self)
    }
}

/// What became of a submission.
#[derive(Template)]
#[template(path = "mail/result.txt")]
pub struct Outcomes {
    pub sheet: Sheet,
    pub name: String,
    pub receipt: String,
    pub answered: Vec<Answered>,
    /// Whether somebody reads what is answered to this mail.
    pub answers: bool,
}

impl Outcomes {
    fn look_up(&self) -> String {
        format!("{}/r/{}", self.sheet.base, self.receipt)
    }

    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let title = &self.sheet.title;
        let subject = self.sheet.lang.pick(
            format!("您的意见有结果了：{title}"),
            format!("What became of your comment: {title}"),
        );
        Ok(Mail {
            automatic: Automatic::Generated,
            ..self.sheet.mail(to, subject, self)?
        })
    }
}

/// Whether somebody really wants to follow.
#[derive(Template)]
#[template(path = "mail/confirm_follower.txt")]
pub struct ConfirmFollower {
    pub sheet: Sheet,
    pub confirm: String,
}

impl ConfirmFollower {
    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let title = &self.sheet.title;
        let subject = self.sheet.lang.pick(
            format!("请确认订阅：{title}"),
            format!("Please confirm your subscription: {title}"),
        );
        Ok(Mail {
            by_strangers: true,
            ..self.sheet.mail(to, subject, self)?
        })
    }
}

/// What is new, for a follower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The draft was revised.
    Revised,
    /// The window was extended: the old last day (empty when unknown) and the new one, in words,
    /// and the office's reason.
    Extended {
        was: String,
        is: String,
        reason: String,
    },
    /// The outcomes are published.
    Answered,
}

/// News for one follower.
#[derive(Template)]
#[template(path = "mail/news.txt")]
pub struct Told {
    pub sheet: Sheet,
    pub news: News,
    /// The address that ends it.
    pub stop: String,
}

impl Told {
    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let (lang, title) = (self.sheet.lang, &self.sheet.title);
        let subject = match &self.news {
            News::Revised => lang.pick(
                format!("征求意见稿有修改：{title}"),
                format!("The draft was revised: {title}"),
            ),
            News::Extended { .. } => lang.pick(
                format!("征求意见的时间已延长：{title}"),
                format!("Deadline extended: {title}"),
            ),
            News::Answered => lang.pick(
                format!("采纳情况公布了：{title}"),
                format!("The outcomes are published: {title}"),
            ),
        };
        Ok(Mail {
            automatic: Automatic::Generated,
            unsubscribe: Some(self.stop.clone()),
            ..self.sheet.mail(to, subject, self)?
        })
    }
}

/// A request about personal data was dealt with.
#[derive(Template)]
#[template(path = "mail/privacy_request.txt")]
pub struct PrivacyAnswer {
    pub sheet: Sheet,
    pub name: String,
    pub receipt: String,
    /// When it was made, in words.
    pub asked: String,
    /// What the office says; may be empty.
    pub answer: String,
}

impl PrivacyAnswer {
    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let title = &self.sheet.title;
        let subject = self.sheet.lang.pick(
            format!("您的个人信息申请已办理：{title}"),
            format!("Your request about personal data was dealt with: {title}"),
        );
        self.sheet.mail(to, subject, self)
    }
}

/// What somebody of the office wrote to a sender.
#[derive(Template)]
#[template(path = "mail/office_message.txt")]
pub struct OfficeMessage {
    pub sheet: Sheet,
    pub name: String,
    pub receipt: String,
    pub words: String,
    /// Whether somebody reads what is answered to this mail.
    pub answers: bool,
}

impl OfficeMessage {
    /// The mail to an address. A person wrote it: no program is asked to keep quiet.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let (title, receipt) = (&self.sheet.title, &self.receipt);
        let subject = self.sheet.lang.pick(
            format!("关于您提的意见：{title} [{receipt}]"),
            format!("About your comment: {title} [{receipt}]"),
        );
        Ok(Mail {
            automatic: Automatic::No,
            ..self.sheet.mail(to, subject, self)?
        })
    }
}
