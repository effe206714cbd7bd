//! `GET /c/{slug}/changes/{number}` and `GET /c/{slug}/versions`.

use super::kept::kept;
use super::view::{View, layout, moment};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::documents::compare::{Change, Link, section_redline};
use crate::documents::model::{DocumentOutline, Place};
use crate::documents::published::{self, Version};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::public::changes::{ChangeRow, ChangesPage, VersionRow, VersionsPage};
use crate::web::public::redline::Redline;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use std::collections::HashMap;

/// What one version changed.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, i32)>,
) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let (slug, number) = at.into_inner();
        let compared = Compared::load(&app, slug, number).await?;
        let (old, new) = (plan(&compared.old)?, plan(&compared.new)?);
        let (consultation, version) = (&compared.new.consultation, compared.version()?);
        let base = format!("{}/c/{}", lang.prefix(), consultation.slug);
        let is_same = |link: &&Link| link.change == Change::Same;
        Ok(ChangesPage {
            lang,
            layout: layout(&app, lang, &path, consultation),
            slug: consultation.slug.clone(),
            draft_title: consultation.draft_title.clone(),
            number,
            published: moment(version.published_at, lang),
            note: version.note.clone(),
            counts: counts(&compared.links, lang),
            rows: rows(&compared, old, new, lang, &base)?,
            unchanged: compared.links.iter().filter(is_same).count(),
        })
    })
    .await
}

/// All versions.
pub(super) async fn versions(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let (slug, now) = (slug.into_inner(), app.clock.now());
        let (consultation, versions) = app
            .database
            .read(move |db| {
                let consultation = find::by_slug(db, &slug, now)?;
                let versions = published::versions(db, &consultation.id, now)?;
                Ok((consultation, versions))
            })
            .await?;
        let newest = versions.iter().rev();
        Ok(VersionsPage {
            lang,
            layout: layout(&app, lang, &path, &consultation),
            slug: consultation.slug.clone(),
            draft_title: consultation.draft_title.clone(),
            versions: newest
                .map(|one| version_row(&consultation, one, lang))
                .collect(),
        })
    })
    .await
}

fn version_row(consultation: &Consultation, version: &Version, lang: Lang) -> VersionRow {
    let base = format!("{}/c/{}", lang.prefix(), consultation.slug);
    let number = version.number;
    let is_current = number == consultation.version;
    VersionRow {
        number,
        published: moment(version.published_at, lang),
        note: version.note.clone(),
        text: if is_current {
            format!("{base}/draft")
        } else {
            format!("{base}/v/{number}/draft")
        },
        changes: (number > 1).then(|| format!("{base}/changes/{number}")),
        is_current,
    }
}

/// A version with the one before it.
pub(super) struct Compared {
    pub(super) old: View,
    pub(super) new: View,
    pub(super) links: Vec<Link>,
}

impl Compared {
    /// # Errors
    /// `Kind::NotFound` for the first version, and for one that readers do not see.
    pub(super) async fn load(app: &App, slug: String, number: i32) -> Result<Self> {
        if number < 2 {
            return Err(no_such_version());
        }
        let new = View::of_version(app, slug, number).await?;
        let consultation = new.consultation.clone();
        let id = consultation.id.clone();
        Ok(Self {
            old: View::of(app, consultation, number.saturating_sub(1)).await?,
            links: app
                .database
                .read(move |db| published::links(db, &id, number))
                .await?,
            new,
        })
    }

    fn version(&self) -> Result<&Version> {
        self.new.texts.version.as_ref().ok_or_else(no_such_version)
    }
}

/// The error for a version that readers do not see.
pub(super) fn no_such_version() -> Error {
    Error::new(
        Kind::NotFound,
        "没有这个版本，请从版本列表里选择",
        "there is no such version; choose one from the list of versions",
    )
}

fn plan(view: &View) -> Result<&DocumentOutline> {
    let draft = view.draft().ok_or_else(no_such_version)?;
    Ok(&draft.document.outline)
}

/// How many sections changed in which way, the unchanged ones left out.
fn counts(links: &[Link], lang: Lang) -> Vec<(&'static str, usize)> {
    let kinds = Change::ALL.iter().filter(|kind| **kind != Change::Same);
    kinds
        .map(|kind| {
            let count = links.iter().filter(|link| link.change == *kind).count();
            (kind.word(lang), count)
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn rows(
    compared: &Compared,
    old: &DocumentOutline,
    new: &DocumentOutline,
    lang: Lang,
    base: &str,
) -> Result<Vec<ChangeRow>> {
    let (before, after) = (old.walk(), new.walk());
    let (before, after) = (by_anchor(&before), by_anchor(&after));
    let former = compared.old.number();
    let changed = compared
        .links
        .iter()
        .filter(|link| link.change != Change::Same);
    changed
        .enumerate()
        .map(|(index, link)| {
            let place = |places: &HashMap<_, _>, anchor: &Option<String>| {
                anchor
                    .as_deref()
                    .and_then(|anchor| places.get(anchor).copied())
            };
            let (from, to) = (place(&before, &link.from), place(&after, &link.to));
            let redline = section_redline(from.map(|one| one.node), to.map(|one| one.node));
            let redline = Redline {
                lang,
                redline: &redline,
            };
            Ok(ChangeRow {
                id: format!("change-{}", index.saturating_add(1)),
                word: link.word(lang),
                code: link.change.code(),
                old: from.map(|one| named(one, &format!("{base}/v/{former}"))),
                new: to.map(|one| named(one, base)),
                redline: redline.render().map_err(Error::internal)?,
            })
        })
        .collect()
}

fn by_anchor<'a>(places: &'a [Place<'a>]) -> HashMap<&'a str, &'a Place<'a>> {
    let named = places.iter().map(|place| (place.anchor.as_str(), place));
    named.collect()
}

fn named(place: &Place<'_>, base: &str) -> (String, String) {
    let node = place.node;
    (
        format!("{}{}", node.label, node.heading),
        format!("{base}/s/{}", place.anchor),
    )
}
