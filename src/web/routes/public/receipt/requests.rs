//! `/r/{number}/requests`: asking for a copy, a correction, an erasure (个人信息保护法 Art. 44–47).

use super::super::view::moment;
use super::door::{Carried, Door, opened, posted};
use crate::audit::model::Actor;
use crate::error::Result;
use crate::intake::find::Found;
use crate::privacy::requests::ask::ask as write_down;
use crate::privacy::requests::find::of_submission;
use crate::privacy::requests::model::{Request, RequestKind, check_words};
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::public::data_request::{AskedRow, DataRequestPage};
use crate::web::respond::{private_page, see_other};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// The form, and what was asked before.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    carried: Query<Carried>,
) -> HttpResponse {
    opened(app, request, &number, &carried.k, |door| async move {
        let page = page(&door, Field::default(), Field::default()).await?;
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Writes a request down.
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, &number, body, |door, data| async move {
        take(&door, &data).await
    })
    .await
}

async fn take(door: &Door, data: &FormData) -> Result<HttpResponse> {
    let (kind, note) = (data.get("kind"), data.get("text"));
    let (chosen, words) = (RequestKind::parse(kind), check_words(note));
    let (Some(chosen), Ok(words)) = (chosen, &words) else {
        let ask = door.lang.pick("请选一项", "Choose one");
        let kind = match chosen {
            Some(_) => Field::of(kind),
            None => Field::wrong(kind, ask),
        };
        let note = match &words {
            Ok(_) => Field::of(note),
            Err(error) => Field::wrong(note, error.message(door.lang)),
        };
        let page = page(door, kind, note).await?;
        return private_page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    keep(door, chosen, words.clone()).await?;
    Ok(see_other(&format!("{}&done=asked", door.href(""))))
}

async fn keep(door: &Door, kind: RequestKind, note: Option<String>) -> Result<()> {
    let (vault, clock) = (door.app.vault.clone(), Arc::clone(&door.app.clock));
    let found = door.found.clone();
    let work = door.app.database.write(move |db| {
        let wanted = (kind, note.as_deref());
        write_down(db, &vault, &Actor::Public, &*clock, &found, wanted)
    });
    work.await
}

async fn page(door: &Door, kind: Field, note: Field) -> Result<DataRequestPage> {
    let found = &door.found;
    let (owner, id) = (found.consultation.id.clone(), found.submission_id.clone());
    let asked = door
        .app
        .database
        .read(move |db| of_submission(db, &owner, &id));
    let asked = asked.await?;
    Ok(DataRequestPage {
        lang: door.lang,
        layout: door.layout("/requests"),
        number: found.receipt.clone(),
        title: found.consultation.draft_title.clone(),
        office: found.consultation.issuer.clone(),
        back: door.href(""),
        action: format!("{}/r/{}/requests", door.lang.prefix(), found.receipt),
        k: door.k.clone(),
        has_email: !found.sender.emails.is_empty(),
        is_erased: found.erased_at.is_some(),
        kind,
        note,
        asked: asked.iter().map(|one| row(found, one, door.lang)).collect(),
    })
}

/// A request and what became of it, in words.
pub(super) fn row(found: &Found, request: &Request, lang: Lang) -> AskedRow {
    AskedRow {
        what: request.kind.word(lang).to_owned(),
        asked: moment(request.asked_at, lang),
        done: request.done.as_ref().map(|done| moment(done.at, lang)),
        answer: request
            .done
            .as_ref()
            .map(|done| found.on_receipt(&done.answer)),
    }
}
