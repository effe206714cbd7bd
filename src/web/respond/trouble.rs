//! How errors become pages.

use super::private_page;
use crate::error::{Error, Kind};
use crate::web::app::App;
use crate::web::public::error_page::ErrorPage;
use crate::web::site_layout::layout;
use crate::words::Lang;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};

/// The status for a kind of error; the one place that decides it.
pub(in crate::web) const fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Busy | Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The page for an error, with what the person had typed given back. Faults of ours are logged
/// with a reference that the page shows; nobody's data is in either.
pub(in crate::web) fn error_page(
    app: &App,
    lang: Lang,
    path: &str,
    error: &Error,
    typed: Option<String>,
) -> HttpResponse {
    trouble(app, (lang, path), error, typed, None)
}

/// [`error_page`] for a form of the office whose sender is not signed in any more, with the way to
/// sign in.
pub(in crate::web) fn ended_page(
    app: &App,
    lang: Lang,
    path: &str,
    typed: String,
    sign_in: String,
) -> HttpResponse {
    let error = Error::new(
        Kind::Unauthenticated,
        "登录已经结束，刚才填写的内容没有保存",
        "you are no longer signed in, and what you wrote was not saved",
    );
    trouble(app, (lang, path), &error, Some(typed), Some(sign_in))
}

fn trouble(
    app: &App,
    (lang, path): (Lang, &str),
    error: &Error,
    typed: Option<String>,
    sign_in: Option<String>,
) -> HttpResponse {
    let status = status_of(error.kind());
    // A crowd is no fault of ours, and a line for each of it would only make it slower.
    let fault = status.is_server_error() && error.kind() != Kind::Busy;
    let reference = fault.then(|| log_fault(error));
    let page = ErrorPage {
        lang,
        layout: layout(app, lang, path),
        status: status.as_u16(),
        message: Some(error.message(lang).to_owned()),
        typed,
        sign_in,
        reference,
    };
    let mut response = private_page(status, &page).unwrap_or_else(|_| HttpResponse::new(status));
    retry_after(&mut response, error.kind());
    response
}

/// Says when to try again, where trying again can help (RFC 9110, 10.2.3).
pub(in crate::web) fn retry_after(response: &mut HttpResponse, kind: Kind) {
    let seconds = match kind {
        Kind::Busy => "10",
        Kind::TooMany | Kind::Unavailable => "60",
        _ => return,
    };
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from_static(seconds));
}

fn log_fault(error: &Error) -> String {
    let reference =
        crate::ids::random::<4>().map_or_else(|_| "-".to_owned(), |bytes| crate::ids::hex(&bytes));
    tracing::error!(reference, fault = ?error, "request failed");
    reference
}
