//! `POST /office/c/{slug}/letters/{id}/decide`: what a person decides about a letter that was held
//! back. It posts `csrf` and `act`: `read`, `comment`, `down` or `up`. And
//! `POST /office/mailboxes/assign`: which consultation a letter is for that named none.

use crate::audit::model::Actor;
use crate::clock::Clock;
use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::intake::email::Received;
use crate::intake::letters::held::{Again, Booked, replay, set_down, take_up};
use crate::intake::mailrooms::Mailrooms;
use crate::web::app::App;
use crate::web::frame::{Office, posted};
use crate::web::respond::see_other;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Has the letter read again, registers it all the same, puts it down or takes it up.
pub(super) async fn decide(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let here = office.href(&format!("/c/{slug}/letters/{id}"));
        let owner = consultation.id.clone();
        let done = match form.get("act") {
            "read" => read_again(&office, consultation, owner, id, Again::Read).await?,
            "comment" => read_again(&office, consultation, owner, id, Again::AsComment).await?,
            "down" => lay(&office, owner, id, set_down, "down").await?,
            "up" => lay(&office, owner, id, take_up, "up").await?,
            _ => return Err(unknown()),
        };
        Ok(see_other(&format!("{here}?done={done}")))
    })
    .await
}

/// Reads a letter that named no consultation for the one that a person chose.
pub(in super::super) async fn assign(
    app: Data<App>,
    request: HttpRequest,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = (form.get("consultation"), form.get("letter").to_owned());
        let consultation = office.consultation(slug).await?;
        let here = office.href(&format!("/c/{slug}/letters/{id}"));
        let nobodys = String::new();
        let done = read_again(&office, consultation, nobodys, id, Again::Read).await?;
        Ok(see_other(&format!("{here}?done={done}")))
    })
    .await
}

/// Reads the letter once more; answers what came of it, as a code for the page.
async fn read_again(
    office: &Office,
    consultation: Consultation,
    owner: String,
    id: String,
    again: Again,
) -> Result<&'static str> {
    let rooms = rooms(office);
    let actor = office.signed_in.staff.actor();
    let work = actix_web::web::block(move || {
        let room = rooms.of(&consultation)?;
        let booked = Booked {
            consultation_id: &owner,
            id: &id,
        };
        replay(&room, booked, &actor, again)
    });
    Ok(match work.await.map_err(Error::internal)?? {
        Received::Registered { .. } => "registered",
        Received::Supplement { .. } => "supplement",
        Received::Duplicate => "duplicate",
        Received::Quarantined { .. } => "held",
    })
}

fn rooms(office: &Office) -> Mailrooms {
    let app = &office.app;
    Mailrooms::new(
        app.config.clone(),
        app.database.clone(),
        app.storage.clone(),
        app.vault.clone(),
        Arc::clone(&app.clock),
    )
}

type Laying = fn(&mut Db, &Actor, &dyn Clock, Booked<'_>) -> Result<()>;

async fn lay(
    office: &Office,
    owner: String,
    id: String,
    verb: Laying,
    done: &'static str,
) -> Result<&'static str> {
    let actor = office.signed_in.staff.actor();
    let clock = Arc::clone(&office.app.clock);
    let work = office.app.database.write(move |db| {
        let booked = Booked {
            consultation_id: &owner,
            id: &id,
        };
        verb(db, &actor, &*clock, booked)
    });
    work.await.map(|()| done)
}

fn unknown() -> Error {
    Error::invalid(
        "没有选择如何办理这封邮件，请刷新页面后点其中一个按钮",
        "the form does not say what to do; load the page again and press one of its buttons",
    )
}
