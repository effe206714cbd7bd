//! The style sheets, compiled in, at addresses that change with their content.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use std::sync::LazyLock;

const PUBLIC: &[&str] = &[
    include_str!("../../assets/tokens.css"),
    include_str!("../../assets/base.css"),
    include_str!("../../assets/forms.css"),
    include_str!("../../assets/public.css"),
    include_str!("../../assets/answers.css"),
    include_str!("../../assets/print.css"),
];
const OFFICE: &[&str] = &[
    include_str!("../../assets/tokens.css"),
    include_str!("../../assets/base.css"),
    include_str!("../../assets/forms.css"),
    include_str!("../../assets/office.css"),
    include_str!("../../assets/print.css"),
];

struct Sheet {
    href: String,
    body: web::Bytes,
}

fn sheet(name: &str, parts: &[&str]) -> Sheet {
    let body = parts.join("\n");
    let hash = crate::ids::sha256(body.as_bytes());
    Sheet {
        href: format!("/assets/{name}-{}.css", hash.get(..16).unwrap_or(&hash)),
        body: web::Bytes::from(body),
    }
}

static PUBLIC_SHEET: LazyLock<Sheet> = LazyLock::new(|| sheet("site", PUBLIC));
static OFFICE_SHEET: LazyLock<Sheet> = LazyLock::new(|| sheet("office", OFFICE));

/// Address of the public pages' style sheet.
#[must_use]
pub fn public_href() -> String {
    PUBLIC_SHEET.href.clone()
}

/// Address of the office's style sheet.
#[must_use]
pub fn office_href() -> String {
    OFFICE_SHEET.href.clone()
}

/// `GET /assets/{name}`.
pub(super) async fn serve(name: web::Path<String>) -> HttpResponse {
    let wanted = format!("/assets/{name}");
    let found = [&*PUBLIC_SHEET, &*OFFICE_SHEET]
        .into_iter()
        .find(|sheet| sheet.href == wanted);
    match found {
        Some(sheet) => HttpResponse::Ok()
            .content_type("text/css; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(sheet.body.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}
