//! Refusing posts that another site made a browser send. Public pages carry no token (they are
//! rendered once for everybody), so the browser's own word decides: Fetch Metadata
//! (Sec-Fetch-Site), or the Origin header where a browser does not send it. A request with
//! neither comes from no browser that could hold somebody's cookies and be misled.

use super::app::App;
use crate::error::{Error, Kind, Result};
use actix_web::HttpRequest;
use actix_web::http::header;

/// Lets a post pass that this site's own pages sent.
///
/// # Errors
/// `Kind::Forbidden` otherwise.
pub(super) fn same_site(app: &App, request: &HttpRequest) -> Result<()> {
    let said = |name: &str| {
        request
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap_or("?"))
    };
    match said("sec-fetch-site") {
        Some("same-origin" | "none") => return Ok(()),
        Some(_) => return Err(refused()),
        None => {}
    }
    let Some(origin) = said("origin") else {
        return Ok(());
    };
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let own = origin == app.config.public_url
        || origin
            .split_once("://")
            .is_some_and(|(_, rest)| !host.is_empty() && rest == host);
    if own { Ok(()) } else { Err(refused()) }
}

fn refused() -> Error {
    Error::new(
        Kind::Forbidden,
        "这次提交不是从本站页面发出的，为了安全没有接收。请打开本站页面重新提交",
        "this was not sent from a page of this site, so it was not accepted; open the page here and send it again",
    )
}
