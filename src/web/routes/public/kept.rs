//! Public pages that are kept in memory, made when they are not there.

use crate::clock::{beijing, start_of_day};
use crate::error::Error;
use crate::web::app::App;
use crate::web::respond::{error_page, keep_page, send};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::{Timestamp, ToSpan};
use std::future::Future;
use std::sync::Arc;

/// Makes the page at the request's path and keeps it. Only asked when it is not in memory.
pub(super) async fn kept<F, Fut, P>(app: Data<App>, request: HttpRequest, make: F) -> HttpResponse
where
    F: FnOnce(Data<App>, Lang, String) -> Fut,
    Fut: Future<Output = Result<P, Error>>,
    P: Template,
{
    let address = request.path().to_owned();
    kept_at(app, request, &address, make).await
}

/// The same for a page whose address has a query, given as it is to be kept under.
pub(super) async fn kept_at<F, Fut, P>(
    app: Data<App>,
    request: HttpRequest,
    address: &str,
    make: F,
) -> HttpResponse
where
    F: FnOnce(Data<App>, Lang, String) -> Fut,
    Fut: Future<Output = Result<P, Error>>,
    P: Template,
{
    let now = app.clock.now();
    if let Some(page) = app.pages.get(address, now) {
        return send(&request, &page);
    }
    let (lang, path) = language(request.path());
    let made = make(app.clone(), lang, path.to_owned()).await;
    match made.and_then(|page| keep_page(&page, next_midnight(now))) {
        // No address of ours needs an escape: another spelling of one is shown, but not kept, so
        // that nobody can fill the memory with spellings of the same page.
        Ok(page) if address.contains('%') => send(&request, &Arc::new(page)),
        Ok(page) => send(&request, &app.pages.put(address, page)),
        Err(error) => error_page(&app, lang, path, &error, None),
    }
}

/// The next start of a day in Beijing: windows open and close then, and days left are counted
/// anew.
fn next_midnight(now: Timestamp) -> Timestamp {
    let today = now.to_zoned(beijing()).date();
    today
        .checked_add(1.day())
        .ok()
        .and_then(start_of_day)
        .unwrap_or(now)
}
