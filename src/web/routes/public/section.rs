//! `GET /c/{slug}/s/{section}`.

use super::kept::kept;
use super::texts::{contents, own_words, reference};
use super::view::{View, days, layout, stage};
use crate::documents::model::{NodeKind, Place};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::public::section::SectionPage;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// One section: its words, who is responsible, where it stands.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let (slug, anchor) = at.into_inner();
        let view = View::load(&app, slug).await?;
        page(&app, &view, lang, &path, &anchor)
    })
    .await
}

fn page(app: &App, view: &View, lang: Lang, path: &str, anchor: &str) -> Result<SectionPage> {
    let draft = view.draft().ok_or_else(no_such)?;
    let places = draft.outline.walk();
    let index = places
        .iter()
        .position(|place| place.anchor == anchor)
        .ok_or_else(no_such)?;
    let place = places.get(index).ok_or_else(no_such)?;
    // Bullets are read on their parent's page, so the way through the draft passes them by.
    let has_page = |place: &&Place<'_>| place.node.kind != NodeKind::Bullet;
    let (before, after) = places.split_at(index);
    let now = app.clock.now();
    let words = days(&view.consultation, now, lang);
    Ok(SectionPage {
        lang,
        layout: layout(app, lang, path, &view.consultation),
        slug: view.consultation.slug.clone(),
        stage: stage(&view.consultation, now),
        draft_title: draft.title.clone(),
        opens: words.opens,
        closes: words.closes,
        left: words.left,
        trail: trail(&places, place),
        anchor: anchor.to_owned(),
        label: place.node.label.clone(),
        heading: place.node.heading.clone(),
        runs_in: place.node.text.starts_with('。'),
        paragraphs: own_words(place.node),
        children: children(&places, place),
        units: place.node.units.clone(),
        commentable: true,
        previous: before.iter().rfind(has_page).map(reference),
        next: after.iter().skip(1).find(has_page).map(reference),
        contents: contents(&draft.outline),
    })
}

fn trail(places: &[Place<'_>], here: &Place<'_>) -> Vec<crate::web::public::outline::SectionRef> {
    here.ancestors
        .iter()
        .filter_map(|ancestor| {
            places
                .iter()
                .find(|place| std::ptr::eq(place.node, *ancestor))
        })
        .map(reference)
        .collect()
}

/// The parts that have pages of their own; bullets are printed in place.
fn children(
    places: &[Place<'_>],
    here: &Place<'_>,
) -> Vec<crate::web::public::outline::SectionRef> {
    places
        .iter()
        .filter(|place| {
            place.node.kind != NodeKind::Bullet
                && place
                    .ancestors
                    .last()
                    .is_some_and(|parent| std::ptr::eq(*parent, here.node))
        })
        .map(reference)
        .collect()
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "这份征求意见稿里没有这一条，请从目录里重新选择",
        "the draft has no such section; choose one from the contents",
    )
}
