//! The words of the mail that says that a letter was too large.

use super::super::message::Mail;
use super::super::sheet::Sheet;
use crate::error::Result;
use askama::Template;

/// A letter came that is larger than is read.
#[derive(Template)]
#[template(path = "mail/too_large.txt")]
pub struct TooLarge {
    pub sheet: Sheet,
    /// In words: `60 MiB`.
    pub size: String,
}

impl TooLarge {
    /// The mail to an address.
    ///
    /// # Errors
    /// `Kind::Internal` when the template fails.
    pub fn mail(&self, to: &str) -> Result<Mail> {
        let title = &self.sheet.title;
        let subject = self.sheet.lang.pick(
            format!("您的邮件太大，还没有登记：{title}"),
            format!("Your e-mail is too large and not registered yet: {title}"),
        );
        self.sheet.mail(to, subject, self)
    }
}
