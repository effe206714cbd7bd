//! The site map (sitemaps.org protocol 0.9, with the languages of each page) and robots.txt
//! (RFC 9309).

use super::{address, alternates};
use crate::error::{Error, Result};
use crate::words::Lang;
use askama::Template;
use jiff::Timestamp;

/// The protocol's bounds for one file.
const MOST_PAGES: usize = 50_000;
const MOST_BYTES: usize = 50 * 1024 * 1024;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
const FOOT: &str = "</urlset>\n";

/// The media type of all of it.
pub const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

/// A public page, in whatever language.
#[derive(Clone, Debug)]
pub struct Page {
    /// Without a language prefix, beginning with `/`.
    pub path: String,
    pub last_modified: Timestamp,
}

/// A site map of one file or of several with an index.
#[derive(Debug, PartialEq, Eq)]
pub struct Sitemap {
    /// What stands at `/sitemap.xml`: the index, or the only file.
    pub first: String,
    /// What stands at `/sitemap-1.xml`, `/sitemap-2.xml`…; empty when there is only one file.
    pub parts: Vec<String>,
}

#[derive(Template)]
#[template(path = "feed/sitemap_page.xml")]
struct PageEntry {
    here: String,
    last_modified: Timestamp,
    alternates: [(&'static str, String); 3],
}

#[derive(Template)]
#[template(path = "feed/sitemap_index.xml")]
struct Index {
    files: Vec<String>,
}

#[derive(Template)]
#[template(path = "feed/robots.txt")]
struct Robots<'a> {
    origin: &'a str,
}

/// The site map of these pages, each in both languages. `origin` is scheme and host.
///
/// # Errors
/// `Kind::Internal` when a template cannot be filled.
pub fn sitemap(origin: &str, pages: &[Page]) -> Result<Sitemap> {
    bounded(origin, pages, MOST_PAGES, MOST_BYTES)
}

/// The same with other bounds than the protocol's.
pub(super) fn bounded(
    origin: &str,
    pages: &[Page],
    most_pages: usize,
    most_bytes: usize,
) -> Result<Sitemap> {
    let mut files: Vec<(usize, String)> = vec![(0, HEAD.to_owned())];
    for page in pages {
        for lang in [Lang::Zh, Lang::En] {
            let entry = PageEntry {
                here: address(origin, lang, &page.path),
                last_modified: page.last_modified,
                alternates: alternates(origin, &page.path),
            };
            let entry = format!("{}\n", entry.render().map_err(Error::internal)?);
            let is_full = files.last().is_none_or(|(count, file)| {
                *count >= most_pages || file.len() + entry.len() + FOOT.len() > most_bytes
            });
            if is_full {
                files.push((0, HEAD.to_owned()));
            }
            if let Some((count, file)) = files.last_mut() {
                *count += 1;
                file.push_str(&entry);
            }
        }
    }
    let mut parts: Vec<String> = files.into_iter().map(|(_, file)| file + FOOT).collect();
    if parts.len() > 1 {
        return index(origin, parts);
    }
    Ok(Sitemap {
        first: parts.pop().unwrap_or_default(),
        parts,
    })
}

fn index(origin: &str, parts: Vec<String>) -> Result<Sitemap> {
    let name = |number| address(origin, Lang::Zh, &format!("/sitemap-{number}.xml"));
    let index = Index {
        files: (1..=parts.len()).map(name).collect(),
    };
    Ok(Sitemap {
        first: index.render().map_err(Error::internal)?,
        parts,
    })
}

/// robots.txt: everything may be read by everybody but the office and the receipts, which are
/// somebody's own.
///
/// # Errors
/// `Kind::Internal` when the template cannot be filled.
pub fn robots(origin: &str) -> Result<String> {
    let origin = origin.trim_end_matches('/');
    Robots { origin }.render().map_err(Error::internal)
}
