//! The style sheets and the script, compiled in, at addresses that change with their content; and
//! the one sheet that differs from reader to reader.

use super::coding::{Coding, pack, wanted};
use super::respond::has_it;
use super::view_choice::ViewChoice;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use std::sync::LazyLock;

/// The tokens, with those of high contrast for devices that ask for it.
const TOKENS: [&str; 4] = [
    include_str!("../../assets/tokens.css"),
    "@media (prefers-contrast: more) {",
    CONTRAST,
    "}",
];
const CONTRAST: &str = include_str!("../../assets/contrast.css");
const PUBLIC: &[&str] = &[
    include_str!("../../assets/base.css"),
    include_str!("../../assets/forms.css"),
    include_str!("../../assets/said.css"),
    include_str!("../../assets/follow.css"),
    include_str!("../../assets/journey.css"),
    include_str!("../../assets/public.css"),
    include_str!("../../assets/reading.css"),
    include_str!("../../assets/answers.css"),
    include_str!("../../assets/after.css"),
    include_str!("../../assets/changes.css"),
    include_str!("../../assets/print.css"),
];
const OFFICE: &[&str] = &[
    include_str!("../../assets/base.css"),
    include_str!("../../assets/forms.css"),
    include_str!("../../assets/said.css"),
    include_str!("../../assets/follow.css"),
    include_str!("../../assets/office.css"),
    include_str!("../../assets/messages.css"),
    include_str!("../../assets/letters.css"),
    include_str!("../../assets/changes.css"),
    include_str!("../../assets/print.css"),
];
/// Scripts share one list of the opinions written down.
const TRAY: &str = include_str!("../../assets/tray.js");
const READING: &[&str] = &[
    TRAY,
    include_str!("../../assets/reading.js"),
    include_str!("../../assets/select.js"),
];
const FORM: &[&str] = &[TRAY, include_str!("../../assets/form.js")];
const WORK: &[&str] = &[include_str!("../../assets/work.js")];
/// The address of the reader's own sheet; every page links it after the others.
pub const VIEW_HREF: &str = "/assets/view.css";
const CSS: &str = "text/css; charset=utf-8";

struct Asset {
    href: String,
    media_type: &'static str,
    body: Bytes,
    packed: Option<(Bytes, Bytes)>,
}

fn asset(name: &str, end: &str, media_type: &'static str, body: String) -> Asset {
    let hash = crate::ids::sha256(body.as_bytes());
    let body = Bytes::from(body);
    Asset {
        href: format!("/assets/{name}-{}.{end}", hash.get(..16).unwrap_or(&hash)),
        media_type,
        packed: pack(&body).unwrap_or_default(),
        body,
    }
}

fn sheet(name: &str, parts: &[&str]) -> Asset {
    let parts: Vec<&str> = TOKENS.iter().chain(parts).copied().collect();
    asset(name, "css", CSS, parts.join("\n"))
}

static PUBLIC_SHEET: LazyLock<Asset> = LazyLock::new(|| sheet("site", PUBLIC));
static OFFICE_SHEET: LazyLock<Asset> = LazyLock::new(|| sheet("office", OFFICE));
fn script(name: &str, parts: &[&str]) -> Asset {
    let body = format!("'use strict';\n(() => {{\n{}}})();\n", parts.join("\n"));
    asset(name, "js", "text/javascript; charset=utf-8", body)
}

static READING_SCRIPT: LazyLock<Asset> = LazyLock::new(|| script("reading", READING));
static FORM_SCRIPT: LazyLock<Asset> = LazyLock::new(|| script("form", FORM));
static WORK_SCRIPT: LazyLock<Asset> = LazyLock::new(|| script("work", WORK));

/// Addresses of the public pages' style sheets.
#[must_use]
pub fn public_sheets() -> Vec<String> {
    vec![PUBLIC_SHEET.href.clone(), VIEW_HREF.to_owned()]
}

/// Addresses of the office's style sheets.
#[must_use]
pub fn office_sheets() -> Vec<String> {
    vec![OFFICE_SHEET.href.clone(), VIEW_HREF.to_owned()]
}

/// Address of the script of the reading pages.
#[must_use]
pub fn script_href() -> String {
    READING_SCRIPT.href.clone()
}

/// Address of the script of the form's steps.
#[must_use]
pub fn form_script_href() -> String {
    FORM_SCRIPT.href.clone()
}

/// Address of the script that does the work a form is asked for.
#[must_use]
pub fn work_href() -> String {
    WORK_SCRIPT.href.clone()
}

/// `GET /assets/{name}`.
pub(super) async fn serve(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let named = format!("/assets/{name}");
    let found = [
        &*PUBLIC_SHEET,
        &*OFFICE_SHEET,
        &*READING_SCRIPT,
        &*FORM_SCRIPT,
        &*WORK_SCRIPT,
    ]
    .into_iter()
    .find(|asset| asset.href == named);
    let Some(asset) = found else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.media_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "accept-encoding"));
    match (wanted(request.headers()), &asset.packed) {
        (Coding::Gzip, Some((gzip, _))) => response
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .body(gzip.clone()),
        (Coding::Brotli, Some((_, brotli))) => response
            .insert_header((header::CONTENT_ENCODING, "br"))
            .body(brotli.clone()),
        _ => response.body(asset.body.clone()),
    }
}

/// `GET /assets/view.css`: the reader's own size of type and contrast, by the cookie. Pages are the
/// same for everybody and kept by everybody; only this differs. It is asked about each time, so that
/// a change shows at once: Vary alone does not do it, as browsers do not look at cookies there.
pub(super) async fn view(request: HttpRequest) -> HttpResponse {
    let sheet = ViewChoice::of(&request).css(CONTRAST);
    let hash = crate::ids::sha256(sheet.as_bytes());
    let etag = HeaderValue::from_str(&format!("\"{}\"", hash.get(..16).unwrap_or(&hash)))
        .unwrap_or(HeaderValue::from_static("\"\""));
    let mut response = if has_it(&request, &etag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "cookie"))
        .insert_header((header::ETAG, etag.clone()));
    if has_it(&request, &etag) {
        return response.finish();
    }
    response.content_type(CSS).body(sheet)
}
