//! How pages go out: status, caching, the headers that guard the reader; and, in `trouble.rs`, how
//! errors become pages.

mod trouble;

pub(super) use trouble::{ended_page, error_page, retry_after, status_of};

use super::cache::{Form, Forms, Kept};
use super::coding::{pack, wanted};
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use std::sync::Arc;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Everything a page may load comes from this site; nothing runs, nothing frames it.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
/// The same for a page that loads our one script file.
const POLICY_WITH_SCRIPT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
/// The same for a page that shows a document of this site in a frame.
const POLICY_WITH_FRAME: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; frame-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Public pages may be kept by browsers and proxies, but are asked about each time (the ETag
/// answers in a few bytes): the window may have closed meanwhile.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");
/// Pages with somebody's data are kept nowhere.
const KEEP_NOWHERE: HeaderValue = HeaderValue::from_static("no-store");

/// A form's steps: the browser alone, and asked about each time.
const KEEP_FOR_THE_WAY_BACK: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The headers that guard the reader, where an answer has none of its own: the one place that says
/// which. `every_answer` puts them on all that goes out.
pub(super) fn security(headers: &mut HeaderMap) {
    let guards = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    for (name, value) in guards {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
}

/// A page for one person or one moment: never cached.
pub(super) fn private_page(
    status: StatusCode,
    page: &impl Template,
) -> Result<HttpResponse, Error> {
    let body = page.render().map_err(Error::internal)?;
    let mut response = HttpResponse::with_body(status, actix_web::body::BoxBody::new(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HTML);
    headers.insert(header::CACHE_CONTROL, KEEP_NOWHERE);
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    Ok(response)
}

/// A step of a form: for one person, but kept by that person's browser, so that the way back leads
/// to what was typed (RFC 9111, 5.2.2; a page that answers a post and is kept nowhere could only be
/// shown again by posting again). No proxy keeps it.
pub(super) fn step_page(status: StatusCode, page: &impl Template) -> Result<HttpResponse, Error> {
    let mut response = private_page(status, page)?;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, KEEP_FOR_THE_WAY_BACK);
    with_script(&mut response);
    Ok(response)
}

/// Lets a page that was made load the site's own script files.
pub(super) fn with_script(response: &mut HttpResponse) {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, POLICY_WITH_SCRIPT);
}

/// Lets a page that was made show a document of this site in a frame.
pub(super) fn with_frame(response: &mut HttpResponse) {
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, POLICY_WITH_FRAME);
}

/// A page that sites of a list may frame, and nobody else (CSP 3, `frame-ancestors`).
pub(super) fn framed_page(page: &impl Template, sites: &[String]) -> Result<HttpResponse, Error> {
    let body = page.render().map_err(Error::internal)?;
    let ancestors = match sites.join(" ") {
        sites if sites.is_empty() => "'none'".to_owned(),
        sites => sites,
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    let mut response = HttpResponse::with_body(StatusCode::OK, actix_web::body::BoxBody::new(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HTML);
    headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
    let policy = HeaderValue::from_str(&policy).map_err(Error::internal)?;
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// Whether a page loads our script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    None,
    Reading,
}

/// Renders a public page to be kept until an instant. The forms of the page that stood there last
/// are taken over when the bytes are the same: packing costs more than rendering.
pub(super) fn keep_page(
    page: &impl Template,
    script: Script,
    until: Timestamp,
    last: Option<&Kept>,
) -> Result<Kept, Error> {
    let body = Bytes::from(page.render().map_err(Error::internal)?);
    if let Some(last) = last.filter(|last| last.forms.plain.body == body) {
        return Ok(Kept::new(last.forms.clone(), until));
    }
    let hash = crate::ids::sha256(&body);
    let hash = hash.get(..32).unwrap_or(&hash);
    let packed = pack(&body)?;
    let form = |body, coding: &'static str| {
        let dash = if coding.is_empty() { "" } else { "-" };
        let etag = format!("\"{hash}{dash}{coding}\"");
        let etag = HeaderValue::from_str(&etag).map_err(Error::internal)?;
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(header::CONTENT_TYPE, HTML);
        headers.insert(header::CACHE_CONTROL, ASK_AGAIN);
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if !coding.is_empty() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        if script == Script::Reading {
            headers.insert(header::CONTENT_SECURITY_POLICY, POLICY_WITH_SCRIPT);
        }
        // Put in here once, so that they need not be put on each time the page goes out.
        security(&mut headers);
        Ok::<_, Error>(Form {
            body,
            headers,
            etag,
        })
    };
    let (gzip, brotli) = packed.unzip();
    let forms = Forms {
        plain: form(body, "")?,
        gzip: gzip.map(|body| form(body, "gzip")).transpose()?,
        brotli: brotli.map(|body| form(body, "br")).transpose()?,
    };
    Ok(Kept::new(forms, until))
}

/// Sends a kept page in the coding the browser likes best, or 304 when the reader has it already
/// (RFC 9110, 13.1.2).
pub(super) fn send(request: &HttpRequest, page: &Arc<Kept>) -> HttpResponse {
    let form = page.forms.of(wanted(request.headers()));
    let (status, body) = if has_it(request, &form.etag) {
        (StatusCode::NOT_MODIFIED, Bytes::new())
    } else {
        (StatusCode::OK, form.body.clone())
    };
    let mut response = HttpResponse::with_body(status, actix_web::body::BoxBody::new(body));
    *response.headers_mut() = form.headers.clone();
    if status == StatusCode::NOT_MODIFIED {
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    response
}

/// Whether the browser says that it keeps what has this ETag.
pub(super) fn has_it(request: &HttpRequest, etag: &HeaderValue) -> bool {
    request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| lists(known, etag))
}

fn lists(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known
        .split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == etag || one == "*")
}

/// Sends the reader to another address of this site; 303 so that a reload sends nothing again.
pub(super) fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, KEEP_NOWHERE))
        .finish()
}

#[cfg(test)]
mod tests;
