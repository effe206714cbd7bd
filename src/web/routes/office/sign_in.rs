//! `/office/sign-in` and `/office/sign-out`.

use crate::clock::beijing;
use crate::error::Result;
use crate::identity::sign_in::{self, Attempt, Try};
use crate::web::app::App;
use crate::web::dates;
use crate::web::form_data::FormData;
use crate::web::frame::{layout, posted};
use crate::web::guard::same_site;
use crate::web::office::sign_in::{Notice, SignIn};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::web::staff_session::{cookie, no_cookie};
use crate::words::Lang;
use actix_web::http::StatusCode;
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
fn own_address(next: &str) -> &str {
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
    let form = match same_site(&app, &request) {
        Ok(()) => FormData::read(&app, &request, body).await,
        Err(error) => Err(error),
    };
    let answer = match form {
        Ok(form) => attempt(&app, &request, lang, &form).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

fn read(app: &App, request: &HttpRequest, form: &FormData) -> Try {
    Try {
        login: form.get("login").trim().to_owned(),
        password: form.take("password"),
        from: app.guardrails.client(request),
    }
}

async fn attempt(
    app: &App,
    request: &HttpRequest,
    lang: Lang,
    form: &FormData,
) -> Result<HttpResponse> {
    let attempt = read(app, request, form);
    let login = attempt.login.clone();
    let came = sign_in::sign_in(&app.database, Arc::clone(&app.clock), attempt).await?;
    let next = form.get("next");
    match came {
        Attempt::Welcome { token } => welcome(app, lang, next, &token),
        Attempt::Wrong => private_page(
            StatusCode::UNPROCESSABLE_ENTITY,
            &page(app, lang, &login, next, Notice::Wrong),
        ),
        Attempt::Locked { until } => {
            // Rounded up to the next minute: the page tells minutes.
            let shown = until + jiff::SignedDuration::from_secs(59);
            let until = dates::moment(lang, shown.to_zoned(beijing()).datetime());
            private_page(
                StatusCode::TOO_MANY_REQUESTS,
                &page(app, lang, &login, next, Notice::Locked { until }),
            )
        }
    }
}

/// Sets the cookie and leads to where the person wanted to go.
fn welcome(app: &App, lang: Lang, next: &str, token: &str) -> Result<HttpResponse> {
    let to = match own_address(next) {
        "" => "/office",
        inside => inside,
    };
    let mut response = see_other(&format!("{}{to}", lang.prefix()));
    response
        .add_cookie(&cookie(app, token))
        .map_err(|cause| crate::error::Error::internal(cause.to_string()))?;
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
