//! The page behind the link in our mail.

use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `/r/{number}/confirm/{token}`: one button; once pressed, that it is done.
#[derive(Template)]
#[template(path = "public/confirm_address.html")]
pub struct ConfirmAddressPage {
    pub lang: Lang,
    pub layout: Layout,
    /// The draft's title.
    pub title: String,
    pub number: String,
    /// Masked: `s***@example.org`.
    pub email: String,
    pub action: String,
    pub confirmed: bool,
}
