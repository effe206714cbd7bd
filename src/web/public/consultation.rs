//! One consultation: what it is about, until when, how to say something, what happens then.

use super::outline::{Contents, Leads, OutlineNode, Para};
use super::plan_nav::PlanNav;
use super::stage::Stage;
use super::ways::Ways;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}`.
#[derive(Template)]
#[template(path = "public/consultation.html")]
pub struct ConsultationPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub stage: Stage,
    /// The notice's title, as published.
    pub title: String,
    /// One or two sentences in the office's words: what the draft would do. None leaves the row
    /// out.
    pub about: Option<String>,
    pub office: String,
    /// First and last day, with the weekday.
    pub opens: String,
    pub closes: String,
    /// Open: how long it still runs; coming: how long until it opens. Empty otherwise.
    pub left: String,
    /// The day the notice was published, formatted.
    pub published_on: Option<String>,
    /// Why the window is shorter than 30 days, in the office's words (国令第713号 Art. 15).
    pub short_reason: Option<String>,
    /// How the window was extended, the oldest change first.
    pub extended: Vec<Extended>,
    /// Whether the office shows comments it chose.
    pub has_wall: bool,
    pub ways: Ways,
    /// The notice's own text.
    pub notice: Vec<Para>,
    pub draft_title: String,
    pub outline: Vec<OutlineNode>,
    /// The explanation's title, if one is published; its page is `/c/{slug}/explanation`.
    pub explanation: Option<String>,
    pub attachments: Vec<Attachment>,
    /// The files that the texts were read from.
    pub originals: Vec<Original>,
    /// Finding words in the draft.
    pub find: PlanNav,
    /// Whether the draft names responsible units.
    pub has_units: bool,
}

/// A later last day: from when to when, why, and when that was decided, formatted.
#[derive(Clone, Debug, Default)]
pub struct Extended {
    pub was: String,
    pub is: String,
    pub reason: String,
    pub decided: String,
}

/// A file as the office handed it in.
#[derive(Clone, Debug, Default)]
pub struct Original {
    pub name: String,
    /// Where its bytes can be had; None when they are not kept here.
    pub href: Option<String>,
    /// In words: `36 KB`.
    pub size: String,
    /// Of the bytes, 64 hexadecimal digits.
    pub sha256: String,
}

/// A text that the notice names as attached; it has a page here.
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    pub name: String,
    pub href: String,
}

impl ConsultationPage {
    fn contents(&self) -> String {
        let leads = Leads::Pages(self.slug.clone());
        Contents::new(self.lang, &leads, &self.outline, None).to_string()
    }
}
