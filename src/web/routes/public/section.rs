//! `GET /c/{slug}/s/{section}`.

use super::contents::{around, reference};
use super::kept::kept_for_reading;
use super::meta::of_section;
use super::moved::lead;
use super::nav::plan_nav;
use super::texts::own_words;
use super::units::unit_links;
use super::view::{View, days, reading_layout, stage};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::layout::Layout;
use crate::web::public::outline::SectionRef;
use crate::web::public::section::SectionPage;
use crate::web::shelf::{Section, Text};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// One section: its words, who is responsible, where it stands.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    let (slug, anchor) = at.into_inner();
    let (lang, _) = language(request.path());
    let wanted = (slug.clone(), anchor.clone());
    let answer = kept_for_reading(app.clone(), request, |app, lang, path| async move {
        let view = View::load(&app, slug).await?;
        page(&app, &view, lang, &path, &anchor)
    })
    .await;
    if answer.status() != StatusCode::NOT_FOUND {
        return answer;
    }
    // An earlier version may have had it. Not for ever: the next version may have it again.
    match lead(&app, lang, &wanted.0, &wanted.1).await {
        Ok(Some(address)) => HttpResponse::Found()
            .insert_header((header::LOCATION, address))
            .finish(),
        _ => answer,
    }
}

/// The page of one section of a view's draft.
fn page(app: &App, view: &View, lang: Lang, path: &str, anchor: &str) -> Result<SectionPage> {
    let draft = view.draft().ok_or_else(no_such)?;
    let index = draft.find(anchor).ok_or_else(no_such)?;
    let node = draft.node(index).ok_or_else(no_such)?;
    let named = |index: usize| reference(draft, index);
    let base = view.base(lang);
    let now = app.clock.now();
    let words = days(&view.consultation, now, lang);
    let (previous, next) = neighbours(draft, index);
    Ok(SectionPage {
        lang,
        layout: Layout {
            meta: Some(of_section(app, view, lang, index)),
            ..reading_layout(app, lang, path, &view.consultation)
        },
        slug: view.consultation.slug.clone(),
        stage: stage(&view.consultation, now),
        nav: plan_nav(view, lang, path),
        draft_title: draft.document.title.clone(),
        opens: words.opens,
        closes: words.closes,
        left: words.left,
        trail: draft.above(index).into_iter().filter_map(named).collect(),
        anchor: anchor.to_owned(),
        label: node.label.clone(),
        heading: node.heading.clone(),
        runs_in: node.text.starts_with('。'),
        paragraphs: own_words(node, &view.texts.pictures),
        children: parts(draft, index),
        units: unit_links(&node.units, Some(&base)),
        commentable: true,
        previous: previous.and_then(named),
        next: next.and_then(named),
        contents: around(draft, Some(index)),
    })
}

/// The sections before and after one. Bullets are read on their section's page, so the way through
/// the draft passes them by.
fn neighbours(draft: &Text, index: usize) -> (Option<usize>, Option<usize>) {
    let has_page = |index: &usize| draft.sections.get(*index).is_some_and(Section::has_page);
    let previous = (0..index).rfind(has_page);
    let next = (index + 1..draft.sections.len()).find(has_page);
    (previous, next)
}

/// The parts that have pages of their own; bullets are printed in place.
fn parts(draft: &Text, index: usize) -> Vec<SectionRef> {
    let children = draft.sections.get(index).map(|section| &section.children);
    let has_page = |index: &&usize| draft.sections.get(**index).is_some_and(Section::has_page);
    children
        .into_iter()
        .flatten()
        .filter(has_page)
        .filter_map(|index| reference(draft, *index))
        .collect()
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "这份征求意见稿里没有这一条，请从目录里重新选择",
        "the draft has no such section; choose one from the contents",
    )
}
