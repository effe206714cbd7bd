//! `/api/v1`: the published texts for programs, read only.

use super::changes::no_such_version;
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::documents::model::DocumentOutline;
use crate::documents::published::{self, PublishedDocument, Version};
use crate::error::{Error, Kind, Result};
use crate::web::api::model::{ConsultationList, VersionList};
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

/// A consultation as it stands, with the texts of one of its versions.
struct Held {
    consultation: Consultation,
    documents: Vec<PublishedDocument>,
}

impl Held {
    /// With the version that readers see, or with another that they may see.
    async fn load(app: &App, slug: &str, number: Option<i32>) -> Result<Self> {
        let (slug, now) = (slug.to_owned(), app.clock.now());
        app.database
            .read(move |db| {
                let consultation = find::by_slug(db, &slug, now)?;
                let number = number.unwrap_or(consultation.version);
                if !(1..=consultation.version).contains(&number) {
                    return Err(no_such_version());
                }
                Ok(Self {
                    documents: published::documents(db, &consultation.id, number)?,
                    consultation,
                })
            })
            .await
    }

    fn draft(&self) -> Result<&DocumentOutline> {
        let draft = published::draft(&self.documents).ok_or_else(no_such_section)?;
        Ok(&draft.outline)
    }
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
    let held = Held::load(&app, &slug, None).await;
    let (origin, now) = (&app.config.public_url, app.clock.now());
    let made = held.map(|held| consultation(&held.consultation, &held.documents, origin, now));
    answer(&request, made)
}

async fn outline(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let held = Held::load(&app, &slug, None).await;
    let made = held.and_then(|held| Ok(of_outline::outline(held.draft()?)));
    answer(&request, made)
}

async fn section(app: Data<App>, request: HttpRequest, at: Path<(String, String)>) -> HttpResponse {
    let (slug, anchor) = at.into_inner();
    let held = Held::load(&app, &slug, None).await;
    let made = held
        .and_then(|held| of_outline::section(held.draft()?, &anchor).ok_or_else(no_such_section));
    answer(&request, made)
}

async fn versions(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let made = all_versions(&app, &slug).await.map(|versions| {
        let newest = versions.into_iter().rev();
        VersionList {
            versions: newest
                .map(|(one, documents)| version(&one, &documents))
                .collect(),
        }
    });
    answer(&request, made)
}

async fn one_version(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, i32)>,
) -> HttpResponse {
    let (slug, number) = at.into_inner();
    let made = all_versions(&app, &slug).await.and_then(|versions| {
        let mut found = versions.into_iter();
        let found = found.find(|(one, _)| one.number == number);
        let (one, documents) = found.ok_or_else(no_such_version)?;
        Ok(version(&one, &documents))
    });
    answer(&request, made)
}

async fn all_versions(app: &App, slug: &str) -> Result<Vec<(Version, Vec<PublishedDocument>)>> {
    let (slug, now) = (slug.to_owned(), app.clock.now());
    app.database
        .read(move |db| {
            let consultation = find::by_slug(db, &slug, now)?;
            let versions = published::versions(db, &consultation.id, now)?.into_iter();
            versions
                .map(|one| {
                    let documents = published::documents(db, &consultation.id, one.number)?;
                    Ok((one, documents))
                })
                .collect()
        })
        .await
}

async fn changes(app: Data<App>, request: HttpRequest, at: Path<(String, i32)>) -> HttpResponse {
    let (slug, number) = at.into_inner();
    answer(&request, compared(&app, &slug, number).await)
}

async fn compared(app: &App, slug: &str, number: i32) -> Result<crate::web::api::model::Redline> {
    let before = number.checked_sub(1).filter(|before| *before > 0);
    let before = before.ok_or_else(no_such_version)?;
    let (old, new) = (
        Held::load(app, slug, Some(before)).await?,
        Held::load(app, slug, Some(number)).await?,
    );
    let id = new.consultation.id.clone();
    let links = app
        .database
        .read(move |db| published::links(db, &id, number))
        .await?;
    let counted = |number: i32| u32::try_from(number).unwrap_or(0);
    Ok(of_changes::changes(
        (counted(before), old.draft()?),
        (counted(number), new.draft()?),
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
