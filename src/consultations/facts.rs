//! What the office states about a consultation: read from the notice, corrected in a form, and
//! checked before anything is published.

use super::model::{OfficeContact, Window};
use crate::documents::model::{NoticeFacts, Outline};
use crate::error::{Error, Result};
use crate::words::Both;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest line of the form, in characters.
const LONGEST: usize = 500;

/// The facts as they are typed: every field a line of text, empty where nothing is stated. Days are
/// `2025-05-29`, lists are joined by 、.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FactsForm {
    /// The end of the address; empty to have it made.
    pub slug: String,
    pub title: String,
    pub draft_title: String,
    pub issuer: String,
    pub issued_on: String,
    pub opens_on: String,
    pub closes_on: String,
    /// Why the window is shorter than 30 days.
    pub short_reason: String,
    pub person: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    pub channels: String,
}

/// The facts, found sound.
#[derive(Clone, Debug)]
pub struct Facts {
    pub title: String,
    pub draft_title: String,
    pub issuer: String,
    pub issued_on: Option<Date>,
    pub window: Window,
    pub short_reason: Option<String>,
    pub contact: OfficeContact,
    pub channels: Vec<String>,
}

/// A field that is not sound, by its name in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub field: &'static str,
    pub message: Both,
}

impl FactsForm {
    /// What an outline's notice states; what it leaves out stays empty.
    #[must_use]
    pub fn from_outline(outline: &Outline) -> Self {
        let facts = outline.notice.clone().unwrap_or_default();
        let plan = outline.plan().and_then(|plan| plan.title.clone());
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            slug: String::new(),
            title: facts.title.clone().unwrap_or_default(),
            draft_title: facts.draft_title.clone().or(plan).unwrap_or_default(),
            issuer: facts.issuer.clone().unwrap_or_default(),
            issued_on: day(facts.issued_on),
            opens_on: day(facts.opens_on),
            closes_on: day(facts.closes_on),
            short_reason: String::new(),
            person: facts.contact.person.clone().unwrap_or_default(),
            phone: facts.contact.phone.clone().unwrap_or_default(),
            email: facts.contact.email.clone().unwrap_or_default(),
            address: postal(&facts),
            channels: facts.channels.join("、"),
        }
    }

    /// The facts, when nothing is wrong with them.
    ///
    /// # Errors
    /// Each field that is missing or not sound, in the order of the form.
    pub fn check(&self) -> std::result::Result<Facts, Vec<Flaw>> {
        let mut flaws = Vec::new();
        self.lengths(&mut flaws);
        let draft_title = one_line(&self.draft_title);
        if draft_title.is_empty() {
            flaws.push(flaw(
                "draft_title",
                "请填写征求意见稿的标题",
                "Give the title of the draft",
            ));
        }
        let issued_on = day_of("issued_on", &self.issued_on, &mut flaws);
        let window = self.window(&mut flaws);
        let email = one_line(&self.email);
        if !email.is_empty() && (!email.contains('@') || email.contains(' ')) {
            flaws.push(flaw(
                "email",
                "电子邮箱格式不对，例如 zhiliang@example.org",
                "This is no e-mail address; write it like office@example.org",
            ));
        }
        let Some(window) = window.filter(|_| flaws.is_empty()) else {
            return Err(flaws);
        };
        let some = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
        Ok(Facts {
            title: some(&self.title)
                .unwrap_or_else(|| format!("关于公开征求{draft_title}意见的公告")),
            draft_title,
            issuer: one_line(&self.issuer),
            issued_on,
            window,
            short_reason: some(&self.short_reason),
            contact: OfficeContact {
                person: some(&self.person),
                phone: some(&self.phone),
                email: some(&email),
                address: some(&self.address),
            },
            channels: self
                .channels
                .split(['、', ',', '，', ';', '；'])
                .filter_map(some)
                .collect(),
        })
    }

    /// [`FactsForm::check`] with the first flaw as the error.
    ///
    /// # Errors
    /// `Kind::Invalid`.
    pub fn checked(&self) -> Result<Facts> {
        self.check()
            .map_err(|flaws| match flaws.into_iter().next() {
                Some(flaw) => Error::invalid(flaw.message.zh, flaw.message.en),
                None => Error::internal("facts without a flaw were refused"),
            })
    }

    fn window(&self, flaws: &mut Vec<Flaw>) -> Option<Window> {
        let opens_on = needed_day("opens_on", &self.opens_on, flaws);
        let closes_on = needed_day("closes_on", &self.closes_on, flaws);
        match Window::new(opens_on?, closes_on?) {
            Ok(window) => Some(window),
            Err(error) => {
                let message = Both::new(
                    error.message(crate::words::Lang::Zh),
                    error.message(crate::words::Lang::En),
                );
                flaws.push(Flaw {
                    field: "closes_on",
                    message,
                });
                None
            }
        }
    }

    fn lengths(&self, flaws: &mut Vec<Flaw>) {
        let fields = [
            ("title", &self.title),
            ("draft_title", &self.draft_title),
            ("issuer", &self.issuer),
            ("short_reason", &self.short_reason),
            ("person", &self.person),
            ("phone", &self.phone),
            ("email", &self.email),
            ("address", &self.address),
            ("channels", &self.channels),
        ];
        for (field, text) in fields {
            if text.chars().count() > LONGEST {
                flaws.push(flaw(
                    field,
                    "太长了，请缩短到500字以内",
                    "This is too long; keep it under 500 characters",
                ));
            }
        }
    }
}

