//! `POST /office/c/{slug}/letters/{id}/contact` and `…/remarks`: putting right what was read out of a
//! letter.

use super::one::{Loaded, load, page_of};
use super::view::correction;
use crate::consultations::model::Consultation;
use crate::error::{Error, Kind, Result};
use crate::intake::after::correct::{corrected, read_sender};
use crate::intake::form::RawForm;
use crate::intake::letters::add::{Addition, add};
use crate::intake::letters::correct::{correct, no_submission};
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted};
use crate::web::office::letters::one::Letter;
use crate::web::office::parts::Choice;
use crate::web::respond::see_other;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Other contact details in the place of those that were read.
pub(super) async fn contact(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let loaded = load(&office, &consultation, id).await?;
        change_contact(&office, consultation, loaded, &form).await
    })
    .await
}

/// Words of the letter as one more remark.
pub(super) async fn remark(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let loaded = load(&office, &consultation, id).await?;
        add_remark(&office, consultation, loaded, &form).await
    })
    .await
}

async fn change_contact(
    office: &Office,
    consultation: Consultation,
    loaded: Loaded,
    form: &FormData,
) -> Result<HttpResponse> {
    let Some(found) = &loaded.found else {
        return Err(no_submission());
    };
    let raw = RawForm {
        sender_kind: found.sender.kind.code().to_owned(),
        ..form.submission()
    };
    let sender = match read_sender(&raw, office.app.clock.now()) {
        Ok(read) => corrected(&found.sender, read),
        Err(faults) => {
            return again(office, &consultation, &loaded, |page| {
                let mut typed = correction(&found.sender);
                typed.name = Field::of(form.take("name"));
                typed.organisation = Field::of(form.take("organisation"));
                typed.phone = Field::of(form.take("phone"));
                typed.email = Field::of(form.take("email"));
                typed.address = Field::of(form.take("address"));
                for (at, field) in typed.fields() {
                    let words = faults.of(at);
                    field.error = words.map(|words| words.in_lang(office.lang).to_owned());
                }
                page.correction = Some(typed);
            });
        }
    };
    let (actor, clock) = who(office);
    let (vault, id) = (office.app.vault.clone(), loaded.letter.id.clone());
    let here = here(office, &consultation, &id);
    let work = office
        .app
        .database
        .write(move |db| correct(db, &vault, &actor, &*clock, &consultation, (&id, &sender)));
    work.await?;
    Ok(see_other(&format!("{here}?done=contact")))
}

async fn add_remark(
    office: &Office,
    consultation: Consultation,
    loaded: Loaded,
    form: &FormData,
) -> Result<HttpResponse> {
    let Some(read) = &loaded.read else {
        return Err(no_submission());
    };
    let (text, section) = (form.take("text"), form.get("section").to_owned());
    let new = Addition {
        letter_id: loaded.letter.id.clone(),
        text: text.clone(),
        anchor: Some(section.clone()).filter(|anchor| !anchor.is_empty()),
    };
    let (actor, clock) = who(office);
    let (vault, letter, owner) = (
        office.app.vault.clone(),
        read.letter.clone(),
        consultation.clone(),
    );
    let here = here(office, &consultation, &loaded.letter.id);
    let work = office
        .app
        .database
        .write(move |db| add(db, &vault, &actor, &*clock, &owner, (&new, &letter)));
    match work.await {
        Ok(_) => Ok(see_other(&format!("{here}?done=remark"))),
        Err(error) if error.kind() == Kind::Invalid => {
            again(office, &consultation, &loaded, |page| {
                page.addition = Field::wrong(text, error.message(office.lang));
                choose(&mut page.sections, &section);
            })
        }
        Err(error) => Err(error),
    }
}

fn choose(sections: &mut [Choice], chosen: &str) {
    for choice in sections {
        choice.selected = choice.value == chosen;
    }
}

fn who(office: &Office) -> (crate::audit::model::Actor, Arc<dyn crate::clock::Clock>) {
    let actor = office.signed_in.staff.actor();
    (actor, Arc::clone(&office.app.clock))
}

fn here(office: &Office, consultation: &Consultation, id: &str) -> String {
    office.href(&format!("/c/{}/letters/{id}", consultation.slug))
}

/// The page again, with what was typed and what is wrong with it.
fn again(
    office: &Office,
    consultation: &Consultation,
    loaded: &Loaded,
    change: impl FnOnce(&mut Letter),
) -> Result<HttpResponse, Error> {
    page_of(
        office,
        consultation,
        loaded,
        StatusCode::UNPROCESSABLE_ENTITY,
        change,
    )
}
