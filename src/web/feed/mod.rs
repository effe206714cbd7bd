//! What machines read of the public pages: the Atom feed, the site map, robots.txt, and the data
//! about a page in its head. Values in, text out; the addresses are in `routes/`.

pub mod atom;
pub mod metadata;
pub mod of_consultations;
pub mod sitemap;

use crate::words::Lang;

/// The text without what XML 1.0 does not allow at all (2.2, Char): control characters other than
/// tab and line ends, and the two code points that are no characters.
fn legal(text: impl AsRef<str>) -> String {
    let is_legal = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.as_ref().chars().filter(is_legal).collect()
}

/// The addresses of a page in both languages and for everybody else (`x-default`: Chinese), each
/// with its tag for `hreflang`. `path` begins with `/` and has no language prefix.
fn alternates(origin: &str, path: &str) -> [(&'static str, String); 3] {
    [
        (Lang::Zh.tag(), address(origin, Lang::Zh, path)),
        (Lang::En.tag(), address(origin, Lang::En, path)),
        ("x-default", address(origin, Lang::Zh, path)),
    ]
}

/// The full address of a page in one language.
fn address(origin: &str, lang: Lang, path: &str) -> String {
    let origin = origin.trim_end_matches('/');
    format!("{origin}{}{path}", lang.prefix())
}

#[cfg(test)]
mod tests;
