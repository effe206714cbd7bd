//! Publishing a revised draft: the next version of a consultation's texts.

use super::model::{Matched, Published};
use super::publish::Order;
use super::{find, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations;
use crate::db::Db;
use crate::documents::compare::Link;
use crate::documents::published::{self, Version};
use crate::error::{Error, Kind, Result};
use crate::jobs::model::{JobKind, NewJob};
use crate::jobs::queue;
use serde_json::json;

/// The longest note on what changed, in characters.
const LONGEST_NOTE: usize = 2_000;

/// Publishes an import as the next version of the consultation it revises, with how the sections
/// stand to the old ones and its event, in one transaction. `note` tells readers what changed.
///
/// # Errors
/// `Kind::Invalid` when the office has not confirmed how old and new stand to each other, or the
/// note is too long; `Kind::Conflict` when it was changed since, or another revision came first.
pub fn revise(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    order: &Order,
    note: &str,
) -> Result<Published> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    let mut current = find::by_id(db, &order.import.id)?;
    current.must_be_open(order.import.revision)?;
    let (owner, matched) = (current.consultation_id.clone(), current.links.clone());
    let (Some(owner), Some(Matched { base, links })) = (owner, matched) else {
        return Err(unconfirmed());
    };
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::invalid(
            format!("修改说明超过{LONGEST_NOTE}字，请缩短"),
            format!("the note on what changed is over {LONGEST_NOTE} characters; shorten it"),
        ));
    }
    let consultation = consultations::find::by_id(db, &owner, now)?;
    if consultation.version != base {
        return Err(unconfirmed());
    }
    check_base(db, &owner, consultation.version, &order.import.sources)?;
    let published = Published {
        version: consultation.version.saturating_add(1),
        at: order.at.map_or(now, |at| at.max(now)),
        consultation_id: owner,
    };
    let version = Version {
        number: published.version,
        sources: current.sources.clone(),
        images: current.images.clone(),
        note: note.trim().to_owned(),
        published_at: published.at,
    };
    published::publish(
        db,
        &published.consultation_id,
        &version,
        &order.outline,
        now,
    )?;
    published::link(db, &published.consultation_id, version.number, &links)?;
    current.published = Some(published.clone());
    store::update(db, &current, order.import.revision, now)?;
    tell(db, actor, now, &version, &published, &links)?;
    tell_followers(db, &published, now)?;
    Ok(published)
}

/// Tells followers when readers see the version, which may be later. Taken back before, the job is
/// taken back too.
fn tell_followers(db: &mut Db, published: &Published, now: jiff::Timestamp) -> Result<()> {
    let job = NewJob {
        kind: JobKind::SpreadNews,
        consultation: &published.consultation_id,
        subject: &published.consultation_id,
        detail: json!({ "news": "revised", "version": published.version }),
    };
    queue::enqueue_at(db, &job, published.at, now)
}

fn tell(
    db: &mut Db,
    actor: &Actor,
    now: jiff::Timestamp,
    version: &Version,
    published: &Published,
    links: &[Link],
) -> Result<()> {
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: &published.consultation_id,
            action: Action::VersionPublished,
            subject: "version",
            subject_id: &published.consultation_id,
            detail: json!({
                "version": version.number,
                "published_at": version.published_at.to_string(),
                "sources": version.sources.iter().map(|file| &file.sha256).collect::<Vec<_>>(),
                "links": links.len(),
            }),
        },
    )
}

/// The links were confirmed against the version that readers see: another one, waiting or published
/// meanwhile, would make them wrong. And the same file again is no revision.
fn check_base(
    db: &mut Db,
    owner: &str,
    version: i32,
    sources: &[published::SourceFile],
) -> Result<()> {
    if published::newest_number(db, owner)? != version {
        return Err(Error::new(
            Kind::Conflict,
            "已经有一份修改稿在等待发布，请先取消它，或等它发布后再来",
            "another revised draft is waiting to be published; take it back or wait for it",
        ));
    }
    let current = published::versions(db, owner, jiff::Timestamp::MAX)?;
    let hashes = |files: &[published::SourceFile]| -> Vec<String> {
        files.iter().map(|file| file.sha256.clone()).collect()
    };
    if current
        .last()
        .is_some_and(|last| hashes(&last.sources) == hashes(sources))
    {
        return Err(Error::new(
            Kind::Conflict,
            "这份文件和现在公布的完全相同，没有可发布的修改",
            "this file is the one that is published now; there is nothing to revise",
        ));
    }
    Ok(())
}

fn unconfirmed() -> Error {
    Error::invalid(
        "请先核对新旧条款对照并点“确认对照”，再发布",
        "confirm first how the old and the new sections match, then publish",
    )
}
