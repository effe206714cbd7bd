//! `GET /c/{slug}/draft`, `/explanation` and `/attachments/{n}`: a whole text on one page.

use super::contents;
use super::kept::kept_for_reading;
use super::nav::plan_nav;
use super::texts::{Setting, blocks, foot};
use super::view::{View, reading_layout, stage};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::public::document::DocumentPage;
use crate::web::public::para::paragraphs;
use crate::web::shelf::Text;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// 征求意见稿.
pub(super) async fn draft(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
) -> HttpResponse {
    kept_for_reading(app, request, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        let text = view.draft().ok_or_else(no_such)?;
        Ok(page(&app, &view, text, lang, &path))
    })
    .await
}

/// 起草说明.
pub(super) async fn explanation(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
) -> HttpResponse {
    kept_for_reading(app, request, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        let text = view.explanation().ok_or_else(no_such)?;
        Ok(page(&app, &view, text, lang, &path))
    })
    .await
}

/// 附件, counted from 1.
pub(super) async fn attachment(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, usize)>,
) -> HttpResponse {
    kept_for_reading(app, request, |app, lang, path| async move {
        let (slug, number) = at.into_inner();
        let view = View::load(&app, slug).await?;
        let text = attachment_with(&view, number)?;
        Ok(page(&app, &view, text, lang, &path))
    })
    .await
}

fn attachment_with(view: &View, number: usize) -> Result<&Text> {
    number
        .checked_sub(1)
        .and_then(|index| view.texts.attachments().nth(index))
        .ok_or_else(no_such)
}

/// The page of one of a view's texts.
pub(super) fn page(app: &App, view: &View, text: &Text, lang: Lang, path: &str) -> DocumentPage {
    let outline = &text.document.outline;
    let pictures = &view.texts.pictures;
    let is_draft = view.draft().is_some_and(|draft| std::ptr::eq(draft, text));
    let base = view.base(lang);
    let setting = Setting {
        text,
        pictures,
        commentable: is_draft,
        units: is_draft.then_some(base.as_str()),
    };
    let (foot, signed) = foot(outline, pictures);
    let mut nav = plan_nav(view, lang, path);
    nav.print = true;
    DocumentPage {
        lang,
        layout: reading_layout(app, lang, path, &view.consultation),
        slug: view.consultation.slug.clone(),
        stage: stage(&view.consultation, app.clock.now()),
        nav,
        older: None,
        title: text.document.title.clone(),
        preface: paragraphs(&outline.preamble, pictures),
        blocks: blocks(&setting),
        contents: contents::whole(text),
        foot,
        signed,
    }
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "这次征求意见没有公布这份材料",
        "this text was not published with the consultation",
    )
}
