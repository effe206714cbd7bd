//! Following a consultation by e-mail: the form, the page after it, and the pages that the links in
//! the mails lead to.

use crate::web::field::{Field, FieldError, summary};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET` and `POST /c/{slug}/follow`.
#[derive(Template)]
#[template(path = "public/follow.html")]
pub struct FollowPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub title: String,
    /// The office that handles the address.
    pub office: String,
    /// How to reach it, as one line; may be empty.
    pub reach: String,
    /// The answers are published: there is nothing more to tell.
    pub is_over: bool,
    pub email: Field,
}

impl FollowPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }

    fn errors(&self) -> Vec<FieldError> {
        summary(&[("email", &self.email)])
    }
}

/// `GET /c/{slug}/follow/sent`: the same for everybody, whether the address follows already or not.
#[derive(Template)]
#[template(path = "public/follow_sent.html")]
pub struct FollowSentPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub title: String,
}

impl FollowSentPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}

/// What a page about a follower says or asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// One button confirms.
    AskConfirm,
    Confirmed,
    /// The link is too old, or was stopped.
    TooLate,
    /// One button stops.
    AskStop,
    Stopped,
    /// The address was cut or mistyped.
    NoSuchLink,
}

/// `/f/{follower}/{token}` and `/f/{follower}/{token}/stop`.
#[derive(Template)]
#[template(path = "public/follower.html")]
pub struct FollowerPage {
    pub lang: Lang,
    pub layout: Layout,
    pub telling: Telling,
    /// Slug and title of what is followed; `None` when that is not known any more.
    pub of: Option<(String, String)>,
    /// Where the button posts, with the language.
    pub action: String,
}

impl FollowerPage {
    fn heading(&self) -> &'static str {
        match self.telling {
            Telling::AskConfirm => self.lang.pick(
                "确认订阅这次征求意见的进展",
                "Confirm that you want to follow",
            ),
            Telling::Confirmed => self.lang.pick("订阅成功", "You are subscribed"),
            Telling::TooLate => self.lang.pick("这个链接已经失效", "This link has expired"),
            Telling::AskStop => self.lang.pick("退订进展通知", "Stop the e-mails"),
            Telling::Stopped => self.lang.pick("已退订", "Stopped"),
            Telling::NoSuchLink => self.lang.pick("这个链接不完整", "This link is not whole"),
        }
    }

    fn base(&self, slug: &str) -> String {
        super::consultation_address(self.lang, slug)
    }
}
