//! The feed and the site map made from the consultations.

use super::address;
use super::atom::{AtomEntry, AtomFeed, tag};
use super::metadata::Site;
use super::sitemap::Page;
use crate::clock::beijing;
use crate::consultations::model::{Consultation, WindowChange};
use crate::documents::model::published::Version;
use crate::documents::model::{DocumentOutline, NodeKind};
use jiff::Timestamp;
use std::cmp::Reverse;

/// Entries of a feed; readers ask again and again, and older ones are on the pages.
const ENTRIES: usize = 50;

/// The entries of revised drafts: the versions after the first, with what the office says of each.
#[must_use]
pub fn revisions(site: &Site<'_>, held: &[(Consultation, Vec<Version>)]) -> Vec<AtomEntry> {
    held.iter()
        .flat_map(|(one, versions)| {
            let later = versions.iter().filter(|version| version.number > 1);
            later.map(|version| {
                let title = site.lang.pick("修改稿：", "Revised draft: ");
                let title = format!("{title}{}", one.title);
                let end = format!("/changes/{}", version.number);
                let at = version.published_at;
                entry(site, one, (&end, &title), at, version.note.clone())
            })
        })
        .collect()
}

/// The entries of extended windows: from when to when, and why.
#[must_use]
pub fn extensions(site: &Site<'_>, one: &Consultation, changes: &[WindowChange]) -> Vec<AtomEntry> {
    let title = site.lang.pick("征求意见时间延长：", "Deadline extended: ");
    let title = format!("{title}{}", one.title);
    let changes = changes.iter().map(|change| {
        let (was, is) = (change.closed_on, change.closes_on);
        let summary = format!("征求意见的截止日期由{was}改为{is}。原因：{}", change.reason);
        let told = entry(site, one, ("", &title), change.changed_at, summary);
        AtomEntry {
            // The page is the consultation's own; the entry is another.
            id: format!("{}#until-{is}", told.id),
            ..told
        }
    });
    changes.collect()
}

/// The feed: an entry when a consultation is published, another when its answers are, and those in
/// `later` (revised drafts, extended windows). `path` is
/// where the feed is, without the language prefix; what lies after `now` is left out.
#[must_use]
pub fn feed(
    site: &Site<'_>,
    path: &str,
    consultations: &[Consultation],
    later: Vec<AtomEntry>,
    now: Timestamp,
) -> AtomFeed {
    let announced = consultations.iter().map(|one| announced(site, one));
    let answered = consultations.iter().filter_map(|one| answered(site, one));
    let mut entries: Vec<AtomEntry> = announced
        .chain(answered)
        .chain(later)
        .filter(|entry| entry.published <= now)
        .collect();
    entries.sort_by(|one, other| {
        (Reverse(one.published), &one.id).cmp(&(Reverse(other.published), &other.id))
    });
    entries.truncate(ENTRIES);
    AtomFeed {
        lang: site.lang,
        id: address(site.origin, site.lang, path),
        title: site.name.to_owned(),
        updated: entries
            .first()
            .map_or(Timestamp::UNIX_EPOCH, |newest| newest.updated),
        self_href: address(site.origin, site.lang, path),
        html_href: address(site.origin, site.lang, "/"),
        author: site.name.to_owned(),
        entries,
    }
}

fn announced(site: &Site<'_>, one: &Consultation) -> AtomEntry {
    let (opens, closes) = (one.window.opens_on, one.window.closes_on);
    let first = one.notice_text.lines().next().unwrap_or_default();
    let summary = format!("{}：{opens} 至 {closes} 征求意见。{first}", one.draft_title);
    entry(site, one, ("", &one.title), one.published_at, summary)
}

fn answered(site: &Site<'_>, one: &Consultation) -> Option<AtomEntry> {
    let title = site.lang.pick("采纳情况已公布：", "Answers published: ");
    let title = format!("{title}{}", one.title);
    let summary = format!("{}的意见采纳情况已经公布。", one.draft_title);
    Some(entry(
        site,
        one,
        ("/feedback", &title),
        one.answered_at?,
        summary,
    ))
}

fn entry(
    site: &Site<'_>,
    one: &Consultation,
    (page, title): (&str, &str),
    at: Timestamp,
    summary: String,
) -> AtomEntry {
    let path = format!("/c/{}{page}", one.slug);
    let day = one.published_at.to_zoned(beijing()).date();
    AtomEntry {
        id: tag(site.origin, day, &path),
        title: title.to_owned(),
        updated: at,
        published: at,
        href: address(site.origin, site.lang, &path),
        summary,
        author: one.issuer.clone(),
    }
}

/// The public pages of a consultation: its own, its draft, the sections that have pages, and the
/// answers once they are published.
#[must_use]
pub fn pages(one: &Consultation, draft: Option<&DocumentOutline>, now: Timestamp) -> Vec<Page> {
    let answered_at = one.answered_at.filter(|at| *at <= now);
    let page = |end: &str, last_modified| Page {
        path: format!("/c/{}{end}", one.slug),
        last_modified,
    };
    let mut pages = vec![page("", answered_at.unwrap_or(one.published_at))];
    if let Some(draft) = draft {
        pages.push(page("/draft", one.published_at));
        let places = draft.walk().into_iter();
        let paged = places.filter(|place| place.node.kind != NodeKind::Bullet);
        pages.extend(paged.map(|place| page(&format!("/s/{}", place.anchor), one.published_at)));
    }
    pages.extend(answered_at.map(|at| page("/feedback", at)));
    pages
}

/// The pages that belong to no consultation. `changed` is when the list last changed.
#[must_use]
pub fn site_pages(changed: Timestamp) -> Vec<Page> {
    let page = |path: &str| Page {
        path: path.to_owned(),
        last_modified: changed,
    };
    ["/", "/privacy"].into_iter().map(page).collect()
}
