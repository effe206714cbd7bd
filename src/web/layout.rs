//! What every page carries around its own content: names at the top, the switch of language,
//! the banner, the foot.
//!
//! A page struct holds `lang: Lang` and `layout: Layout`; its template extends
//! `layout/base.html` (or `layout/public.html`, which adds the public masthead and foot).

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
    /// One sentence over every page: a demonstration, a planned stop. None on ordinary days.
    pub banner: Option<String>,
    /// Size of the letters the reader chose. None leaves the choice out of the page (a server
    /// that keeps no preference cookie must not show a control that does nothing).
    pub text_size: Option<TextSize>,
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

/// Size of the letters, kept as a preference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextSize {
    /// As set in `tokens.css`.
    #[default]
    Standard,
    /// About a fifth larger.
    Large,
    /// Half as large again.
    Largest,
}

impl TextSize {
    /// The three sizes in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Large, Self::Largest];

    /// The value sent and kept: `standard`, `large`, `largest`. Also the end of the class on
    /// the `html` element, `text-large`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
            Self::Largest => "largest",
        }
    }

    /// The word on the button.
    #[must_use]
    pub fn word(self, lang: crate::words::Lang) -> &'static str {
        match self {
            Self::Standard => lang.pick("标准", "Normal"),
            Self::Large => lang.pick("大字", "Large"),
            Self::Largest => lang.pick("特大", "Larger"),
        }
    }
}

impl Layout {
    /// The class of the `html` element.
    #[must_use]
    pub fn html_class(&self) -> String {
        let size = self.text_size.unwrap_or_default();
        format!("text-{}", size.key())
    }
}
