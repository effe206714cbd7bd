//! Public pages that are kept in memory, made when they are not there.

use crate::clock::{beijing, start_of_day};
use crate::documents::published;
use crate::error::Error;
use crate::web::app::App;
use crate::web::cache::Kept;
use crate::web::respond::{Script, error_page, keep_page, send};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::web::{self, Data};
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
    P: Template + Send + 'static,
{
    let address = request.path().to_owned();
    kept_as(app, request, &address, Script::None, make).await
}

/// The same for a page that loads the script for reading.
pub(super) async fn kept_for_reading<F, Fut, P>(
    app: Data<App>,
    request: HttpRequest,
    make: F,
) -> HttpResponse
where
    F: FnOnce(Data<App>, Lang, String) -> Fut,
    Fut: Future<Output = Result<P, Error>>,
    P: Template + Send + 'static,
{
    let address = request.path().to_owned();
    kept_as(app, request, &address, Script::Reading, make).await
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
    P: Template + Send + 'static,
{
    kept_as(app, request, address, Script::None, make).await
}

async fn kept_as<F, Fut, P>(
    app: Data<App>,
    request: HttpRequest,
    address: &str,
    script: Script,
    make: F,
) -> HttpResponse
where
    F: FnOnce(Data<App>, Lang, String) -> Fut,
    Fut: Future<Output = Result<P, Error>>,
    P: Template + Send + 'static,
{
    let now = app.clock.now();
    if let Some(page) = app.pages.get_or_renew(address, now) {
        return send(&request, &page);
    }
    let (lang, path) = language(request.path());
    let last = app.pages.last(address);
    let until = next_change(&app, now).await;
    let kept = match (make(app.clone(), lang, path.to_owned()).await, until) {
        (Ok(page), Ok(until)) => render(page, script, until, last).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    keep(&app, &request, address, kept).unwrap_or_else(|error| {
        app.pages.forget(address);
        error_page(&app, lang, path, &error, None)
    })
}

/// Sends a page that was made, and keeps it. No address of ours needs an escape: another spelling of
/// one is shown, but not kept, so that nobody can fill the memory with spellings of the same page.
fn keep(
    app: &App,
    request: &HttpRequest,
    address: &str,
    made: Result<Arc<Kept>, Error>,
) -> Result<HttpResponse, Error> {
    let page = made?;
    if !address.contains('%') {
        app.pages.put(address, Arc::clone(&page));
    }
    Ok(send(request, &page))
}

/// Renders and packs beside the workers: a plan of some megabytes takes longer than others should wait.
async fn render<P>(
    page: P,
    script: Script,
    until: Timestamp,
    last: Option<Arc<Kept>>,
) -> Result<Arc<Kept>, Error>
where
    P: Template + Send + 'static,
{
    web::block(move || keep_page(&page, script, until, last.as_deref()))
        .await
        .map_err(Error::internal)?
        .map(Arc::new)
}

/// When the words of a page could next differ: at midnight, or when something is published that
/// waits for its hour.
async fn next_change(app: &App, now: Timestamp) -> Result<Timestamp, Error> {
    let hour = app
        .database
        .read(move |db| published::next_hour(db, now))
        .await?;
    let midnight = next_midnight(now);
    Ok(hour.map_or(midnight, |hour| hour.min(midnight)))
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
