//! What the office states about a new consultation.

use super::edits::save as store;
use super::{load, seen, steps};
use crate::consultations::facts::{FactsForm, Flaw};
use crate::error::Result;
use crate::imports::change::Change;
use crate::imports::model::State;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::imports::{FactsFields, FactsPage, Step};
use crate::web::respond::{private_page, see_other};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

/// The form, with what the notice says in it.
pub(super) async fn show(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown(app, request, |office| async move {
        let loaded = load(&office, &id).await?;
        let facts = loaded.import.facts.clone();
        page(&office, &loaded, &facts, &[], StatusCode::OK)
    })
    .await
}

/// Keeps what was typed, when it is sound.
pub(super) async fn save(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let facts = typed(&form);
        if let Err(flaws) = facts.check() {
            let loaded = load(&office, &id).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&office, &loaded, &facts, &flaws, status);
        }
        store(&office, &id, seen(&form), Change::Facts(Box::new(facts))).await?;
        Ok(see_other(&office.href(&format!("/imports/{id}/check"))))
    })
    .await
}

fn typed(form: &FormData) -> FactsForm {
    FactsForm {
        slug: form.take("slug"),
        title: form.take("title"),
        draft_title: form.take("draft_title"),
        issuer: form.take("issuer"),
        issued_on: form.take("issued_on"),
        opens_on: form.take("opens_on"),
        closes_on: form.take("closes_on"),
        short_reason: form.take("short_reason"),
        person: form.take("person"),
        phone: form.take("phone"),
        email: form.take("email"),
        address: form.take("address"),
        channels: form.take("channels"),
    }
}

fn fields(facts: &FactsForm) -> FactsFields {
    FactsFields {
        title: Field::of(&facts.title),
        draft_title: Field::of(&facts.draft_title),
        issuer: Field::of(&facts.issuer),
        issued_on: Field::of(&facts.issued_on),
        opens_on: Field::of(&facts.opens_on),
        closes_on: Field::of(&facts.closes_on),
        short_reason: Field::of(&facts.short_reason),
        person: Field::of(&facts.person),
        phone: Field::of(&facts.phone),
        email: Field::of(&facts.email),
        address: Field::of(&facts.address),
        channels: Field::of(&facts.channels),
        slug: Field::of(&facts.slug),
    }
}

fn page(
    office: &Office,
    loaded: &super::Loaded,
    facts: &FactsForm,
    flaws: &[Flaw],
    status: StatusCode,
) -> Result<HttpResponse> {
    let mut fields = fields(facts);
    for flaw in flaws {
        if let Some(field) = fields.by_name(flaw.field) {
            field.error = Some(flaw.message.in_lang(office.lang).to_owned());
        }
    }
    let notice = loaded.outline.notice.as_ref();
    let found = notice.and_then(|notice| notice.window.as_ref());
    let import = &loaded.import;
    let page = FactsPage {
        lang: office.lang,
        layout: office.layout(),
        frame: office.frame(Room::Imports, None),
        steps: steps(import, Step::Facts),
        open: import.state(office.app.clock.now()) == State::Preparing,
        revision: import.revision,
        fields,
        window_words: found.map(|found| (found.raw.clone(), found.line)),
    };
    private_page(status, &page)
}
