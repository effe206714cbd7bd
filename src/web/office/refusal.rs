//! A page for when the office cannot go on: 403, 404, 409, and files that are withheld.

use super::frame::Frame;
use super::parts::Link;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// Says what happened, what it means and where to go.
#[derive(Template)]
#[template(path = "office/refusal.html")]
pub struct Refusal {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub reason: Reason,
    /// The error's own line, when it says more than the page does; may be empty.
    pub detail: String,
    /// What was typed into the form that was not taken; `None` for nothing.
    pub typed: Option<String>,
    /// Where to go on.
    pub back: Link,
}

/// Why the office cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Forbidden,
    NotFound,
    Conflict,
    /// A file that a virus was found in, or that was not scanned yet.
    Withheld,
}

impl Reason {
    /// The HTTP status, shown small for whoever is asked for help.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Withheld => 403,
        }
    }

    /// What happened.
    #[must_use]
    pub fn heading(self, lang: &Lang) -> &'static str {
        match self {
            Self::Forbidden => lang.pick("您的账号没有这项权限", "Your account may not do this"),
            Self::NotFound => lang.pick("没有这一页", "There is no such page"),
            Self::Conflict => lang.pick(
                "这项内容刚刚由他人修改",
                "Somebody else has just changed this",
            ),
            Self::Withheld => {
                lang.pick("这个附件现在不能下载", "This file cannot be downloaded now")
            }
        }
    }

    /// What it means and what to do.
    #[must_use]
    pub fn advice(self, lang: &Lang) -> &'static str {
        match self {
            Self::Forbidden => lang.pick(
                "内容没有改动。工作需要的，请联系系统管理员为您的账号增加这项权限。",
                "Nothing was changed. If your work needs it, ask the administrator for this right.",
            ),
            Self::NotFound => lang.pick(
                "网址可能有误，或者这项内容不属于您所在的单位。内容没有改动。",
                "The address may be mistyped, or this belongs to another office. Nothing was changed.",
            ),
            Self::Conflict => lang.pick(
                "您的修改没有保存。请返回原页查看最新内容，再决定是否修改。",
                "Your change was not saved. Go back, read what stands there now, then decide.",
            ),
            Self::Withheld => lang.pick(
                "意见本身不受影响，可以照常办理。",
                "The opinion itself is not affected and can be dealt with as usual.",
            ),
        }
    }
}
