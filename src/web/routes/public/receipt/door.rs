//! The door to a receipt's pages: a pass in, the submission out.

use super::super::view::layout as consultation_layout;
use super::look_up::{Expired, form};
use crate::error::{Error, Kind, Result};
use crate::intake::find::{self, Found};
use crate::intake::model::receipt::normalise;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::layout::Layout;
use crate::web::receipt_pass::check;
use crate::web::respond::{error_page, private_page};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::future::Future;

/// What stands behind the `?` of a receipt's page.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Carried {
    /// The pass.
    pub(super) k: String,
    /// Right after sending.
    pub(super) sent: Option<String>,
    /// What was just done: `supplemented`, `withdrawn`, `asked`.
    pub(super) done: Option<String>,
}

/// A receipt that was opened.
pub(super) struct Door {
    pub(super) app: Data<App>,
    pub(super) lang: Lang,
    pub(super) k: String,
    pub(super) found: Found,
}

impl Door {
    /// The address of a page of this receipt, such as `/supplement`; empty for the receipt itself.
    pub(super) fn href(&self, below: &str) -> String {
        format!("{}{}", self.lang.prefix(), self.path(below))
    }

    fn path(&self, below: &str) -> String {
        let Self { found, k, .. } = self;
        format!("/r/{}{below}?k={k}", found.receipt)
    }

    /// The frame of a page. Its path holds the pass, so that the switch of language keeps it; what
    /// a page prints of its address must not, so the foot of the paper is left out.
    pub(super) fn layout(&self, below: &str) -> Layout {
        let path = self.path(below);
        Layout {
            origin: String::new(),
            ..consultation_layout(&self.app, self.lang, &path, &self.found.consultation)
        }
    }
}

/// Opens a receipt and makes a page of it.
pub(super) async fn opened<F, Fut>(
    app: Data<App>,
    request: HttpRequest,
    number: &str,
    k: &str,
    make: F,
) -> HttpResponse
where
    F: FnOnce(Door) -> Fut,
    Fut: Future<Output = Result<HttpResponse>>,
{
    let (lang, path) = language(request.path());
    let answer = match enter(&app, lang, number, k).await {
        Ok(Some(door)) => make(door).await,
        Ok(None) => {
            // Whether it can be a number at all shows in the number itself.
            let status = match normalise(number) {
                Some(_) => StatusCode::OK,
                None => StatusCode::NOT_FOUND,
            };
            private_page(status, &form(&app, lang, number, None))
        }
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// Takes a form of a receipt's page. What was written in it is given back whatever happens.
pub(super) async fn posted<F, Fut>(
    app: Data<App>,
    request: HttpRequest,
    number: &str,
    body: Payload,
    act: F,
) -> HttpResponse
where
    F: FnOnce(Door, FormData) -> Fut,
    Fut: Future<Output = Result<HttpResponse>>,
{
    let (lang, path) = language(request.path());
    let data = match came(&app, &request, body).await {
        Ok(data) => data,
        Err(error) => return error_page(&app, lang, path, &error, None),
    };
    let typed = Some(data.take("text")).filter(|text| !text.trim().is_empty());
    let answer = match enter(&app, lang, number, data.get("k")).await {
        Ok(Some(door)) => act(door, data).await,
        Ok(None) => {
            let typed = typed.clone();
            let page = form(&app, lang, number, Some(Expired { typed }));
            private_page(StatusCode::FORBIDDEN, &page)
        }
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, typed))
}

/// The fields of a form that a page of this site sent.
pub(super) async fn came(app: &App, request: &HttpRequest, body: Payload) -> Result<FormData> {
    same_site(app, request)?;
    FormData::read(app, request, body).await
}

/// The receipt behind a number, for a good pass; `None` without one.
async fn enter(app: &Data<App>, lang: Lang, number: &str, k: &str) -> Result<Option<Door>> {
    let now = app.clock.now();
    let Some(number) = normalise(number) else {
        return Ok(None);
    };
    if !check(&app.vault, &number, k, now)? {
        return Ok(None);
    }
    let vault = app.vault.clone();
    let found = app
        .database
        .read(move |db| find::by_receipt(db, &vault, &number, now))
        .await?;
    Ok(found.map(|found| Door {
        app: app.clone(),
        lang,
        k: k.to_owned(),
        found,
    }))
}

/// The error for a link or an address of a receipt that leads nowhere.
pub(super) fn no_such_page() -> Error {
    Error::new(
        Kind::NotFound,
        "这个链接打不开：可能没有复制完整，或者已经失效。请回到邮件里再点一次，或者用回执号查询",
        "this link does not open: it may not be complete, or no longer be valid; open it from the mail again, or look the receipt up",
    )
}
