//! The feed of consultations: Atom (RFC 4287). Who follows an office by a reader, or builds a
//! service on it, learns of a new consultation and of an answer without asking the pages.

use crate::words::Lang;
use askama::Template;
use jiff::Timestamp;

/// The media type it is sent with (RFC 4287, 7).
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// A feed. `render` gives the document.
#[derive(Template)]
#[template(path = "feed/atom.xml")]
pub struct AtomFeed {
    /// The language of the titles; summaries are in Chinese.
    pub lang: Lang,
    /// Never changes, whatever the address: an absolute address or a [`tag`].
    pub id: String,
    pub title: String,
    /// When anything in it last changed; printed in UTC (RFC 3339).
    pub updated: Timestamp,
    /// Where the feed itself is.
    pub self_href: String,
    /// The page it is the feed of.
    pub html_href: String,
    /// Who runs the site.
    pub author: String,
    /// The newest first.
    pub entries: Vec<AtomEntry>,
}

/// One consultation, or one thing that happened in it.
pub struct AtomEntry {
    /// As [`AtomFeed::id`]; two entries never share one.
    pub id: String,
    pub title: String,
    pub updated: Timestamp,
    pub published: Timestamp,
    /// The page to read.
    pub href: String,
    /// Plain text.
    pub summary: String,
    /// The office that asks.
    pub author: String,
}

/// An identifier that outlives the address it names (RFC 4151): host, a day on which the host was
/// the site's, and what is meant, such as `/c/lvdao`. A port is not part of it.
#[must_use]
pub fn tag(origin: &str, day: jiff::civil::Date, what: &str) -> String {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host.split(['/', ':']).next().unwrap_or(host);
    format!("tag:{host},{day}:{what}")
}
