//! `/office/c/{slug}/versions`: what was published, and handing in a revised draft.

use super::list::{about_files, started, state_words};
use super::{in_mb, moment};
use crate::consultations::model::Consultation;
use crate::documents::published::{self, Version};
use crate::error::{Error, Result};
use crate::imports::find;
use crate::imports::model::{Import, State};
use crate::web::app::App;
use crate::web::frame::{Office, shown, uploaded};
use crate::web::office::frame::Room;
use crate::web::office::imports::{VersionRow, VersionsPage};
use crate::web::respond::{private_page, see_other, status_of};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

/// The versions and the form.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        page(&office, &consultation, None).await
    })
    .await
}

/// Takes the revised draft.
pub(super) async fn begin(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    uploaded(app, request, body, |office, upload| async move {
        let consultation = office.consultation(&slug).await?;
        match started(&office, upload, Some(consultation.id.clone())).await {
            Ok(id) => Ok(see_other(&office.href(&format!("/imports/{id}")))),
            Err(error) if about_files(&error) => page(&office, &consultation, Some(&error)).await,
            Err(error) => Err(error),
        }
    })
    .await
}

async fn page(
    office: &Office,
    consultation: &Consultation,
    error: Option<&Error>,
) -> Result<HttpResponse> {
    let (id, now) = (consultation.id.clone(), office.app.clock.now());
    let database = &office.app.database;
    let (versions, imports) = database
        .read(move |db| Ok((published::versions(db, &id, now)?, find::revising(db, &id)?)))
        .await?;
    let rows = versions.iter().rev();
    let open = |import: &&Import| import.state(now) != State::Published;
    let page = VersionsPage {
        lang: office.lang,
        layout: office.layout(),
        frame: office.frame(Room::Versions, Some(office.place(consultation))),
        slug: consultation.slug.clone(),
        versions: rows.map(|one| row(office, consultation, one)).collect(),
        preparing: preparing(office, imports.iter().filter(open)),
        error: error.map(|error| error.message(office.lang).to_owned()),
        limit: in_mb(office.app.config.plan_limit_bytes),
    };
    let status = error.map_or(StatusCode::OK, |error| status_of(error.kind()));
    private_page(status, &page)
}

fn preparing<'a>(
    office: &Office,
    imports: impl Iterator<Item = &'a Import>,
) -> Vec<(String, String, String)> {
    imports
        .map(|import| preparing_row(office, import))
        .collect()
}

fn row(office: &Office, consultation: &Consultation, version: &Version) -> VersionRow {
    let files: Vec<&str> = version
        .sources
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    let base = format!("{}/c/{}", office.lang.prefix(), consultation.slug);
    VersionRow {
        number: version.number,
        published: moment(office.lang, version.published_at),
        files: files.join("、"),
        note: version.note.clone(),
        changes: (version.number > 1).then(|| format!("{base}/changes/{}", version.number)),
    }
}

fn preparing_row(office: &Office, import: &Import) -> (String, String, String) {
    let files: Vec<&str> = import
        .sources
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    let state = import.state(office.app.clock.now());
    (
        office.href(&format!("/imports/{}", import.id)),
        files.join("、"),
        state_words(office.lang, state, import),
    )
}
