//! `/r/{number}/supplement`: adding to what was sent, while the window is open.

use super::super::comment::not_open;
use super::door::{Carried, Door, opened, posted};
use super::words::sections;
use crate::audit::model::Actor;
use crate::consultations::model::Timing;
use crate::error::{Kind, Result};
use crate::intake::after::supplement::{NewSupplement, supplement};
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::limits::{Action, Verdict, too_often};
use crate::web::public::not_open::Typed;
use crate::web::public::supplement::{Place, SupplementPage};
use crate::web::respond::{private_page, see_other};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use std::sync::Arc;

/// The form.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    carried: Query<Carried>,
) -> HttpResponse {
    let now = app.clock.now();
    opened(app, request, &number, &carried.k, |door| async move {
        if let Some(refused) = closed(&door, now, None)? {
            return Ok(refused);
        }
        if door.found.withdrawn_at.is_some() {
            return Ok(see_other(&door.href("")));
        }
        let page = page(&door, Field::default(), Field::default()).await?;
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Adds what was written.
pub(super) async fn add(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    body: Payload,
) -> HttpResponse {
    // As with a comment: what counts is when the request arrived.
    let now = app.clock.now();
    // Each one is a mail to an address that somebody typed.
    let verdict = app.guardrails.check(&request, Action::Submit, now);
    posted(app, request, &number, body, |door, data| async move {
        match (closed(&door, now, Some(data.take("text")))?, verdict) {
            (Some(refused), _) => Ok(refused),
            (None, Verdict::TryLater(seconds)) => Err(too_often(seconds)),
            (None, _) => take(&door, &data, now).await,
        }
    })
    .await
}

/// The page that says that the window has closed, with what was written given back and the other
/// ways to reach the office; `None` while it is open.
fn closed(door: &Door, now: Timestamp, typed: Option<String>) -> Result<Option<HttpResponse>> {
    let consultation = &door.found.consultation;
    let timing = consultation.window.judge(now);
    if timing == Timing::InTime {
        return Ok(None);
    }
    let status = match typed {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let typed = typed.map(|text| Typed {
        section: String::new(),
        text,
    });
    let typed = typed.into_iter().collect();
    let page = not_open(&door.app, consultation, door.lang, timing, typed);
    private_page(status, &page).map(Some)
}

async fn take(door: &Door, data: &FormData, now: Timestamp) -> Result<HttpResponse> {
    let on = data.take("on");
    let new = NewSupplement {
        submission_id: door.found.submission_id.clone(),
        text: data.take("text"),
        beside: Some(on.clone()).filter(|on| !on.is_empty()),
        received_at: now,
    };
    let (vault, clock) = (door.app.vault.clone(), Arc::clone(&door.app.clock));
    let consultation = door.found.consultation.clone();
    let added = door
        .app
        .database
        .write(move |db| supplement(db, &vault, &Actor::Public, &*clock, &consultation, &new));
    match added.await {
        Ok(_) => Ok(see_other(&format!("{}&done=supplemented", door.href("")))),
        Err(error) if error.kind() == Kind::Invalid => {
            let text = Field::wrong(data.take("text"), error.message(door.lang));
            let page = page(door, Field::of(on), text).await?;
            private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

async fn page(door: &Door, on: Field, text: Field) -> Result<SupplementPage> {
    let found = &door.found;
    Ok(SupplementPage {
        lang: door.lang,
        layout: door.layout("/supplement"),
        number: found.receipt.clone(),
        title: found.consultation.draft_title.clone(),
        back: door.href(""),
        action: format!("{}/r/{}/supplement", door.lang.prefix(), found.receipt),
        k: door.k.clone(),
        places: places(door).await?,
        on,
        text,
    })
}

/// The sections that the sender has already spoken on, each once.
async fn places(door: &Door) -> Result<Vec<Place>> {
    let named = sections(door).await?;
    let mut places: Vec<Place> = Vec::new();
    for (remark, name) in door.found.remarks.iter().zip(named) {
        let known = places.iter().any(|place| place.name == name);
        if !known && !name.is_empty() {
            let value = remark.id.clone();
            places.push(Place { value, name });
        }
    }
    Ok(places)
}
