//! `GET /c/{slug}/s/{section}/embed`: a section for a frame on the sites that the settings name.

use super::texts::own_words;
use super::view::{View, days, layout, stage};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::public::embed::EmbedPage;
use crate::web::public::stage::Stage;
use crate::web::respond::{error_page, framed_page};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// The section without anything around it.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let (slug, anchor) = at.into_inner();
    let page = match View::load(&app, slug).await {
        Ok(view) => page(&app, &view, lang, path, &anchor),
        Err(error) => Err(error),
    };
    page.and_then(|page| framed_page(&page, &app.config.frame_allowed))
        .unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

fn page(app: &App, view: &View, lang: Lang, path: &str, anchor: &str) -> Result<EmbedPage> {
    let draft = view.draft().ok_or_else(no_such)?;
    let node = draft.find(anchor).and_then(|index| draft.node(index));
    let node = node.ok_or_else(no_such)?;
    let consultation = &view.consultation;
    let now = app.clock.now();
    let words = days(consultation, now, lang);
    let until = match stage(consultation, now) {
        Stage::Open => lang.pick(
            format!("{} 24时止，{}。", words.closes, words.left),
            format!("Open to the end of {}; {}.", words.closes, words.left),
        ),
        _ => String::new(),
    };
    let origin = app.config.public_url.trim_end_matches('/');
    Ok(EmbedPage {
        lang,
        layout: layout(app, lang, path, consultation),
        draft_title: draft.document.title.clone(),
        label: node.label.clone(),
        heading: node.heading.clone(),
        paragraphs: own_words(node, &view.texts.pictures),
        units: node.units.clone(),
        page: format!("{origin}{}/s/{anchor}", view.base(lang)),
        until,
    })
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "这份征求意见稿里没有这一条",
        "the draft has no such section",
    )
}
