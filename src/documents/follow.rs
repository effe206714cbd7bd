//! Where a section of an earlier version is now.

use super::compare::{Link, Quoted, Resolved, compose, quoted, resolve};
use super::model::Node;
use super::model::quote::TextQuote;
use super::published::{self, SectionRef};
use crate::db::Db;
use crate::error::Result;

/// Where a section is in the version that is published now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Now {
    /// It is of that version.
    Here,
    /// Its text is in these sections, the first holding most of it.
    In(Vec<SectionRef>),
    /// It was taken out.
    Gone,
}

/// How the sections of one version stand to those of a later one.
///
/// # Errors
/// What the database reports.
pub fn links_between(db: &mut Db, consultation_id: &str, from: i32, to: i32) -> Result<Vec<Link>> {
    let mut links = published::links(db, consultation_id, from.saturating_add(1))?;
    for number in from.saturating_add(2)..=to {
        links = compose(&links, &published::links(db, consultation_id, number)?);
    }
    Ok(links)
}

/// Where a section is in a version that is its own or a later one. `sections` holds those of that
/// version, and may hold others.
///
/// # Errors
/// What the database reports.
pub fn now(
    db: &mut Db,
    consultation_id: &str,
    section: &SectionRef,
    version: i32,
    sections: &[SectionRef],
) -> Result<Now> {
    if section.version >= version {
        return Ok(Now::Here);
    }
    let links = links_between(db, consultation_id, section.version, version)?;
    let Resolved::Found { anchor, others, .. } = resolve(&links, &section.anchor) else {
        return Ok(Now::Gone);
    };
    let anchors = std::iter::once(anchor).chain(others);
    let found = anchors.filter_map(|anchor| {
        let mut sections = sections.iter();
        sections
            .find(|section| section.version == version && section.anchor == anchor)
            .cloned()
    });
    Ok(Now::In(found.collect()))
}

/// What became of quoted words of an earlier version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuoteNow {
    /// They stand in the published version still.
    Same,
    /// These words stand where they stood.
    Changed(String),
    Gone,
}

/// What the published version says where words of an earlier one were quoted; `None` when the quote
/// is of the published version. `now` is where their section is.
///
/// # Errors
/// What the database reports.
pub fn quote_now(
    db: &mut Db,
    consultation_id: &str,
    version: i32,
    quote: &TextQuote,
    now: &Now,
) -> Result<Option<QuoteNow>> {
    let places = match now {
        Now::Here => return Ok(None),
        Now::Gone => return Ok(Some(QuoteNow::Gone)),
        Now::In(places) => places,
    };
    let documents = published::documents(db, consultation_id, version)?;
    let Some(draft) = published::draft(&documents) else {
        return Ok(Some(QuoteNow::Gone));
    };
    let mut found = QuoteNow::Gone;
    for place in places {
        let Some(place) = draft.outline.find_anchor(&place.anchor) else {
            continue;
        };
        let words = words(place.node);
        match quoted(quote, &words) {
            Quoted::Same(_) => return Ok(Some(QuoteNow::Same)),
            Quoted::Changed(range) if found == QuoteNow::Gone => {
                found = QuoteNow::Changed(words.get(range).unwrap_or_default().to_owned());
            }
            Quoted::Changed(_) | Quoted::Gone => {}
        }
    }
    Ok(Some(found))
}

/// A section's words with those of the sections below it: a quote may be of a bullet.
fn words(node: &Node) -> String {
    let mut all = format!("{}{}\n{}\n", node.label, node.heading, node.text);
    for child in &node.children {
        all.push_str(&words(child));
    }
    all
}
