//! `GET` and `POST /preferences`: size of type and contrast.

use crate::error::Result;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::public::preferences::PreferencesPage;
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::{language, layout};
use crate::web::view_choice::{ViewChoice, local_path};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// Where the reader came from.
#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    back: String,
}

/// The form, with what is chosen now.
pub(super) async fn show(app: Data<App>, request: HttpRequest, from: Query<From>) -> HttpResponse {
    let (lang, path) = language(request.path());
    let back = local_path(&from.back).to_owned();
    let query = serde_urlencoded::to_string([("back", &back)]).unwrap_or_default();
    let page = PreferencesPage {
        lang,
        layout: layout(&app, lang, &format!("{path}?{query}")),
        choice: ViewChoice::of(&request),
        back,
    };
    private_page(StatusCode::OK, &page)
        .unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// Remembers the choice and goes back.
pub(super) async fn save(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    let (lang, path) = language(request.path());
    match chosen(&app, &request, body).await {
        Ok(response) => response,
        Err(error) => error_page(&app, lang, path, &error, None),
    }
}

async fn chosen(app: &App, request: &HttpRequest, body: Payload) -> Result<HttpResponse> {
    same_site(app, request)?;
    let form = FormData::read(app, request, body).await?;
    let choice = ViewChoice::by_fields(form.get("size"), form.get("contrast"));
    let mut response = see_other(local_path(form.get("back")));
    response
        .add_cookie(&choice.cookie(app))
        .map_err(crate::error::Error::internal)?;
    Ok(response)
}
