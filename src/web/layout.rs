//! What every page carries around its own content: names at the top, the switch of language,
//! the banner, the foot.
//!
//! A page struct holds `lang: Lang` and `layout: Layout`; its template extends
//! `layout/base.html` (or `layout/public.html`, which adds the public masthead and foot).

use super::feed::metadata::PageMeta;
use crate::words::Lang;

/// The frame of a page. The language is not here: the page itself holds it as `lang`.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The site's name as the settings give it, in Chinese: 建言, 松涧区意见征集.
    pub site_name: String,
    /// The office whose consultation this page belongs to, or who runs the site.
    pub office: String,
    /// Path and query of this page without the language prefix, starting with `/`. The switch of
    /// language puts the other prefix before it.
    pub path: String,
    /// Scheme and host the site is reached at, without a slash at the end:
    /// `https://yijian.example.org`. Printed under every page, before `path`; empty leaves it out.
    pub origin: String,
    /// Addresses of the style sheets, in order.
    pub stylesheets: Vec<String>,
    /// Address of the page's script. Everything works without it.
    pub script: Option<String>,
    /// What search engines and chat programs read of it.
    pub meta: Option<PageMeta>,
    /// One sentence over every page: a demonstration, a planned stop. None on ordinary days.
    pub banner: Option<String>,
    /// Whom to ask for help with this page. Without a name the foot leads to the notices.
    pub runner: Runner,
}

/// Who helps with a page; stands at its foot.
#[derive(Clone, Debug, Default)]
pub struct Runner {
    /// The body's full name.
    pub name: String,
    /// Telephone for help with the pages, if there is one.
    pub phone: Option<String>,
    /// E-mail for help with the pages, if there is one.
    pub email: Option<String>,
}

impl Layout {
    /// The address of the page where type and contrast are chosen; it leads back here. None on that
    /// page itself.
    #[must_use]
    pub fn preferences(&self, lang: &Lang) -> Option<String> {
        if self.path.starts_with("/preferences") {
            return None;
        }
        let prefix = lang.prefix();
        let back = format!("{prefix}{}", self.path);
        let query = serde_urlencoded::to_string([("back", back)]).unwrap_or_default();
        Some(format!("{prefix}/preferences?{query}"))
    }
}
