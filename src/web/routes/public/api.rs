//! `/api/v1`: the published texts for programs, read only.

use super::changes::{Compared, no_such_version};
use super::view::View;
use crate::consultations::find;
use crate::documents::model::DocumentOutline;
use crate::error::{Error, Kind, Result};
use crate::web::api::model::{ConsultationList, Redline, Version as SentVersion, VersionList};
use crate::web::api::of_consultation::{PROBLEM_TYPE, consultation, problem, summary, version};
use crate::web::api::{of_changes, of_outline, openapi};
use crate::web::app::App;
use crate::web::respond::status_of;
use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

/// The addresses. They have no language: an answer holds the published words.
pub(super) fn addresses(config: &mut ServiceConfig) {
    let base = "/api/v1/consultations";
    let below = |path: &str| format!("{base}/{{slug}}{path}");
    config
        .service(resource("/api/v1/openapi.json").route(get().to(described)))
        .service(resource(base).route(get().to(list)))
        .service(resource(below("")).route(get().to(one)))
        .service(resource(below("/outline")).route(get().to(outline)))
        .service(resource(below("/sections/{anchor}")).route(get().to(section)))
        .service(resource(below("/versions")).route(get().to(versions)))
        .service(resource(below("/versions/{number}")).route(get().to(one_version)))
        .service(resource(below("/versions/{number}/changes")).route(get().to(changes)));
}

fn draft(view: &View) -> Result<&DocumentOutline> {
    let draft = view.draft().ok_or_else(no_such_section)?;
    Ok(&draft.document.outline)
}

async fn list(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let now = app.clock.now();
    let all = app.database.read(move |db| find::all(db, now)).await;
    let origin = &app.config.public_url;
    let made = all.map(|all| ConsultationList {
        consultations: all.iter().map(|one| summary(one, origin, now)).collect(),
    });
    answer(&request, made)
}

async fn one(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let (origin, now) = (&app.config.public_url, app.clock.now());
    let made = async {
        let view = View::load(&app, slug.into_inner()).await?;
        let changes = view.window_changes(&app).await?;
        let documents: Vec<_> = view.texts.texts.iter().map(|text| &text.document).collect();
        let held = &view.consultation;
        Ok(consultation(held, &documents, &changes, origin, now))
    };
    answer(&request, made.await)
}

async fn outline(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let view = View::load(&app, slug.into_inner()).await;
    let made = view.and_then(|view| Ok(of_outline::outline(draft(&view)?)));
    answer(&request, made)
}

async fn section(app: Data<App>, request: HttpRequest, at: Path<(String, String)>) -> HttpResponse {
    let (slug, anchor) = at.into_inner();
    let made = View::load(&app, slug)
        .await
        .and_then(|view| of_outline::section(draft(&view)?, &anchor).ok_or_else(no_such_section));
    answer(&request, made)
}

async fn versions(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let made = all_versions(&app, slug.into_inner()).await;
    let made = made.map(|mut versions| {
        versions.reverse();
        VersionList { versions }
    });
    answer(&request, made)
}

async fn one_version(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, i32)>,
) -> HttpResponse {
    let (slug, number) = at.into_inner();
    let view = View::of_version(&app, slug, number).await;
    answer(&request, view.and_then(|view| described_version(&view)))
}

/// The versions that readers see, the oldest first.
async fn all_versions(app: &App, slug: String) -> Result<Vec<SentVersion>> {
    let newest = View::load(app, slug).await?;
    let mut versions = Vec::new();
    for number in 1..=newest.consultation.version {
        let view = View::of(app, newest.consultation.clone(), number).await?;
        versions.push(described_version(&view)?);
    }
    Ok(versions)
}

fn described_version(view: &View) -> Result<SentVersion> {
    let held = view.texts.version.as_ref().ok_or_else(no_such_version)?;
    let draft = view.draft();
    let sections = draft.map_or(0, |draft| draft.sections.len());
    Ok(version(held, draft.map(|draft| &draft.document), sections))
}

async fn changes(app: Data<App>, request: HttpRequest, at: Path<(String, i32)>) -> HttpResponse {
    let (slug, number) = at.into_inner();
    answer(&request, compared(&app, slug, number).await)
}

async fn compared(app: &App, slug: String, number: i32) -> Result<Redline> {
    let Compared {
        old, new, links, ..
    } = Compared::load(app, slug, number).await?;
    let counted = |number: i32| u32::try_from(number).unwrap_or(0);
    Ok(of_changes::changes(
        (counted(number.saturating_sub(1)), draft(&old)?),
        (counted(number), draft(&new)?),
        &links,
    ))
}

async fn described(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let document = openapi::document(&app.config.public_url, &app.config.site_name);
    answer(&request, Ok(document))
}

fn no_such_section() -> Error {
    Error::new(
        Kind::NotFound,
        "这份征求意见稿里没有这一条",
        "the draft has no such section",
    )
}

/// JSON that any site's program may read; an error as RFC 9457 has it.
fn answer(request: &HttpRequest, made: Result<impl Serialize>) -> HttpResponse {
    let (status, media_type, body) = match made {
        Ok(made) => (
            actix_web::http::StatusCode::OK,
            "application/json",
            serde_json::to_string(&made),
        ),
        Err(error) => {
            let status = status_of(error.kind());
            let words = status.canonical_reason().unwrap_or_default();
            let problem = problem(&error, status.as_u16(), words, request.path());
            (status, PROBLEM_TYPE, serde_json::to_string(&problem))
        }
    };
    HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(body.unwrap_or_default())
}
