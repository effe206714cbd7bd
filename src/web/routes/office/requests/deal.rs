//! `POST /office/requests/{id}`: ends a request.

use super::one::{Loaded, fill, load};
use crate::error::{Error, Kind, Result};
use crate::intake::after::correct::{corrected, read_sender};
use crate::intake::after::erase::destroy_files;
use crate::intake::form::{Faults, RawForm};
use crate::privacy::requests::deal;
use crate::privacy::requests::model::{RequestKind, check_words};
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted};
use crate::web::office::requests::Request as Page;
use crate::web::respond::{private_page, see_other};
use crate::web::routes::public::forget_wall;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Does what is asked, or answers only.
pub(super) async fn deal(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let loaded = load(&office, id.into_inner()).await?;
        take(&office, loaded, &form).await
    })
    .await
}

async fn take(office: &Office, loaded: Loaded, form: &FormData) -> Result<HttpResponse> {
    if loaded.request.done.is_some() {
        return Err(deal::dealt_with_already());
    }
    let does = form.get("act") == "do";
    let answer = match answer(form.get("answer")) {
        Ok(answer) => answer,
        Err(error) => {
            let mut page = again(office, &loaded, form);
            page.answer.error = Some(error.message(office.lang).to_owned());
            return private_page(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    match loaded.request.kind {
        RequestKind::Correct if does => return correct(office, loaded, form, answer).await,
        RequestKind::Erase if does => erase(office, loaded, answer).await?,
        _ => finish(office, loaded, answer).await?,
    }
    Ok(ended(office))
}

/// The person must be told something.
fn answer(typed: &str) -> Result<String> {
    check_words(typed)?.ok_or_else(|| {
        Error::new(
            Kind::Invalid,
            "请写明办理结果，提出人会在回执页上看到",
            "Say what was done; the person reads it on the receipt's page",
        )
    })
}

async fn finish(office: &Office, loaded: Loaded, answer: String) -> Result<()> {
    let (actor, clock) = (
        office.signed_in.staff.actor(),
        Arc::clone(&office.app.clock),
    );
    let work = office.app.database.write(move |db| {
        let about = (&loaded.request, &loaded.found.sender);
        deal::finish(db, &actor, &*clock, about, &answer)
    });
    work.await
}

/// Tables first, then the files, then the end of the request: what is cut short is found waiting
/// and done again.
async fn erase(office: &Office, loaded: Loaded, answer: String) -> Result<()> {
    let app = &office.app;
    let (actor, clock) = (office.signed_in.staff.actor(), Arc::clone(&app.clock));
    let (vault, about) = (app.vault.clone(), loaded.clone());
    let begin = app.database.write(move |db| {
        let about = (&about.request, &about.found);
        deal::begin_erasure(db, &vault, &actor, &*clock, about)
    });
    begin.await?;
    forget_wall(app, &loaded.found.consultation.slug);
    destroy_files(&app.database, &app.storage, &loaded.found).await?;
    app.database.forget_erased().await;
    // The number alone opens the page on which the answer stands from now on.
    let public = loaded.found.concealer().conceal(&answer).into_string();
    finish(office, loaded, public).await
}

async fn correct(
    office: &Office,
    loaded: Loaded,
    form: &FormData,
    answer: String,
) -> Result<HttpResponse> {
    let raw = raw(&loaded, form);
    let sender = match read_sender(&raw, office.app.clock.now()) {
        Ok(read) => corrected(&loaded.found.sender, read),
        Err(faults) => return faulty(office, &loaded, form, &faults),
    };
    let (actor, clock) = (
        office.signed_in.staff.actor(),
        Arc::clone(&office.app.clock),
    );
    let vault = office.app.vault.clone();
    let work = office.app.database.write(move |db| {
        let about = (&loaded.request, &loaded.found);
        deal::correct(db, &vault, &actor, &*clock, about, (&sender, &answer))
    });
    work.await?;
    Ok(ended(office))
}

/// The page again, each fault beside its field.
fn faulty(
    office: &Office,
    loaded: &Loaded,
    form: &FormData,
    faults: &Faults,
) -> Result<HttpResponse> {
    let mut page = again(office, loaded, form);
    for (at, field) in page.correction.fields() {
        let words = faults.of(at);
        field.error = words.map(|words| words.in_lang(office.lang).to_owned());
    }
    private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn ended(office: &Office) -> HttpResponse {
    see_other(&format!("{}?done=1", office.href("/requests")))
}

fn raw(loaded: &Loaded, form: &FormData) -> RawForm {
    RawForm {
        sender_kind: loaded.found.sender.kind.code().to_owned(),
        ..form.submission()
    }
}

/// The page again, with what was typed.
fn again(office: &Office, loaded: &Loaded, form: &FormData) -> Page {
    let mut page = fill(office, loaded);
    page.answer = Field::of(form.take("answer"));
    if loaded.request.kind == RequestKind::Correct {
        let own = &mut page.correction;
        own.name = Field::of(form.take("name"));
        own.organisation = Field::of(form.take("organisation"));
        own.phone = Field::of(form.take("phone"));
        own.email = Field::of(form.take("email"));
        own.address = Field::of(form.take("address"));
    }
    page
}
