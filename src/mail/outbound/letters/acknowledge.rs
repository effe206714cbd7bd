//! The receipt: a submission arrived, or was added to.

use super::Said;
use crate::consultations::model::Timing;
use crate::error::Result;
use crate::mail::outbound::message::Mail;
use crate::mail::outbound::sheet::Sheet;
use askama::Template;

/// A submission arrived, or was added to.
#[derive(Template)]
#[template(path = "mail/acknowledge.txt")]
pub struct Acknowledge {
    pub sheet: Sheet,
    /// How the sender is greeted; empty when nobody is named.
    pub name: String,
    pub receipt: String,
    /// Date and time, in words.
    pub received: String,
    pub timing: Timing,
    /// The last day, in words.
    pub closes: String,
    pub said: Vec<Said>,
    /// Names of the files that came along.
    pub files: Vec<String>,
    /// Whether this is an addition to what was sent before.
    pub supplement: bool,
    /// Whether more can be added still, or all of it taken back.
    pub still_open: bool,
    /// The address that confirms the e-mail address; `None` when it is confirmed.
    pub confirm: Option<String>,
    /// What a letter left open; `None` for nothing.
    pub missing: Option<Missing>,
}

/// What a letter left open, and where its sender can fill it in.
#[derive(Clone, Debug)]
pub struct Missing {
    pub name: bool,
    pub phone: bool,
    /// The numbers, in the mail, of the opinions whose section is not certain.
    pub unplaced: Vec<usize>,
    pub link: String,
}

impl Missing {
    fn numbers(&self, between: &str) -> String {
        let numbers: Vec<String> = self.unplaced.iter().map(usize::to_string).collect();
        numbers.join(between)
    }
}

impl Acknowledge {
    fn look_up(&self) -> String {
        format!("{}/r/{}", self.sheet.base, self.receipt)
    }

    fn is_late(&self) -> bool {
        self.timing == Timing::Late
    }

    fn is_early(&self) -> bool {
        self.timing == Timing::Early
    }

    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let (lang, title) = (self.sheet.lang, &self.sheet.title);
        let subject = if self.supplement {
            lang.pick(
                format!("您补充的意见收到了：{title}"),
                format!("We have your addition: {title}"),
            )
        } else {
            lang.pick(
                format!("您的意见收到了：{title}"),
                format!("We have your comment: {title}"),
            )
        };
        self.sheet.mail(to, subject, self)
    }
}