/// The address with the postcode that the notice gives beside it.
fn postal(facts: &NoticeFacts) -> String {
    let address = facts.contact.address.clone().unwrap_or_default();
    match facts.contact.postcode.as_deref() {
        Some(code) if !address.is_empty() && !address.contains(code) => {
            format!("{address}（邮编：{code}）")
        }
        _ => address,
    }
}

/// A text on one line: what a form or a file puts between the words (a break, a NUL, which
/// PostgreSQL refuses) becomes a blank.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_control())
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    words.join(" ")
}

fn flaw(field: &'static str, zh: &str, en: &str) -> Flaw {
    Flaw {
        field,
        message: Both::new(zh, en),
    }
}

fn needed_day(field: &'static str, text: &str, flaws: &mut Vec<Flaw>) -> Option<Date> {
    if text.trim().is_empty() {
        let message = match field {
            "opens_on" => Both::new(
                "请填写开始征求意见的日期",
                "Give the first day on which comments are taken",
            ),
            _ => Both::new(
                "请填写截止日期",
                "Give the last day on which comments are taken",
            ),
        };
        flaws.push(Flaw { field, message });
        return None;
    }
    day_of(field, text, flaws)
}

fn day_of(field: &'static str, text: &str, flaws: &mut Vec<Flaw>) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let day = text.parse::<Date>().ok();
    if day.is_none() {
        flaws.push(flaw(
            field,
            "没有这个日期，请写成 2025-05-29 的样子",
            "There is no such date; write it like 2025-05-29",
        ));
    }
    day
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sound() -> FactsForm {
        FactsForm {
            draft_title: "《松涧区方案》（征求意见稿）".into(),
            opens_on: "2025-05-29".into(),
            closes_on: "2025-06-28".into(),
            email: "office@example.org".into(),
            channels: "电话、电子邮件".into(),
            ..FactsForm::default()
        }
    }

    #[test]
    fn a_title_is_made_where_none_is_given() {
        let facts = sound().check().unwrap();
        assert_eq!(
            facts.title,
            "关于公开征求《松涧区方案》（征求意见稿）意见的公告"
        );
        assert_eq!(facts.channels, ["电话", "电子邮件"]);
        assert_eq!(facts.window.days(), 31);
    }

    #[test]
    fn each_field_that_is_not_sound_is_named() {
        let form = FactsForm {
            draft_title: " ".into(),
            issued_on: "2025-02-30".into(),
            opens_on: "2025-06-28".into(),
            closes_on: "2025-05-29".into(),
            email: "nobody".into(),
            address: "路".repeat(501),
            ..FactsForm::default()
        };
        let fields: Vec<&str> = form.check().unwrap_err().iter().map(|f| f.field).collect();
        assert_eq!(
            fields,
            ["address", "draft_title", "issued_on", "closes_on", "email"]
        );
    }
}
