//! `GET /office/imports/{id}`: the outline beside the source.

use super::load;
use super::workbench::{Asked, page};
use crate::error::Result;
use crate::web::app::App;
use crate::web::frame::{Office, shown};
use crate::web::respond::private_page;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};

/// The page, with the place that is to be corrected open.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    asked: Query<Asked>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        answer(&office, &id, &asked, None, StatusCode::OK).await
    })
    .await
}

/// The page with the reason why a correction was not made.
pub(super) async fn answer(
    office: &Office,
    id: &str,
    asked: &Asked,
    error: Option<String>,
    status: StatusCode,
) -> Result<HttpResponse> {
    let loaded = load(office, id).await?;
    let mut page = page(office, &loaded, asked);
    page.error = error;
    private_page(status, &page)
}
