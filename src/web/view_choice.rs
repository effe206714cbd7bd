//! How a reader wants the pages to look: the size of type and the contrast, in a cookie that says
//! nothing else.

use super::app::App;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};

const COOKIE: &str = "view";
const LARGE: &str = include_str!("../../assets/view-large.css");
const LARGER: &str = include_str!("../../assets/view-larger.css");

/// The size of type against the ordinary one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    #[default]
    Normal,
    /// 125 %.
    Large,
    /// 150 %.
    Larger,
}

/// What a reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewChoice {
    pub size: Size,
    pub high_contrast: bool,
}

impl ViewChoice {
    /// The choice that came with a request; the ordinary one where none did.
    pub(super) fn of(request: &HttpRequest) -> Self {
        request
            .cookie(COOKIE)
            .map(|cookie| Self::read(cookie.value()))
            .unwrap_or_default()
    }

    /// A choice by its code; what is not known counts as ordinary.
    fn read(code: &str) -> Self {
        let (size, contrast) = code.split_once('-').unwrap_or((code, ""));
        Self::by_fields(size, contrast)
    }

    /// A choice by the fields of the form.
    #[must_use]
    pub fn by_fields(size: &str, contrast: &str) -> Self {
        Self {
            size: match size {
                "large" => Size::Large,
                "larger" => Size::Larger,
                _ => Size::Normal,
            },
            high_contrast: contrast == "high",
        }
    }

    /// `normal-normal`, `larger-high`.
    #[must_use]
    pub fn code(self) -> String {
        let contrast = if self.high_contrast { "high" } else { "normal" };
        format!("{}-{contrast}", self.size.code())
    }

    /// Tokens that stand in place of the ordinary ones; empty for the ordinary choice.
    #[must_use]
    pub fn css(self, contrast: &str) -> String {
        let size = match self.size {
            Size::Normal => "",
            Size::Large => LARGE,
            Size::Larger => LARGER,
        };
        let contrast = if self.high_contrast { contrast } else { "" };
        if size.is_empty() && contrast.is_empty() {
            return String::new();
        }
        format!("@media screen {{\n{size}{contrast}}}\n")
    }

    /// The cookie that remembers a choice for a year.
    pub(super) fn cookie(self, app: &App) -> Cookie<'static> {
        Cookie::build(COOKIE, self.code())
            .path("/")
            .http_only(true)
            .secure(app.is_secure())
            .same_site(SameSite::Lax)
            .max_age(time::Duration::days(365))
            .finish()
    }
}

impl Size {
    /// The value of the form's field.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
            Self::Larger => "larger",
        }
    }
}

/// An address of this site to go back to, or the front page. Whatever a browser could take for
/// another site's address is refused (WHATWG URL: `//`, a backslash, and tabs or line ends, which it
/// leaves out).
#[must_use]
pub fn local_path(path: &str) -> &str {
    let is_local = path.len() <= 2000
        && path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if is_local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_back_as_it_was_written() {
        for size in ["normal", "large", "larger"] {
            for contrast in ["normal", "high"] {
                let choice = ViewChoice::by_fields(size, contrast);
                assert_eq!(ViewChoice::read(&choice.code()), choice);
            }
        }
        assert_eq!(ViewChoice::read("huge-"), ViewChoice::default());
        assert_eq!(ViewChoice::default().css("x"), "");
    }

    #[test]
    fn only_addresses_of_this_site_are_gone_back_to() {
        assert_eq!(local_path("/en/c/plan?page=2"), "/en/c/plan?page=2");
        for foreign in [
            "",
            "c/plan",
            "//evil.example",
            "/\\evil.example",
            "\\/evil",
            "https://evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:alert(1)",
            "/c/方案",
        ] {
            assert_eq!(local_path(foreign), "/", "{foreign}");
        }
    }
}
