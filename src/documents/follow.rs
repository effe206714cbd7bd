//! Where a section of an earlier version is now.

use super::compare::{Link, Resolved, compose, resolve};
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
