//! `/r/{number}/withdraw`: taking back what was sent.

use super::super::view::ways;
use super::door::{Carried, Door, opened, posted};
use crate::audit::model::Actor;
use crate::error::Result;
use crate::intake::after::withdraw::{is_possible, withdraw as take_back};
use crate::web::app::App;
use crate::web::dates;
use crate::web::public::withdraw::WithdrawPage;
use crate::web::respond::{private_page, see_other};
use crate::web::routes::public::forget_wall;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// What it means, and one button; after the window, that it is too late.
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    carried: Query<Carried>,
) -> HttpResponse {
    opened(app, request, &number, &carried.k, |door| async move {
        if door.found.withdrawn_at.is_some() {
            return Ok(see_other(&done(&door)));
        }
        private_page(StatusCode::OK, &page(&door))
    })
    .await
}

/// Takes it back; a second click gets the same answer.
pub(super) async fn withdraw(
    app: Data<App>,
    request: HttpRequest,
    number: Path<String>,
    body: Payload,
) -> HttpResponse {
    let now = app.clock.now();
    posted(app, request, &number, body, |door, _| async move {
        let possible = is_possible(&door.found.consultation, now);
        if !possible && door.found.withdrawn_at.is_none() {
            return private_page(StatusCode::CONFLICT, &page(&door));
        }
        act(&door, now).await?;
        forget_wall(&door.app, &door.found.consultation.slug);
        Ok(see_other(&done(&door)))
    })
    .await
}

async fn act(door: &Door, now: jiff::Timestamp) -> Result<()> {
    let (vault, clock) = (door.app.vault.clone(), Arc::clone(&door.app.clock));
    let (consultation, id) = (
        door.found.consultation.clone(),
        door.found.submission_id.clone(),
    );
    let work = door
        .app
        .database
        .write(move |db| take_back(db, &vault, &Actor::Public, &*clock, &consultation, &id, now));
    work.await
}

fn done(door: &Door) -> String {
    format!("{}&done=withdrawn", door.href(""))
}

fn page(door: &Door) -> WithdrawPage {
    let found = &door.found;
    let consultation = &found.consultation;
    WithdrawPage {
        lang: door.lang,
        layout: door.layout("/withdraw"),
        number: found.receipt.clone(),
        title: consultation.draft_title.clone(),
        back: door.href(""),
        action: format!("{}/r/{}/withdraw", door.lang.prefix(), found.receipt),
        k: door.k.clone(),
        remarks: found.remarks.len(),
        possible: is_possible(consultation, door.app.clock.now()),
        closes: dates::long(door.lang, consultation.window.closes_on),
        ways: ways(consultation),
    }
}
