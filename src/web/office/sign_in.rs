//! Signing in: `/office/sign-in`.

use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The page with the sign-in form. The form posts `csrf`, `login`, `password` and `next`.
#[derive(Template)]
#[template(path = "office/sign_in.html")]
pub struct SignIn {
    pub lang: Lang,
    pub layout: Layout,
    pub csrf: String,
    /// What was typed as the account, kept after a failure.
    pub login: String,
    /// Where the person wanted to go; empty for the desk.
    pub next: String,
    pub notice: Notice,
}

/// Why the form is shown, where there is something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// First visit: nothing to say.
    Nothing,
    /// Account or password is wrong; which one is never said.
    Wrong,
    /// Too many attempts; `until` in words: `2025年6月10日 10:30（北京时间）`, and in seconds from now.
    Locked { until: String, seconds: u64 },
    /// Too many passwords are being checked just now.
    Busy,
    /// The session ran out.
    Expired,
    /// The person signed out.
    SignedOut,
}

impl Notice {
    /// Whether it goes back to what was typed, so that the page's title says so.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self, Self::Wrong | Self::Locked { .. } | Self::Busy)
    }

    /// Whether what was typed is itself at fault.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong)
    }
}
