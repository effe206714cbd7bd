//! Entering what came by phone, letter or visit: through the same door as everything else.

use super::sections::places;
use crate::clock::beijing;
use crate::consultations::model::Consultation;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::intake::form::{Faults, FormField, Rules, read};
use crate::intake::model::submission::{Channel, NewSubmission, ReceivedBasis};
use crate::intake::submit::submit;
use crate::triage::find;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted, shown_to_change};
use crate::web::office::entry::{Entry, Fields};
use crate::web::office::frame::Room;
use crate::web::respond::{private_page, see_other};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::sync::Arc;

/// The empty form, with today's date.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    shown_to_change(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let today = office.app.clock.now().to_zoned(beijing()).date();
        let fields = Fields {
            received_on: Field::of(today.to_string()),
            sender_kind: Field::of("person"),
            ..Fields::default()
        };
        let once = crate::ids::new_id(office.app.clock.now())?;
        page(
            &office,
            &consultation,
            fields,
            ("", None),
            once,
            StatusCode::OK,
        )
        .await
    })
    .await
}

/// Registers a submission; 422 with everything kept when something is missing.
pub(super) async fn register(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        office.signed_in.staff.actor().must_be_able_to_change()?;
        let consultation = office.consultation(&slug).await?;
        match enter(&office, &consultation, &form).await {
            Ok(address) => Ok(see_other(&address)),
            Err(Refused::Form(wrong)) => {
                let said = |field: FormField| {
                    wrong
                        .faults
                        .of(field)
                        .map(|message| message.in_lang(office.lang).to_owned())
                };
                let section = (form.get("section"), said(FormField::Section));
                let fields = filled(&form, &wrong, office.lang, &said);
                let once = form.take("once");
                page(
                    &office,
                    &consultation,
                    fields,
                    section,
                    once,
                    StatusCode::UNPROCESSABLE_ENTITY,
                )
                .await
            }
            Err(Refused::Other(error)) => Err(error),
        }
    })
    .await
}

/// What is wrong with the form, with the two things only staff are asked.
#[derive(Default)]
struct Wrong {
    faults: Faults,
    channel: Option<Error>,
    received_on: Option<Error>,
    received_at: Option<Error>,
}

enum Refused {
    Form(Box<Wrong>),
    Other(Error),
}

async fn enter(
    office: &Office,
    consultation: &Consultation,
    form: &FormData,
) -> std::result::Result<String, Refused> {
    let now = office.app.clock.now();
    let mut wrong = Wrong::default();
    let channel =
        Channel::parse(form.get("channel")).filter(|channel| Channel::DESK.contains(channel));
    if channel.is_none() {
        wrong.channel = Some(Error::invalid("请选择渠道", "Choose a channel"));
    }
    let received = received(form, now, &mut wrong);
    let read = read(
        &form.submission(),
        Rules::Desk,
        channel.unwrap_or(Channel::Phone),
        ReceivedBasis::Desk,
        received.unwrap_or(now),
    );
    let refused =
        wrong.channel.is_some() || wrong.received_on.is_some() || wrong.received_at.is_some();
    let mut input = match read {
        Ok(input) if !refused => input,
        Ok(_) => return Err(Refused::Form(Box::new(wrong))),
        Err(faults) => return Err(Refused::Form(Box::new(Wrong { faults, ..wrong }))),
    };
    // Two callers may say the same words, so the opening of the form counts too; and a form that is
    // gone back to and filled in for the next caller is another submission, so its words count.
    input.same_as.extend(["desk".to_owned(), form.take("once")]);
    match send(office, consultation, input).await {
        Ok(address) => Ok(address),
        Err(error) if error.kind() == Kind::Invalid => {
            wrong.faults.add(FormField::Section, error.both().clone());
            Err(Refused::Form(Box::new(wrong)))
        }
        Err(error) => Err(Refused::Other(error)),
    }
}

async fn send(
    office: &Office,
    consultation: &Consultation,
    input: NewSubmission,
) -> Result<String> {
    let (vault, clock) = (office.app.vault.clone(), Arc::clone(&office.app.clock));
    let (actor, owner) = (office.signed_in.staff.actor(), consultation.clone());
    let remark = office
        .app
        .database
        .write(move |db| {
            let done = submit(db, &vault, &actor, &*clock, &owner, &input)?;
            let remarks = find::of_submission(db, &owner.id, &done.submission_id)?;
            Ok(remarks.into_iter().next().map(|remark| remark.id))
        })
        .await?;
    let below = remark
        .map(|id| format!("/{id}?entered=1"))
        .unwrap_or_default();
    Ok(office.href(&format!("/c/{}/remarks{below}", consultation.slug)))
}

/// The stated day and time in Beijing; without a time, noon. Not in the future.
fn received(form: &FormData, now: Timestamp, wrong: &mut Wrong) -> Option<Timestamp> {
    let Ok(day) = form.get("received_on").trim().parse::<Date>() else {
        wrong.received_on = Some(Error::invalid(
            "请填写收到的日期，例如 2025-06-10",
            "Give the day it came, such as 2025-06-10",
        ));
        return None;
    };
    let time = match form.get("received_at").trim() {
        "" => Some(Time::constant(12, 0, 0, 0)),
        text => text.parse::<Time>().ok(),
    };
    let Some(time) = time else {
        wrong.received_at = Some(Error::invalid(
            "请填写时间，例如 09:30",
            "Give the time, such as 09:30",
        ));
        return None;
    };
    let today = now.to_zoned(beijing()).date();
    let at = day.to_datetime(time).to_zoned(beijing());
    let at = at.ok().map(|zoned| zoned.timestamp());
    let stated = !form.get("received_at").trim().is_empty();
    let Some(at) = at.filter(|at| day <= today && (*at <= now || !stated)) else {
        wrong.received_on = Some(Error::invalid(
            "收到的时间不能晚于现在，请改正",
            "It cannot have come later than now; correct the time",
        ));
        return None;
    };
    Some(at.min(now))
}

fn filled(
    form: &FormData,
    wrong: &Wrong,
    lang: Lang,
    said: &dyn Fn(FormField) -> Option<String>,
) -> Fields {
    let kept = |name: &str, error: Option<String>| Field {
        value: form.take(name),
        error,
    };
    let own = |error: &Option<Error>| error.as_ref().map(|error| error.message(lang).to_owned());
    Fields {
        channel: kept("channel", own(&wrong.channel)),
        received_on: kept("received_on", own(&wrong.received_on)),
        received_at: kept("received_at", own(&wrong.received_at)),
        text: kept("text", said(FormField::Text)),
        sender_kind: kept("sender_kind", said(FormField::SenderKind)),
        name: kept("name", said(FormField::Name)),
        organisation: kept("organisation", said(FormField::Organisation)),
        phone: kept("phone", said(FormField::Phone)),
        email: kept("email", said(FormField::Email)),
        address: kept("address", said(FormField::Address)),
    }
}

async fn page(
    office: &Office,
    consultation: &Consultation,
    fields: Fields,
    (section, section_error): (&str, Option<String>),
    once: String,
    status: StatusCode,
) -> Result<HttpResponse> {
    let (id, version) = (consultation.id.clone(), consultation.version);
    let sections = office
        .app
        .database
        .read(move |db| published::sections(db, &id, version))
        .await?;
    let place = office.place(consultation);
    private_page(
        status,
        &Entry {
            lang: office.lang,
            layout: office.layout(),
            frame: office.frame(Room::Entry, Some(place.clone())),
            place,
            fields,
            sections: places(&sections, section, office.lang),
            section_error,
            once,
        },
    )
}
