//! `POST /office/c/{slug}/letters/{id}/contact` and `…/remarks`: putting right what was read out of a
//! letter.

use super::one::{Loaded, load, page_of};
use super::view::correction;
use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::intake::after::correct::{corrected, read_sender};
use crate::intake::form::{Faults, RawForm};
use crate::intake::letters::add::{Addition, add};
use crate::intake::letters::correct::{correct, no_submission};
use crate::intake::model::submission::Sender;
use crate::mail::inbound::Letter as ReadLetter;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted};
use crate::web::office::letters::one::Letter;
use crate::web::office::parts::Choice;
use crate::web::office::requests::Correction;
use crate::web::respond::see_other;
use crate::words::Lang;
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
            let typed = typed(&found.sender, form, &faults, office.lang);
            return again(office, &consultation, &loaded, |page| {
                page.correction = Some(typed);
            });
        }
    };
    let here = here(office, &consultation, &loaded.letter.id);
    save_contact(office, consultation, loaded.letter.id, sender).await?;
    Ok(see_other(&format!("{here}?done=contact")))
}

async fn save_contact(
    office: &Office,
    owner: Consultation,
    id: String,
    sender: Sender,
) -> Result<()> {
    let (actor, clock) = who(office);
    let vault = office.app.vault.clone();
    let work = move |db: &mut Db| correct(db, &vault, &actor, &*clock, &owner, (&id, &sender));
    office.app.database.write(work).await
}

/// What was typed, each fault beside its field.
fn typed(known: &Sender, form: &FormData, faults: &Faults, lang: Lang) -> Correction {
    let mut typed = correction(known);
    typed.name = Field::of(form.take("name"));
    typed.organisation = Field::of(form.take("organisation"));
    typed.phone = Field::of(form.take("phone"));
    typed.email = Field::of(form.take("email"));
    typed.address = Field::of(form.take("address"));
    for (at, field) in typed.fields() {
        let words = faults.of(at);
        field.error = words.map(|words| words.in_lang(lang).to_owned());
    }
    typed
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
    match save_remark(office, consultation.clone(), new, read.letter.clone()).await {
        Ok(_) => {
            let here = here(office, &consultation, &loaded.letter.id);
            Ok(see_other(&format!("{here}?done=remark")))
        }
        Err(error) if error.kind() == Kind::Invalid => {
            again(office, &consultation, &loaded, |page| {
                page.addition = Field::wrong(text, error.message(office.lang));
                choose(&mut page.sections, &section);
            })
        }
        Err(error) => Err(error),
    }
}

async fn save_remark(
    office: &Office,
    owner: Consultation,
    new: Addition,
    letter: ReadLetter,
) -> Result<String> {
    let (actor, clock) = who(office);
    let vault = office.app.vault.clone();
    let work = move |db: &mut Db| add(db, &vault, &actor, &*clock, &owner, (&new, &letter));
    office.app.database.write(work).await
}

fn choose(sections: &mut [Choice], chosen: &str) {
    for choice in sections {
        choice.selected = choice.value == chosen;
    }
}

fn who(office: &Office) -> (Actor, Arc<dyn Clock>) {
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
