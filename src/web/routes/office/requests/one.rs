//! `GET /office/requests/{id}`: what is asked, about whom, and how it is dealt with.

use super::list::ended;
use crate::audit::model::Action;
use crate::consultations::model::Consultation;
use crate::error::Result;
use crate::export::file_name::attachment_disposition;
use crate::intake::find::{self as intake, Found};
use crate::privacy::requests::copy::copy as everything;
use crate::privacy::requests::find;
use crate::privacy::requests::model::{Request, RequestKind};
use crate::shorten::shorten;
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::field::Field;
use crate::web::frame::{Office, shown, shown_to_change};
use crate::web::office::frame::Room;
use crate::web::office::parts::Link;
use crate::web::office::requests::Request as Page;
use crate::web::respond::private_page;
use crate::web::routes::office::letters::correction;
use crate::web::routes::office::remark_origin;
use crate::web::viewed::{Look, viewed};
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// A request with the submission it is about.
#[derive(Clone)]
pub(super) struct Loaded {
    pub(super) request: Request,
    pub(super) consultation: Consultation,
    pub(super) found: Found,
}

/// Loads a request.
pub(super) async fn load(office: &Office, id: String) -> Result<Loaded> {
    let (vault, now) = (office.app.vault.clone(), office.app.clock.now());
    let read = office.app.database.read(move |db| {
        let (request, consultation) = find::by_id(db, &vault, &id, now)?;
        let found = intake::by_id(db, &vault, &consultation, &request.submission_id)?;
        Ok(Loaded {
            request,
            consultation,
            found,
        })
    });
    read.await
}

/// The page of a request. Looking at the contact details is noted.
pub(super) async fn show(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown(app, request, |office| async move {
        let loaded = load(&office, id.into_inner()).await?;
        note_view(&office, &loaded).await?;
        private_page(StatusCode::OK, &fill(&office, &loaded))
    })
    .await
}

/// Everything that is held about the submission, as a file to be handed over.
pub(super) async fn copy(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown_to_change(app, request, |office| async move {
        let loaded = load(&office, id.into_inner()).await?;
        let name = format!("{}.json", loaded.found.receipt);
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let vault = office.app.vault.clone();
        let made = office
            .app
            .database
            .write(move |db| everything(db, &vault, &actor, &*clock, &loaded.found));
        Ok(HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "application/json; charset=utf-8"))
            .insert_header((header::CONTENT_DISPOSITION, attachment_disposition(&name)))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(made.await?))
    })
    .await
}

async fn note_view(office: &Office, loaded: &Loaded) -> Result<()> {
    let look = Look {
        owner: &loaded.consultation.id,
        action: Action::ContactViewed,
        subject: "submission",
        subject_id: &loaded.found.submission_id,
    };
    viewed(office, look).await
}

/// The page from what was loaded.
pub(super) fn fill(office: &Office, loaded: &Loaded) -> Page {
    let Loaded {
        request,
        consultation,
        found,
    } = loaded;
    let lang = office.lang;
    let here = office.href(&format!("/requests/{}", request.id));
    let ended = request.done.as_ref().map(|done| ended(done, lang));
    let said = request.done.as_ref().map(|done| done.answer.clone());
    let queue = office.href(&format!("/c/{}/remarks", consultation.slug));
    let remarks = found.remarks.iter().map(|remark| Link {
        href: format!("{queue}/{}", remark.id),
        words: shorten(&remark.text, 40),
    });
    Page {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Requests, None),
        code: request.kind.code(),
        what: request.kind.word(lang).to_owned(),
        about: consultation.draft_title.clone(),
        receipt: found.receipt.clone(),
        asked: moment_short(request.asked_at),
        note: request.note.clone().unwrap_or_default(),
        sender: remark_origin::sender(found, lang),
        has_email: !found.sender.emails.is_empty(),
        remarks: remarks.collect(),
        copy: format!("{here}/copy"),
        action: here,
        back: office.href("/requests"),
        done: ended,
        answer: Field::of(said.unwrap_or_else(|| proposed(request.kind).to_owned())),
        correction: correction(&found.sender),
    }
}

/// What the office usually answers; it can be changed. The person reads it in the language of the
/// office's letters.
fn proposed(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Copy => "",
        RequestKind::Correct => "您的信息已经更正。",
        RequestKind::Erase => {
            "您的姓名、联系方式、来信原件和附件已经删除，意见的文字留在记录里。以后只用回执号就能查看结果。"
        }
    }
}
