//! A form that is not taken at once, with everything in it: to be looked over, after a little work
//! or waiting, or later.

use super::ways::Ways;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The answer to a form that came too soon (422) or while too many came (429). The form on it holds
/// every field as it was sent.
#[derive(Template)]
#[template(path = "public/busy.html")]
pub struct BusyPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub title: String,
    pub why: Why,
    /// Where the form goes.
    pub action: String,
    /// The mark of a form that is shown again.
    pub mark: String,
    /// Names and values of the form, without those of the guardrails.
    pub fields: Vec<(String, String)>,
    /// What was written, shown so that it can be looked over and copied.
    pub typed: String,
    pub ways: Ways,
}

/// Why it was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Faster than anybody can fill it in, or with its trap.
    LookOver,
    /// Too many forms from this network, or from everywhere.
    Work {
        challenge: String,
        bits: u8,
        wait_seconds: u64,
        /// From everywhere.
        everybody: bool,
        /// It came with an answer that did not do: the script does not send it by itself again.
        tried: bool,
    },
    /// Too many forms from this network.
    Later { seconds: u64 },
}

impl BusyPage {
    fn heading(&self) -> &'static str {
        match self.why {
            Why::LookOver => self
                .lang
                .pick("请核对一下，再提交", "Please check it, then send it"),
            Why::Work { .. } => self
                .lang
                .pick("还差一步，请稍等", "One more step: please wait a moment"),
            Why::Later { .. } => self
                .lang
                .pick("请过一会儿再提交", "Please send it a little later"),
        }
    }

    /// The time to wait, as people say it: `30秒`, `2分钟`.
    fn wait(&self) -> String {
        let seconds = match self.why {
            Why::LookOver => 0,
            Why::Work { wait_seconds, .. } => wait_seconds,
            Why::Later { seconds } => seconds,
        };
        if seconds < 90 {
            return format!("{seconds}{}", self.lang.pick("秒", " seconds"));
        }
        let minutes = seconds.div_ceil(60);
        format!("{minutes}{}", self.lang.pick("分钟", " minutes"))
    }

    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
