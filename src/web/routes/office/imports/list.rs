//! `/office/imports`: what is being prepared, and beginning it.

use super::{in_mb, moment};
use crate::db::storage::Arriving;
use crate::error::{Error, Kind, Result};
use crate::imports::find;
use crate::imports::model::{Import, State};
use crate::imports::start::{File, Material, keep, read_files, start};
use crate::web::app::App;
use crate::web::frame::{Office, shown, uploaded};
use crate::web::office::frame::Room;
use crate::web::office::imports::{ListPage, ListRow};
use crate::web::respond::{private_page, see_other, status_of};
use crate::web::upload::Upload;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::rc::Rc;
use std::sync::Arc;

/// The list and the form.
pub(super) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    shown(
        app,
        request,
        |office| async move { page(&office, None).await },
    )
    .await
}

/// Takes the files.
pub(super) async fn begin(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    uploaded(app, request, body, |office, upload| async move {
        match started(&office, upload, None).await {
            Ok(id) => Ok(see_other(&office.href(&format!("/imports/{id}")))),
            Err(error) if about_files(&error) => page(&office, Some(&error)).await,
            Err(error) => Err(error),
        }
    })
    .await
}

/// Whether an error is said beside the field of the files.
pub(super) fn about_files(error: &Error) -> bool {
    matches!(
        error.kind(),
        Kind::Invalid | Kind::TooLarge | Kind::Unavailable
    )
}

/// Reads, keeps and stores what was handed in; answers the import's identifier.
pub(super) async fn started(
    office: &Rc<Office>,
    upload: Result<Upload>,
    revises: Option<String>,
) -> Result<String> {
    let actor = office.signed_in.staff.actor();
    actor.must_be_able_to_change()?;
    let files = upload?.files;
    // Held until the import is written.
    let (material, text_sha256, _arriving) = read_and_keep(office, files).await?;
    let clock = Arc::clone(&office.app.clock);
    let database = &office.app.database;
    database
        .write(move |db| {
            let revises = revises.as_deref();
            start(db, &actor, &*clock, &material, &text_sha256, revises)
        })
        .await
}

async fn read_and_keep(office: &Office, files: Vec<File>) -> Result<(Material, String, Arriving)> {
    let limits = office.app.config.read_limits();
    let storage = office.app.storage.clone();
    actix_web::web::block(move || {
        let material = read_files(&files, &limits)?;
        material.must_hold_plan()?;
        let arriving = storage.arriving()?;
        let text = keep(&storage, &files, &material)?;
        Ok((material, text, arriving))
    })
    .await
    .map_err(Error::internal)?
}

async fn page(office: &Rc<Office>, error: Option<&Error>) -> Result<HttpResponse> {
    let imports = office.app.database.read(find::newest).await?;
    let status = error.map_or(StatusCode::OK, |error| status_of(error.kind()));
    let page = ListPage {
        lang: office.lang,
        layout: office.layout(),
        frame: office.frame(Room::Imports, None),
        rows: imports.iter().map(|import| row(office, import)).collect(),
        error: error.map(|error| error.message(office.lang).to_owned()),
        limit: in_mb(office.app.config.plan_limit_bytes),
    };
    private_page(status, &page)
}

fn row(office: &Office, import: &Import) -> ListRow {
    let lang = office.lang;
    let state = import.state(office.app.clock.now());
    let files: Vec<&str> = import
        .sources
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    let title = match import.facts.draft_title.as_str() {
        "" => files.join("、"),
        title => title.to_owned(),
    };
    let begun = moment(lang, import.created_at);
    ListRow {
        href: office.href(&format!("/imports/{}", import.id)),
        title,
        files: files.join("、"),
        state: state_words(lang, state, import),
        open: state == State::Preparing,
        begun: lang.pick(
            format!("{}，{begun}导入", import.created_by_name),
            format!("imported by {} on {begun}", import.created_by_name),
        ),
    }
}

/// Where an import stands, in words.
pub(super) fn state_words(lang: Lang, state: State, import: &Import) -> String {
    match state {
        State::Preparing => lang.pick("准备中", "in preparation").to_owned(),
        State::Scheduled => {
            let at = import.published.as_ref().map(|published| published.at);
            let at = at.map(|at| moment(lang, at)).unwrap_or_default();
            lang.pick(format!("定于{at}发布"), format!("to be published {at}"))
        }
        State::Published => lang.pick("已发布", "published").to_owned(),
        State::Discarded => lang.pick("已放弃", "given up").to_owned(),
    }
}
