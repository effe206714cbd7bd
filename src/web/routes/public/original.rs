//! `GET /c/{slug}/original/{n}`: the file a text was read from; `/c/{slug}/images/{sha256}`: a
//! picture in it. Both as they came, byte for byte.

use super::view::View;
use crate::consultations::find;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::export::file_name::attachment_disposition;
use crate::web::app::App;
use crate::web::respond::{error_page, has_it};
use crate::web::site_layout::language;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

/// Media types that a picture may have; nothing else is sent as one.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// The file with a number, counted from 1, of the version that readers see.
pub(super) async fn file(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, usize)>,
) -> HttpResponse {
    let (slug, number) = at.into_inner();
    let sent = send_file(&app, &request, slug, number).await;
    sent.unwrap_or_else(|error| refusal(&app, &request, &error))
}

async fn send_file(
    app: &App,
    request: &HttpRequest,
    slug: String,
    number: usize,
) -> Result<HttpResponse> {
    let view = View::load(app, slug).await?;
    let files = view.texts.version.as_ref().map(|version| &version.sources);
    let file = number
        .checked_sub(1)
        .and_then(|index| files?.get(index))
        .ok_or_else(no_such)?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            attachment_disposition(&file.name),
        ))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"));
    stored(app, request, &file.sha256, response).await
}

/// A picture of one of the versions that readers see.
pub(super) async fn picture(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    let (slug, sha256) = at.into_inner();
    let sent = send_picture(&app, &request, slug, sha256).await;
    sent.unwrap_or_else(|error| refusal(&app, &request, &error))
}

async fn send_picture(
    app: &App,
    request: &HttpRequest,
    slug: String,
    sha256: String,
) -> Result<HttpResponse> {
    let now = app.clock.now();
    let versions = app
        .database
        .read(move |db| {
            let consultation = find::by_slug(db, &slug, now)?;
            published::versions(db, &consultation.id, now)
        })
        .await?;
    let mut pictures = versions.iter().flat_map(|version| &version.images);
    let picture = pictures
        .find(|picture| picture.sha256 == sha256)
        .filter(|picture| PICTURES.contains(&picture.media_type.as_str()))
        .ok_or_else(no_such)?;
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, picture.media_type.clone()))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    stored(app, request, &sha256, response).await
}

/// The bytes kept under a hash, in an answer that a browser neither runs nor guesses about.
async fn stored(
    app: &App,
    request: &HttpRequest,
    sha256: &str,
    mut response: HttpResponseBuilder,
) -> Result<HttpResponse> {
    let etag = HeaderValue::from_str(&format!("\"{sha256}\"")).map_err(Error::internal)?;
    response
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        .insert_header((header::ETAG, etag.clone()));
    if has_it(request, &etag) {
        response.status(actix_web::http::StatusCode::NOT_MODIFIED);
        return Ok(response.finish());
    }
    let (storage, name) = (app.storage.clone(), sha256.to_owned());
    let bytes = web::block(move || storage.fetch(&name))
        .await
        .map_err(Error::internal)??;
    Ok(response.body(bytes))
}

fn refusal(app: &App, request: &HttpRequest, error: &Error) -> HttpResponse {
    let (lang, path) = language(request.path());
    error_page(app, lang, path, error, None)
}

fn no_such() -> Error {
    Error::new(
        Kind::NotFound,
        "这次征求意见没有这份文件，请从公告页面重新下载",
        "the consultation has no such file; start from its page",
    )
}
