//! The notice on personal data (个人信息保护法 Art. 17).

use super::ways::Ways;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /privacy`.
#[derive(Template)]
#[template(path = "public/privacy.html")]
pub struct PrivacyPage {
    pub lang: Lang,
    pub layout: Layout,
    /// The offices that asked for opinions here, each once, the latest first.
    pub handlers: Vec<Handler>,
    /// How long contact details are kept, in words.
    pub contacts_kept: String,
    /// How long opinions and outcomes are kept in the decision record, in words.
    pub record_kept: String,
    /// How long the server's own log is kept, in words (网络安全法 Art. 21: six months or more).
    pub log_kept: String,
}

/// An office that handles the data of those who wrote to it.
#[derive(Clone, Debug, Default)]
pub struct Handler {
    pub name: String,
    /// How to reach it about personal data.
    pub ways: Ways,
}
