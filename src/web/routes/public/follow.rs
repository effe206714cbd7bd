//! `GET` and `POST /c/{slug}/follow`: leaving an address to be told of changes and of the result.

use super::comment::reach;
use super::kept::kept;
use super::view::{known, layout};
use crate::consultations::find;
use crate::consultations::model::{Consultation, Stage};
use crate::error::{Error, Result};
use crate::followers::ask::{ask as write_down, seal};
use crate::intake::model::email::Email;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::limits::{Action, TRAP_FIELD, Verdict, too_often};
use crate::web::public::follow::{FollowPage, FollowSentPage};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use std::sync::Arc;

/// The empty form.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    kept(app, request, |app, lang, _| async move {
        let consultation = held(&app, slug.into_inner()).await?;
        Ok(page(&app, &consultation, lang, Field::default()))
    })
    .await
}

/// What everybody sees after sending the form.
pub(super) async fn sent(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let consultation = held(&app, slug.into_inner()).await?;
        Ok(FollowSentPage {
            lang,
            layout: layout(&app, lang, &path, &consultation),
            slug: consultation.slug,
            title: consultation.draft_title,
        })
    })
    .await
}

/// Takes an address. 303 to the same page for everybody; 422 for what is no address.
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let form = match same_site(&app, &request) {
        Ok(()) => FormData::read(&app, &request, body).await,
        Err(error) => Err(error),
    };
    let (answer, typed) = match form {
        Ok(form) => (
            take(&app, &request, &slug, &form, lang).await,
            Some(form.take("email")),
        ),
        Err(error) => (Err(error), None),
    };
    let typed = typed.filter(|typed| !typed.is_empty());
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, typed))
}

/// The consultation as it is now: a page that is kept must not be made from what was known a moment
/// ago.
async fn held(app: &App, slug: String) -> Result<Consultation> {
    let now = app.clock.now();
    app.database
        .read(move |db| find::by_slug(db, &slug, now))
        .await
}

async fn take(
    app: &App,
    request: &HttpRequest,
    slug: &str,
    form: &FormData,
    lang: Lang,
) -> Result<HttpResponse> {
    let looked = known(app, slug).await?;
    let (consultation, now) = (&looked.consultation, app.clock.now());
    if consultation.stage(now) == Stage::Answered {
        let over = page(app, consultation, lang, Field::default());
        return private_page(StatusCode::CONFLICT, &over);
    }
    let address = match Email::parse(form.get("email")) {
        Ok(address) => address,
        Err(error) => return wrong(app, consultation, lang, form.get("email"), &error),
    };
    if may_write(app, request, form, now)? {
        let asking = seal(&app.vault, consultation, &address, lang, now)?;
        let owner = Arc::clone(&looked);
        app.database
            .write(move |db| write_down(db, &owner.consultation, &asking))
            .await?;
    }
    let sent = format!("{}/c/{slug}/follow/sent", lang.prefix());
    Ok(see_other(&sent))
}

/// Whether anything is written at all: a program that filled in what people do not see is told what
/// everybody is told, and no more.
fn may_write(app: &App, request: &HttpRequest, form: &FormData, now: Timestamp) -> Result<bool> {
    if !form.get(TRAP_FIELD).is_empty() {
        return Ok(false);
    }
    match app.guardrails.check(request, Action::Follow, now) {
        Verdict::TryLater(seconds) => Err(too_often(seconds)),
        _ => Ok(true),
    }
}

fn wrong(
    app: &App,
    consultation: &Consultation,
    lang: Lang,
    typed: &str,
    error: &Error,
) -> Result<HttpResponse> {
    let field = Field::wrong(typed, error.message(lang));
    let again = page(app, consultation, lang, field);
    private_page(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

fn page(app: &App, consultation: &Consultation, lang: Lang, email: Field) -> FollowPage {
    let path = format!("/c/{}/follow", consultation.slug);
    FollowPage {
        lang,
        layout: layout(app, lang, &path, consultation),
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        office: consultation.issuer.clone(),
        reach: reach(consultation),
        is_over: consultation.stage(app.clock.now()) == Stage::Answered,
        email,
    }
}
