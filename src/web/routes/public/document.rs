//! `GET /c/{slug}/draft` and `/explanation`: a whole text on one page.

use super::kept::kept;
use super::texts::{blocks, contents, foot, paragraphs};
use super::view::{View, layout, stage};
use crate::documents::published::PublishedDocument;
use crate::error::{Error, Kind};
use crate::web::app::App;
use crate::web::public::document::DocumentPage;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// 征求意见稿.
pub(super) async fn draft(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
) -> HttpResponse {
    show(app, request, slug, DocumentKind::Draft).await
}

/// 起草说明.
pub(super) async fn explanation(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
) -> HttpResponse {
    show(app, request, slug, DocumentKind::Explanation).await
}

/// Which of the published texts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DocumentKind {
    Draft,
    Explanation,
}

async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    kind: DocumentKind,
) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        let document = match kind {
            DocumentKind::Draft => view.draft(),
            DocumentKind::Explanation => view.explanation(),
        };
        let document: &PublishedDocument = document.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                "这次征求意见没有公布这份材料",
                "this text was not published with the consultation",
            )
        })?;
        let outline = &document.outline;
        let (foot, signed) = foot(outline);
        Ok(DocumentPage {
            lang,
            layout: layout(&app, lang, &path, &view.consultation),
            slug: view.consultation.slug.clone(),
            stage: stage(&view.consultation, app.clock.now()),
            title: document.title.clone(),
            preface: paragraphs(&outline.preamble),
            blocks: blocks(outline, kind == DocumentKind::Draft),
            contents: contents(outline),
            foot,
            signed,
        })
    })
    .await
}
