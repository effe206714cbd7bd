//! `/feed.xml`, `/sitemap.xml`, `/robots.txt`: what programs ask of every site.

use super::meta::site;
use crate::consultations::find;
use crate::consultations::model::{Consultation, WindowChange};
use crate::db::Db;
use crate::documents::published::{self, Version};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::feed::of_consultations::{extensions, feed, pages, revisions, site_pages};
use crate::web::feed::sitemap::{Sitemap, robots, sitemap};
use crate::web::feed::{atom, sitemap as map};
use crate::web::respond::error_page;
use crate::web::site_layout::language;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use std::sync::Arc;

/// How long a program may keep such an answer.
const FRESH: &str = "public, max-age=300";
/// When the site map holds so many pages, it lists no more sections.
const MOST_PAGES: usize = 25_000;

/// Consultations, revised drafts and published answers (RFC 4287).
pub(super) async fn atom(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let (lang, path) = language(request.path());
    let made = async {
        let now = app.clock.now();
        let held = app.database.read(move |db| held(db, now)).await?;
        let site = site(&app, lang);
        let mut later = Vec::new();
        let mut all = Vec::new();
        for (one, versions, changes) in held {
            later.extend(extensions(&site, &one, &changes));
            all.push((one, versions));
        }
        later.extend(revisions(&site, &all));
        let all: Vec<Consultation> = all.into_iter().map(|(one, _)| one).collect();
        let feed = feed(&site, path, &all, later, now);
        feed.render().map_err(Error::internal)
    };
    answer(&app, &request, atom::MEDIA_TYPE, made.await)
}

/// A consultation with its versions and with how its window was extended.
type Held = (Consultation, Vec<Version>, Vec<WindowChange>);

fn held(db: &mut Db, now: Timestamp) -> Result<Vec<Held>> {
    let all = find::all(db, now)?.into_iter();
    all.map(|one| {
        let versions = published::versions(db, &one.id, now)?;
        let changes = find::window_changes(db, &one.id)?;
        Ok((one, versions, changes))
    })
    .collect()
}

/// The site map, or its index.
pub(super) async fn map(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let made = whole(&app).await.map(|map| map.first.clone());
    answer(&app, &request, map::MEDIA_TYPE, made)
}

/// One file of a site map that has several.
pub(super) async fn map_part(
    app: Data<App>,
    request: HttpRequest,
    number: Path<usize>,
) -> HttpResponse {
    let part = |map: Arc<Sitemap>| {
        let index = number.checked_sub(1);
        index
            .and_then(|index| map.parts.get(index).cloned())
            .ok_or_else(|| Error::new(Kind::NotFound, "没有这个文件", "there is no such file"))
    };
    let made = whole(&app).await.and_then(part);
    answer(&app, &request, map::MEDIA_TYPE, made)
}

/// What programs may read (RFC 9309).
pub(super) async fn for_robots(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let made = robots(&app.config.public_url);
    answer(&app, &request, "text/plain; charset=utf-8", made)
}

/// The site map, made at most once in a while however often it is asked for.
async fn whole(app: &App) -> Result<Arc<Sitemap>> {
    app.site_map.get_or_make(&app.pages, || made(app)).await
}

/// Reads the texts one after the other, past those kept in memory for readers.
async fn made(app: &App) -> Result<Sitemap> {
    let (now, origin) = (app.clock.now(), app.config.public_url.clone());
    let listed = app.database.read(move |db| listed(db, now)).await?;
    actix_web::web::block(move || sitemap(&origin, &listed))
        .await
        .map_err(Error::internal)?
}

/// The pages of the site map: those of every consultation, and the sections of the latest ones.
fn listed(db: &mut Db, now: Timestamp) -> Result<Vec<map::Page>> {
    let mut held = find::all(db, now)?;
    let changed = held.iter().map(|one| one.published_at).max();
    let mut all = site_pages(changed.unwrap_or(now));
    held.sort_by_key(|one| std::cmp::Reverse(one.published_at));
    for one in held {
        let documents = match all.len() < MOST_PAGES {
            true => published::documents(db, &one.id, one.version)?,
            false => Vec::new(),
        };
        let draft = published::draft(&documents).map(|draft| &draft.outline);
        all.extend(pages(&one, draft, now));
    }
    Ok(all)
}

fn answer(
    app: &App,
    request: &HttpRequest,
    media_type: &'static str,
    made: Result<String>,
) -> HttpResponse {
    match made {
        Ok(text) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, media_type))
            .insert_header((header::CACHE_CONTROL, FRESH))
            .body(text),
        Err(error) => {
            let (lang, path) = language(request.path());
            error_page(app, lang, path, &error, None)
        }
    }
}
