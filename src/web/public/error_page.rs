//! The page for everything that did not go as asked.

use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// Shown with the HTTP status it holds. 400, 403, 404, 409, 413, 429, 422, 500 and 503 have words of their
/// own; any other is told as 500.
#[derive(Template)]
#[template(path = "public/error.html")]
pub struct ErrorPage {
    pub lang: Lang,
    pub layout: Layout,
    pub status: u16,
    /// The one-line message of the error, in the page's language; it stands under the heading.
    pub message: Option<String>,
    /// What the person had typed, given back so that it is not lost.
    pub typed: Option<String>,
    /// Where to sign in; `None` where that does not help.
    pub sign_in: Option<String>,
    /// What to quote when reporting a fault.
    pub reference: Option<String>,
}

impl ErrorPage {
    /// A message closed as a sentence.
    fn sentence(&self, message: &str) -> String {
        let closed = message.ends_with(['。', '.', '！', '？', '!', '?']);
        let stop = if closed {
            ""
        } else {
            self.lang.pick("。", ".")
        };
        format!("{message}{stop}")
    }
}
