//! Making a consultation from a notice file.

use super::model::{Consultation, OfficeContact, Window, is_slug};
use super::{rule_check, store};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::db::Db;
use crate::documents::model::Outline;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::ids::new_id;
use crate::privacy::vault::Vault;
use crate::words::Both;
use serde_json::json;

/// A notice file that was read and found fit to be published.
#[derive(Clone, Debug)]
pub struct NewConsultation {
    pub slug: String,
    pub outline: Outline,
    window: Window,
    /// What the rules still ask for; shown, not enforced.
    pub findings: Vec<Both>,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Imported {
    pub slug: String,
    pub sections: usize,
    pub window: Window,
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
    let days = facts.check()?;
    let window = Window::new(days.opens_on, days.closes_on)?;
    if outline.plan().is_none_or(|plan| plan.nodes.is_empty()) {
        return Err(Error::invalid(
            format!(
                "{}：没有找到征求意见稿的条款，请检查文件",
                outline.source.name
            ),
            format!(
                "{}: no section of a draft was found; check the file",
                outline.source.name
            ),
        ));
    }
    let made = || {
        let hash = outline.source.sha256.get(..6).unwrap_or_default();
        format!("{}-{hash}", window.opens_on.strftime("%Y%m%d"))
    };
    let slug = slug.unwrap_or_else(made);
    if !is_slug(&slug) {
        return Err(Error::invalid(
            format!("网址短名“{slug}”不可用，请只用小写字母、数字和中间的横线，最多60位"),
            format!(
                "the short name {slug} cannot be used; take small letters, digits and inner hyphens, at most 60"
            ),
        ));
    }
    let findings = rule_check::findings(&outline, facts, &window);
    Ok(NewConsultation {
        slug,
        window,
        findings,
        outline,
    })
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
    let id = new_id(now)?;
    let consultation = consultation(new, &id, vault, now)?;
    if !store::insert(db, &consultation, now)? {
        return Err(taken(db, new)?);
    }
    let sections = published::publish(db, &id, &new.outline, now)?;
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
                "opens_on": new.window.opens_on.to_string(),
                "closes_on": new.window.closes_on.to_string(),
            }),
        },
    )?;
    Ok(Imported {
        slug: new.slug.clone(),
        sections,
        window: new.window,
    })
}

fn consultation(
    new: &NewConsultation,
    id: &str,
    vault: &Vault,
    now: jiff::Timestamp,
) -> Result<Consultation> {
    let facts = new.outline.notice.clone().unwrap_or_default();
    let draft_title = facts
        .draft_title
        .or_else(|| new.outline.plan().and_then(|plan| plan.title.clone()))
        .unwrap_or_default();
    Ok(Consultation {
        id: id.to_owned(),
        slug: new.slug.clone(),
        title: facts
            .title
            .unwrap_or_else(|| format!("关于公开征求{draft_title}意见的公告")),
        draft_title,
        issuer: facts.issuer.unwrap_or_default(),
        issued_on: facts.issued_on,
        window: new.window,
        contact: OfficeContact {
            person: facts.contact.person,
            phone: facts.contact.phone,
            email: facts.contact.email,
            address: postal(facts.contact.address, facts.contact.postcode.as_deref()),
        },
        channels: facts.channels,
        attachments: facts
            .attachments
            .into_iter()
            .map(|attachment| attachment.title)
            .collect(),
        notice_text: facts.paragraphs.join("\n"),
        source_sha256: new.outline.source.sha256.clone(),
        source_name: new.outline.source.name.clone(),
        wrapped_key: vault.new_data_key(id)?,
        published_at: now,
        answered_at: None,
    })
}

/// The address with the postcode that the notice gives beside it.
fn postal(address: Option<String>, postcode: Option<&str>) -> Option<String> {
    let address = address?;
    Some(match postcode {
        Some(code) if !address.contains(code) => format!("{address}（邮编：{code}）"),
        _ => address,
    })
}

/// Whether a prepared consultation can still be published, asked before its file is kept.
///
/// # Errors
/// As [`import`].
pub fn check_free(db: &mut Db, new: &NewConsultation) -> Result<()> {
    let same_slug = store::by_slug(db, &new.slug)?.is_some();
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
