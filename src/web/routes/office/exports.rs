//! `/office/c/{slug}/export`: the summary as a file.

use super::publish::standing;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::export::file_name::content_disposition;
use crate::export::model::{Edition, Format, Head};
use crate::export::stated::totals;
use crate::export::summary::{Wanted, note, write_into};
use crate::export::totals::Totals;
use crate::responses::model::Outcome;
use crate::responses::publish::{Readiness, readiness};
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted, shown};
use crate::web::office::exports::{Exports, Part};
use crate::web::office::frame::Room;
use crate::web::office::parts::Count;
use crate::web::respond::private_page;
use crate::web::stream::from_start;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::fs::File;
use std::sync::Arc;

/// The choice of format and edition, with the numbers.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let counted = count(&office, &consultation).await?;
        private_page(
            StatusCode::OK,
            &page(&office, &consultation, &counted, ("xlsx", "public"), None),
        )
    })
    .await
}

/// Makes the file and sends it.
pub(super) async fn make(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let consultation = office.consultation(&slug).await?;
        match wanted(&office, &form) {
            Ok(wanted) => file(&office, consultation, wanted).await,
            Err(error) => {
                let counted = count(&office, &consultation).await?;
                let chosen = (form.get("format"), form.get("edition"));
                let said = Some(error.message(office.lang).to_owned());
                private_page(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    &page(&office, &consultation, &counted, chosen, said),
                )
            }
        }
    })
    .await
}

fn wanted(office: &Office, form: &FormData) -> Result<Wanted> {
    Ok(Wanted {
        format: Format::parse(form.get("format"))?,
        edition: Edition::parse(form.get("edition"))?,
        as_of: office.app.clock.now(),
    })
}

/// Written to a file first: a download that fails half-way must not look like a whole one. The file
/// has no name and goes with its last reader; it lies beside the data, because a folder for temporary
/// files is often a small one in memory.
async fn file(office: &Office, consultation: Consultation, wanted: Wanted) -> Result<HttpResponse> {
    let (database, vault) = (office.app.database.clone(), office.app.vault.clone());
    let folder = office.app.config.data_dir.clone();
    let (actor, clock) = (
        office.signed_in.staff.actor(),
        Arc::clone(&office.app.clock),
    );
    let made: Result<(Head, File)> = actix_web::web::block(move || {
        let mut file = tempfile::tempfile_in(folder).map_err(Error::internal)?;
        let write = |db: &mut Db| write_into(db, &vault, &consultation, wanted, &mut file);
        let head = database.read_snapshot(write)?;
        database.write_now(move |db| note(db, &actor, &*clock, &consultation, wanted))?;
        Ok((head, file))
    })
    .await
    .map_err(Error::internal)?;
    download(wanted.format, made?)
}

fn download(format: Format, (head, file): (Head, File)) -> Result<HttpResponse> {
    let disposition = content_disposition(&head, format);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(from_start(file)?))
}

async fn count(office: &Office, consultation: &Consultation) -> Result<(Totals, Readiness)> {
    let consultation = consultation.clone();
    let clock = Arc::clone(&office.app.clock);
    office
        .app
        .database
        .read(move |db| {
            let counted = totals(db, &consultation)?;
            Ok((counted, readiness(db, &*clock, &consultation)?))
        })
        .await
}

fn page(
    office: &Office,
    consultation: &Consultation,
    (counted, readiness): &(Totals, Readiness),
    (format, edition): (&str, &str),
    error: Option<String>,
) -> Exports {
    let lang = office.lang;
    let place = office.place(consultation);
    let outcomes = Outcome::all().into_iter().map(|outcome| Part {
        word: outcome.word(lang).to_owned(),
        count: Count(counted.outcome(outcome)),
    });
    let apart = [
        (lang.pick("重复", "Duplicates"), counted.duplicates),
        (lang.pick("无效", "Invalid"), counted.invalid),
        (lang.pick("撤回", "Withdrawn"), counted.withdrawn),
    ];
    Exports {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Exports, Some(place.clone())),
        place,
        received: Count(counted.opinions),
        parts: outcomes
            .chain(apart.into_iter().map(|(word, count)| Part {
                word: word.to_owned(),
                count: Count(count),
            }))
            .collect(),
        open: Count(counted.pending),
        adds_up: counted.check().is_ok(),
        format: format.to_owned(),
        edition: edition.to_owned(),
        publish: standing(office, &consultation.slug, *readiness),
        error,
    }
}
