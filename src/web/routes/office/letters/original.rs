//! `GET /office/c/{slug}/letters/{id}/raw`: the original of a letter, to be saved.

use super::one::{look, raw};
use crate::audit::model::Action;
use crate::error::Result;
use crate::export::file_name::attachment_disposition;
use crate::intake::letters::look::Looked;
use crate::web::app::App;
use crate::web::frame::{Office, shown};
use crate::web::viewed::{Look, taken};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// Sends the bytes as they came and notes who took them out.
pub(super) async fn fetch(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let letter = look(&office, &consultation, id).await?;
        let bytes = raw(&office, &letter).await?;
        note(&office, &consultation.id, &letter).await?;
        Ok(download(&consultation.slug, &letter, bytes))
    })
    .await
}

/// A letter that a browser saves and never shows.
pub(in super::super) fn download(whose: &str, letter: &Looked, bytes: Vec<u8>) -> HttpResponse {
    let short = letter.raw_sha256.get(..12).unwrap_or_default();
    let name = attachment_disposition(&format!("{whose}-{short}.eml"));
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "message/rfc822"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ))
        .body(bytes)
}

/// Notes who took a letter out.
pub(in super::super) async fn note(office: &Office, owner: &str, letter: &Looked) -> Result<()> {
    let look = Look {
        owner,
        action: Action::LetterFetched,
        subject: "letter",
        subject_id: &letter.raw_sha256,
    };
    taken(office, look, serde_json::json!({})).await
}
