//! Saving an outcome, and moving a remark to another section.

use super::remark::{load, note_view};
use super::remark_view::fill;
use crate::consultations::model::Consultation;
use crate::error::{Error, Kind, Result};
use crate::responses::answer::{NewAnswer, answer as give, check_reason};
use crate::responses::model::Outcome;
use crate::triage::find;
use crate::triage::move_remark::{Move, move_remark};
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted};
use crate::web::office::marks;
use crate::web::office::remark::Theirs;
use crate::web::respond::{private_page, see_other, status_of};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// `POST …/outcome`: 303 back to the remark; 422 when the reason is missing, 409 when a colleague
/// was first, both with everything kept.
pub(super) async fn answer(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        office.signed_in.staff.actor().must_be_able_to_change()?;
        let outcome = Outcome::parse(form.get("outcome"))
            .map_err(|_| Error::invalid("请选择采纳情况", "Choose an outcome"));
        let faults = (
            outcome.as_ref().err(),
            check_reason(form.get("reason")).err(),
        );
        if let (None, None) = faults {
            let new = NewAnswer {
                consultation_id: consultation.id.clone(),
                remark_id: id.clone(),
                outcome: outcome?,
                reason: form.take("reason"),
                seen_revision: form.get("revision").parse().unwrap_or(0),
            };
            match save(&office, new).await {
                Ok(()) => {
                    return Ok(see_other(
                        &after(&office, &consultation, id, form.get("then")).await?,
                    ));
                }
                Err(error) if error.kind() == Kind::Conflict => {
                    return again(
                        &office,
                        &consultation,
                        id,
                        &form,
                        Kind::Conflict,
                        (None, None),
                    )
                    .await;
                }
                Err(error) => return Err(error),
            }
        }
        let said = (
            faults.0.map(|error| message(&office, error)),
            faults.1.map(|error| message(&office, &error)),
        );
        again(&office, &consultation, id, &form, Kind::Invalid, said).await
    })
    .await
}

fn message(office: &Office, error: &Error) -> String {
    error.message(office.lang).to_owned()
}

/// Where the office goes on: to the next remark without an outcome when it asked for that and
/// there is one, else back to this one.
async fn after(
    office: &Office,
    consultation: &Consultation,
    id: String,
    then: &str,
) -> Result<String> {
    let base = format!("/c/{}/remarks", consultation.slug);
    if then != "next" {
        return Ok(office.href(&format!("{base}/{id}?saved=1")));
    }
    let (owner, from) = (consultation.id.clone(), id.clone());
    let (number, next) = office
        .app
        .database
        .read(move |db| {
            let saved = find::remark(db, &owner, &from)?;
            let number = find::number(db, &owner, &saved)?;
            Ok((number, find::next_unanswered(db, &owner, &from)?))
        })
        .await?;
    Ok(match next {
        Some(next) => office.href(&format!("{base}/{next}?after={number}")),
        None => office.href(&format!("{base}/{id}?saved=1&last=1")),
    })
}

async fn save(office: &Office, new: NewAnswer) -> Result<()> {
    let (actor, clock) = (
        office.signed_in.staff.actor(),
        Arc::clone(&office.app.clock),
    );
    office
        .app
        .database
        .write(move |db| give(db, &actor, &*clock, &new))
        .await
}

/// The remark's page with what was typed, and what stands in its way.
async fn again(
    office: &Office,
    consultation: &Consultation,
    id: String,
    form: &FormData,
    kind: Kind,
    (outcome_error, reason_error): (Option<String>, Option<String>),
) -> Result<HttpResponse> {
    let loaded = load(office, consultation, id).await?;
    note_view(office, consultation, &loaded).await?;
    let mut page = fill(office, consultation, &loaded);
    page.form.chosen = marks::Outcome::from_code(form.get("outcome"));
    page.form.outcome_error = outcome_error;
    page.form.reason = Field {
        value: form.take("reason"),
        error: reason_error,
    };
    if kind == Kind::Conflict {
        page.form.theirs = loaded.answer.as_ref().map(|answer| Theirs {
            who: answer.decided_by_name.clone(),
            when: moment_short(answer.decided_at),
            outcome: marks::Outcome::of(Some(answer.outcome)),
            reason: answer.reason.clone(),
        });
    }
    private_page(status_of(kind), &page)
}

/// `POST …/section`: puts the remark on another section.
pub(super) async fn move_to(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let anchor = Some(form.take("section")).filter(|anchor| !anchor.is_empty());
        let to = Move {
            consultation_id: consultation.id.clone(),
            remark_id: id.clone(),
            version: consultation.version,
            anchor,
            seen_revision: form.get("revision").parse().unwrap_or(0),
        };
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let moved = office
            .app
            .database
            .write(move |db| move_remark(db, &actor, &*clock, &to))
            .await;
        match moved {
            Ok(()) => Ok(see_other(
                &office.href(&format!("/c/{slug}/remarks/{id}?moved=1")),
            )),
            Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
                let loaded = load(&office, &consultation, id).await?;
                note_view(&office, &consultation, &loaded).await?;
                let mut page = fill(&office, &consultation, &loaded);
                page.move_form.error = Some(message(&office, &error));
                private_page(status_of(error.kind()), &page)
            }
            Err(error) => Err(error),
        }
    })
    .await
}
