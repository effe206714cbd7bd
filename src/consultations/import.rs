//! Making a consultation from a notice file.

use super::facts::{Facts, FactsForm};
use super::model::{Consultation, Window, is_slug};
use super::{rule_check, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::documents::model::Outline;
use crate::documents::published::{self, ImageRef, SourceFile, Version};
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::privacy::vault::Vault;
use crate::words::Both;
use jiff::Timestamp;
use serde_json::json;

/// A text that was read and found fit to be published, with what the office states about it.
#[derive(Clone, Debug)]
pub struct NewConsultation {
    /// The identifier it takes over from its preparation; made when there was none.
    pub id: Option<String>,
    pub slug: String,
    pub outline: Outline,
    pub facts: Facts,
    /// The files it was read from.
    pub sources: Vec<SourceFile>,
    pub images: Vec<ImageRef>,
    /// From when readers see it; at once when it is `None` or past.
    pub published_at: Option<Timestamp>,
    /// What the rules still ask for; shown, not enforced.
    pub findings: Vec<Both>,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Imported {
    pub slug: String,
    pub sections: usize,
    pub window: Window,
    /// From when readers see it.
    pub published_at: Timestamp,
}

/// Checks that an outline can become a consultation. Without a slug of one's own, the short name
/// is made from the first day and the source's hash.
///
/// # Errors
/// `Kind::Invalid` when there is no notice, no sound window, no draft, no contact to be published
/// under, or the slug cannot be one.
pub fn prepare(outline: Outline, slug: Option<String>) -> Result<NewConsultation> {
    let facts = outline.notice.as_ref().ok_or_else(|| {
        Error::invalid(
            format!(
                "{}：没有找到征求意见公告，请确认文件里有公告正文",
                outline.source.name
            ),
            format!(
                "{}: no notice of consultation was found; check that the file holds one",
                outline.source.name
            ),
        )
    })?;
    facts.check()?;
    let facts = FactsForm::from_outline(&outline).checked()?;
    let source = SourceFile {
        name: outline.source.name.clone(),
        sha256: outline.source.sha256.clone(),
        bytes: 0,
    };
    fit(NewConsultation {
        id: None,
        slug: slug.unwrap_or_else(|| made_slug(&outline, facts.window)),
        findings: Vec::new(),
        sources: vec![source],
        images: Vec::new(),
        published_at: None,
        facts,
        outline,
    })
}

/// The short name for an office that gives none: the first day and the start of the source's hash.
#[must_use]
pub fn made_slug(outline: &Outline, window: Window) -> String {
    let hash = outline.source.sha256.get(..6).unwrap_or_default();
    format!("{}-{hash}", window.opens_on.strftime("%Y%m%d"))
}

/// Checks that a text can be published under its short name, and notes what the rules still ask
/// for.
///
/// # Errors
/// `Kind::Invalid` when there is no section to comment on or the short name cannot be one.
pub fn fit(mut new: NewConsultation) -> Result<NewConsultation> {
    let name = &new.outline.source.name;
    if new.outline.plan().is_none_or(|plan| plan.nodes.is_empty()) {
        return Err(Error::invalid(
            format!("{name}：没有找到征求意见稿的条款，请检查文件"),
            format!("{name}: no section of a draft was found; check the file"),
        ));
    }
    if !is_slug(&new.slug) {
        let slug = &new.slug;
        return Err(Error::invalid(
            format!("网址短名“{slug}”不可用，请只用小写字母、数字和中间的横线，最多60位"),
            format!(
                "the short name {slug} cannot be used; take small letters, digits and inner hyphens, at most 60"
            ),
        ));
    }
    new.findings = rule_check::findings(&new.outline, &new.facts);
    Ok(new)
}

/// Publishes a prepared consultation: its facts, its texts and the event, in one transaction.
///
/// # Errors
/// `Kind::Conflict` when the slug is taken or the same file was imported before.
pub fn import(
    db: &mut Db,
    vault: &Vault,
    actor: &Actor,
    clock: &dyn Clock,
    new: &NewConsultation,
) -> Result<Imported> {
    let now = clock.now();
    let id = match &new.id {
        Some(id) => id.clone(),
        None => new_id(now)?,
    };
    let published_at = new.published_at.map_or(now, |at| at.max(now));
    let consultation = consultation(new, &id, vault, published_at)?;
    if !store::insert(db, &consultation, now)? {
        return Err(taken(db, new)?);
    }
    let version = Version {
        number: 1,
        sources: new.sources.clone(),
        images: new.images.clone(),
        note: String::new(),
        published_at,
    };
    let sections = published::publish(db, &id, &version, &new.outline, now)?;
    let window = new.facts.window;
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: &id,
            action: Action::ConsultationImported,
            subject: "consultation",
            subject_id: &id,
            detail: json!({
                "slug": new.slug,
                "source_sha256": new.outline.source.sha256,
                "sections": sections,
                "opens_on": window.opens_on.to_string(),
                "closes_on": window.closes_on.to_string(),
                "published_at": published_at.to_string(),
            }),
        },
    )?;
    Ok(Imported {
        slug: new.slug.clone(),
        sections,
        window,
        published_at,
    })
}

fn consultation(
    new: &NewConsultation,
    id: &str,
    vault: &Vault,
    published_at: Timestamp,
) -> Result<Consultation> {
    let facts = new.facts.clone();
    let notice = new.outline.notice.clone().unwrap_or_default();
    Ok(Consultation {
        id: id.to_owned(),
        slug: new.slug.clone(),
        title: facts.title,
        draft_title: facts.draft_title,
        issuer: facts.issuer,
        issued_on: facts.issued_on,
        window: facts.window,
        contact: facts.contact,
        channels: facts.channels,
        attachments: notice
            .attachments
            .into_iter()
            .map(|attachment| attachment.title)
            .collect(),
        notice_text: notice.paragraphs.join("\n"),
        source_sha256: new.outline.source.sha256.clone(),
        source_name: new.outline.source.name.clone(),
        wrapped_key: vault.new_data_key(id)?,
        published_at,
        answered_at: None,
        short_reason: facts.short_reason,
        wall_opened_at: None,
        version: 1,
    })
}

/// Whether a prepared consultation can still be published, asked before its file is kept.
///
/// # Errors
/// As [`import`].
pub fn check_free(db: &mut Db, new: &NewConsultation) -> Result<()> {
    let same_slug = store::has_slug(db, &new.slug)?;
    let same_source = store::slug_by_source(db, &new.outline.source.sha256)?.is_some();
    if same_slug || same_source {
        return Err(taken(db, new)?);
    }
    Ok(())
}

fn taken(db: &mut Db, new: &NewConsultation) -> Result<Error> {
    let slug = &new.slug;
    Ok(
        match store::slug_by_source(db, &new.outline.source.sha256)? {
            Some(earlier) => Error::new(
                Kind::Conflict,
                format!("这份文件已经导入过（{earlier}），没有重复导入"),
                format!("this file was imported before as {earlier}; nothing was changed"),
            ),
            None => Error::new(
                Kind::Conflict,
                format!("网址短名 {slug} 已被使用，请用 --slug 换一个"),
                format!("the short name {slug} is taken; choose another with --slug"),
            ),
        },
    )
}
