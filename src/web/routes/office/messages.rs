//! `/office/c/{slug}/submissions/{id}/messages`: writing to a sender by e-mail, in two steps.

use super::messages_view::{check_page, page};
use crate::audit::model::Action;
use crate::correspondence::find::{Entry, of_submission};
use crate::correspondence::model::check_words;
use crate::correspondence::write::{NewMessage, must_be_reachable, write};
use crate::error::{Kind, Result};
use crate::ids::new_id;
use crate::intake::find::{self as intake, Found};
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, flash, posted, shown};
use crate::web::respond::{private_page, see_other, status_of};
use crate::web::viewed::{Look, viewed};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Done {
    sent: Option<String>,
}

/// A submission and the letters between its sender and the office.
pub(super) struct Loaded {
    pub(super) found: Found,
    pub(super) entries: Vec<Entry>,
}

async fn load(office: &Office, (slug, id): &(String, String)) -> Result<Loaded> {
    let consultation = office.consultation(slug).await?;
    let (vault, id, owner) = (
        office.app.vault.clone(),
        id.clone(),
        consultation.id.clone(),
    );
    let read = office.app.database.read(move |db| {
        let found = intake::by_id(db, &vault, &consultation, &id)?;
        let entries = of_submission(db, &vault, &consultation, &found.submission_id)?;
        Ok(Loaded { found, entries })
    });
    let loaded = read.await?;
    let look = Look {
        owner: &owner,
        action: Action::CorrespondenceViewed,
        subject: "submission",
        subject_id: &loaded.found.submission_id,
    };
    viewed(office, look).await?;
    Ok(loaded)
}

/// The correspondence, and the form.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    done: Query<Done>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let loaded = load(&office, &at).await?;
        let mut page = page(&office, &loaded, Field::default());
        if done.sent.is_some() {
            page.frame.flash = flash(office.lang.pick(
                "已提交系统发送，发送情况见下。",
                "Handed over to be sent; below you see whether it went out.",
            ));
        }
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Checks a message, shows it to be looked over, sends it, or gives it back to be changed.
pub(super) async fn post(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let loaded = load(&office, &at).await?;
        match form.get("step") {
            "edit" => {
                let page = page(&office, &loaded, Field::of(form.take("words")));
                private_page(StatusCode::OK, &page)
            }
            "send" => send(&office, &loaded, &form).await,
            _ => check(&office, &loaded, &form),
        }
    })
    .await
}

fn check(office: &Office, loaded: &Loaded, form: &FormData) -> Result<HttpResponse> {
    office.signed_in.staff.actor().must_be_able_to_change()?;
    let checked = must_be_reachable(&loaded.found).and_then(|()| check_words(form.get("words")));
    match checked {
        Ok(words) => {
            let id = new_id(office.app.clock.now())?;
            let page = check_page(office, &loaded.found, words, id);
            private_page(StatusCode::OK, &page)
        }
        Err(error) => again(office, loaded, form, &error),
    }
}

async fn send(office: &Office, loaded: &Loaded, form: &FormData) -> Result<HttpResponse> {
    let app = &office.app;
    let (vault, clock) = (app.vault.clone(), Arc::clone(&app.clock));
    let (actor, about) = (
        office.signed_in.staff.actor(),
        loaded.found.consultation.clone(),
    );
    let new = NewMessage {
        id: form.take("id"),
        submission_id: loaded.found.submission_id.clone(),
        words: form.take("words"),
    };
    let written = app
        .database
        .write(move |db| write(db, &vault, &actor, &*clock, &about, &new));
    match written.await {
        Ok(()) => Ok(see_other(&format!("{}?sent=1", action(office, loaded)))),
        Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
            again(office, loaded, form, &error)
        }
        Err(error) => Err(error),
    }
}

/// The form again: nothing that was typed is lost.
fn again(
    office: &Office,
    loaded: &Loaded,
    form: &FormData,
    error: &crate::error::Error,
) -> Result<HttpResponse> {
    let words = Field::wrong(form.take("words"), error.message(office.lang));
    private_page(status_of(error.kind()), &page(office, loaded, words))
}

/// The address of these pages.
pub(super) fn action(office: &Office, loaded: &Loaded) -> String {
    address(office, &loaded.found)
}

/// The address of the correspondence about a submission.
pub(super) fn address(office: &Office, found: &Found) -> String {
    let (slug, id) = (&found.consultation.slug, &found.submission_id);
    office.href(&format!("/c/{slug}/submissions/{id}/messages"))
}
