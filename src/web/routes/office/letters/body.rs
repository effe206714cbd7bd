//! `GET /office/c/{slug}/letters/{id}/body`: the text of a letter as it was sent, made harmless, in a
//! document of its own that may load nothing, run nothing and lead nowhere; the letter's page shows
//! it in a frame.

use super::inert::inert;
use super::one::{look, raw};
use crate::audit::model::Action;
use crate::error::{Error, Result};
use crate::mail::inbound::original::{Shown, original};
use crate::web::app::App;
use crate::web::frame::shown;
use crate::web::office::letters::LetterBody;
use crate::web::respond::private_page;
use crate::web::viewed::{Look, viewed};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// Only our own page may frame it; only its own few lines of style apply.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
);

/// The text alone.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let letter = look(&office, &consultation, id).await?;
        let bytes = raw(&office, &letter).await?;
        let seen = Look {
            owner: &consultation.id,
            action: Action::LetterViewed,
            subject: "letter",
            subject_id: &letter.raw_sha256,
        };
        viewed(&office, seen).await?;
        let lang = office.lang;
        let page = actix_web::web::block(move || page(&bytes, lang))
            .await
            .map_err(Error::internal)?;
        harmless(private_page(StatusCode::OK, &page))
    })
    .await
}

fn page(raw: &[u8], lang: Lang) -> LetterBody {
    let (html, plain) = match original(raw).text {
        Shown::Html(html) => (inert(&html, lang.pick("图片", "picture")), String::new()),
        Shown::Plain(text) => (String::new(), text.replace('\0', "")),
        Shown::Nothing => (String::new(), String::new()),
    };
    LetterBody { lang, html, plain }
}

fn harmless(page: Result<HttpResponse>) -> Result<HttpResponse> {
    let mut response = page?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    let no_referrer = HeaderValue::from_static("no-referrer");
    headers.insert(header::REFERRER_POLICY, no_referrer);
    Ok(response)
}
