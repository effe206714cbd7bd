//! `POST /c/{slug}/uploads`: files for a form that is still being written, one request each from the
//! form's script, so that a person sees at once whether a file is taken. Without scripts the same
//! files come with the form itself.

use super::view::known;
use crate::consultations::model::{Consultation, Timing};
use crate::error::{Error, Kind, Result};
use crate::intake::model::attachment::Scan;
use crate::intake::upload::token::token;
use crate::web::app::App;
use crate::web::guard::same_site;
use crate::web::respond::{retry_after, status_of};
use crate::web::site_layout::language;
use crate::web::upload::public::PublicForm;
use crate::words::Lang;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

/// Takes files. 201 with `{"files": [{"token", "name", "media_type", "bytes", "held"}], "refused":
/// ["…"]}` when at least one was taken, 422 with the same when none was; `refused` holds sentences
/// in the language of the address. An error of the whole is `{"refused": ["…"]}`.
pub(super) async fn take(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    let (lang, _) = language(request.path());
    let answer = match same_site(&app, &request) {
        Ok(()) => taken(&app, &request, &slug, body, lang).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| {
        let refused = json!({"refused": [error.message(lang)]});
        let mut response = HttpResponse::build(status_of(error.kind())).json(refused);
        retry_after(&mut response, error.kind());
        response
    })
}

async fn taken(
    app: &App,
    request: &HttpRequest,
    slug: &str,
    body: Payload,
    lang: Lang,
) -> Result<HttpResponse> {
    let looked = known(app, slug).await?;
    let consultation = &looked.consultation;
    must_be_open(app, consultation)?;
    let form = PublicForm::read(app, request, body, &consultation.id).await?;
    told(app, consultation, &form, lang)
}

/// What was taken and what was not.
fn told(
    app: &App,
    consultation: &Consultation,
    form: &PublicForm,
    lang: Lang,
) -> Result<HttpResponse> {
    let files = form.files.iter().map(|file| {
        Ok(json!({
            "token": token(&app.vault, &consultation.id, &file.id)?,
            "name": file.name,
            "media_type": file.media_type,
            "bytes": file.bytes,
            "held": file.scan == Scan::Held,
        }))
    });
    let files = files.collect::<Result<Vec<_>>>()?;
    let refused: Vec<&str> = form.refused.iter().map(|one| one.message(lang)).collect();
    let mut response = match (files.is_empty(), form.refused.first()) {
        (true, Some(first)) => HttpResponse::build(status_of(first.kind())),
        (true, None) => HttpResponse::UnprocessableEntity(),
        (false, _) => HttpResponse::Created(),
    };
    let mut response = response.json(json!({"files": files, "refused": refused}));
    if let (true, Some(first)) = (files.is_empty(), form.refused.first()) {
        retry_after(&mut response, first.kind());
    }
    Ok(response)
}

fn must_be_open(app: &App, consultation: &Consultation) -> Result<()> {
    if consultation.window.judge(app.clock.now()) == Timing::InTime {
        return Ok(());
    }
    Err(Error::new(
        Kind::Conflict,
        "现在不在征求意见期间，文件没有保存",
        "the consultation is not open, so the file was not kept",
    ))
}
