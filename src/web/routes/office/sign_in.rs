//! `/office/sign-in` and `/office/sign-out`.

use crate::clock::beijing;
use crate::error::{Error, Kind, Result};
use crate::identity::sign_in::{self, Attempt, Try};
use crate::web::app::App;
use crate::web::dates;
use crate::web::form_data::FormData;
use crate::web::frame::{layout, posted};
use crate::web::guard::same_site;
use crate::web::limits::Device;
use crate::web::office::sign_in::{Notice, SignIn};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::web::staff_session::{cookie, device, device_cookie, no_cookie};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
    ended: Option<String>,
    out: Option<String>,
}

fn page(app: &App, lang: Lang, login: &str, next: &str, notice: Notice) -> SignIn {
    SignIn {
        lang,
        layout: layout(app, lang, "/office/sign-in"),
        csrf: String::new(),
        login: login.to_owned(),
        next: own_address(next).to_owned(),
        notice,
    }
}

/// Only addresses of the office itself: a link must not lead from here to another site.
pub(super) fn own_address(next: &str) -> &str {
    let plain = next.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    let inside = next == "/office" || next.starts_with("/office/") || next.starts_with("/office?");
    if plain && inside && !next.starts_with("/office/sign-") {
        next
    } else {
        ""
    }
}

/// The sign-in form.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let notice = match (&asked.ended, &asked.out) {
        (_, Some(_)) => Notice::SignedOut,
        (Some(_), _) => Notice::Expired,
        _ => Notice::Nothing,
    };
    private_page(StatusCode::OK, &page(&app, lang, "", &asked.next, notice))
        .unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// Login and password come in.
pub(super) async fn sign_in(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    let (lang, path) = language(request.path());
    let device = device(&app, &request);
    let allowed = app
        .guardrails
        .may_sign_in(&request, device.as_ref(), app.clock.now());
    let form = match same_site(&app, &request) {
        Ok(()) => FormData::read(&app, &request, body).await,
        Err(error) => Err(error),
    };
    let answer = match (form, allowed) {
        (Err(error), _) => Err(error),
        (Ok(form), Err(seconds)) => {
            let (login, next) = (form.get("login").trim(), form.get("next"));
            too_often(&app, lang, login, next, seconds)
        }
        (Ok(form), Ok(())) => attempt(&app, &request, lang, &form, device.as_ref()).await,
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

async fn attempt(
    app: &App,
    request: &HttpRequest,
    lang: Lang,
    form: &FormData,
    device: Option<&Device>,
) -> Result<HttpResponse> {
    let (login, next) = (form.get("login").trim(), form.get("next"));
    let limits = &app.guardrails;
    let from = limits.client(request);
    let taken = match limits.may_try_account(from, login, device, app.clock.now()) {
        Ok(taken) => taken,
        Err(seconds) => return too_often(app, lang, login, next, seconds),
    };
    let attempt = Try {
        login: login.to_owned(),
        password: form.take("password"),
        from,
    };
    let came = sign_in::sign_in(&app.database, &app.hashing, app.clock.clone(), attempt).await;
    if !matches!(came, Ok(Attempt::Wrong)) {
        limits.give_back(taken);
    }
    match came {
        Ok(Attempt::Welcome { token }) => welcome(app, lang, login, next, &token),
        Ok(Attempt::Wrong) => refused(app, lang, login, next, Notice::Wrong),
        Err(error) => busy(app, lang, login, next, error),
    }
}

/// The form again when too many sign in at once; any other error is one.
fn busy(app: &App, lang: Lang, login: &str, next: &str, error: Error) -> Result<HttpResponse> {
    match error.kind() {
        Kind::Busy => refused(app, lang, login, next, Notice::Busy),
        _ => Err(error),
    }
}

/// The form again, with what was typed but the password.
fn refused(app: &App, lang: Lang, login: &str, next: &str, notice: Notice) -> Result<HttpResponse> {
    let (status, wait) = match &notice {
        Notice::Locked { seconds, .. } => (StatusCode::TOO_MANY_REQUESTS, Some(*seconds)),
        Notice::Busy => (StatusCode::SERVICE_UNAVAILABLE, Some(10)),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, None),
    };
    let mut response = private_page(status, &page(app, lang, login, next, notice))?;
    if let Some(seconds) = wait {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

fn too_often(app: &App, lang: Lang, login: &str, next: &str, seconds: u64) -> Result<HttpResponse> {
    let wait = i64::try_from(seconds).map_err(crate::error::Error::internal)?;
    // Rounded up to the next minute: the page tells minutes.
    let until = app.clock.now() + jiff::SignedDuration::from_secs(wait.saturating_add(59));
    let until = dates::moment(lang, until.to_zoned(beijing()).datetime());
    refused(app, lang, login, next, Notice::Locked { until, seconds })
}

/// Sets the cookies and leads to where the person wanted to go.
fn welcome(app: &App, lang: Lang, login: &str, next: &str, token: &str) -> Result<HttpResponse> {
    let to = match own_address(next) {
        "" => "/office",
        inside => inside,
    };
    let mut response = see_other(&format!("{}{to}", lang.prefix()));
    for cookie in [cookie(app, token), device_cookie(app, login)?] {
        response
            .add_cookie(&cookie)
            .map_err(|cause| crate::error::Error::internal(cause.to_string()))?;
    }
    Ok(response)
}

/// Ends the session.
pub(super) async fn sign_out(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    let from = app.guardrails.client(&request);
    posted(app, request, body, |office, _| async move {
        let (staff, token) = (
            office.signed_in.staff.clone(),
            office.signed_in.token.clone(),
        );
        let clock = Arc::clone(&office.app.clock);
        office
            .app
            .database
            .write(move |db| sign_in::sign_out(db, &*clock, &staff, &token, from))
            .await?;
        let mut response = see_other(&office.href("/sign-in?out=1"));
        response
            .add_cookie(&no_cookie(&office.app))
            .map_err(|cause| crate::error::Error::internal(cause.to_string()))?;
        Ok(response)
    })
    .await
}
