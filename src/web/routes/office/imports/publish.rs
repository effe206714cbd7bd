//! Publishing an import, and taking it back before its hour.

use super::check::again;
use super::{load, seen};
use crate::clock::beijing;
use crate::error::{Error, Kind, Result};
use crate::imports::publish::{Order, publish as publish_new, withdraw as take_back};
use crate::imports::revise::revise;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted};
use crate::web::respond::{see_other, status_of};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::sync::Arc;

/// Publishes now or at the time that was given.
pub(super) async fn publish(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        match published(&office, &id, &form).await {
            Ok(()) => Ok(see_other(&office.href(&format!("/imports/{id}/check")))),
            Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict) => {
                again(&office, &id, &form, &error, status_of(error.kind())).await
            }
            Err(error) => Err(error),
        }
    })
    .await
}

/// Takes back what waits for its hour.
pub(super) async fn withdraw(
    app: Data<App>,
    request: HttpRequest,
    id: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let (import, seen) = (id.clone(), seen(&form));
        let database = &office.app.database;
        database
            .write(move |db| take_back(db, &actor, &*clock, &import, seen))
            .await?;
        Ok(see_other(&office.href(&format!("/imports/{id}/check"))))
    })
    .await
}

async fn published(office: &Office, id: &str, form: &FormData) -> Result<()> {
    let at = at(office, form)?;
    let loaded = load(office, id).await?;
    let mut order = Order {
        import: loaded.import,
        outline: loaded.outline,
        at,
    };
    // The page the button stood on, not what was stored since.
    order.import.revision = seen(form);
    let actor = office.signed_in.staff.actor();
    let (vault, clock) = (office.app.vault.clone(), Arc::clone(&office.app.clock));
    let note = form.take("note");
    let database = &office.app.database;
    database
        .write(move |db| {
            if order.import.consultation_id.is_some() {
                revise(db, &actor, &*clock, &order, &note)
            } else {
                publish_new(db, &vault, &actor, &*clock, &order)
            }
        })
        .await?;
    office.app.pages.clear();
    Ok(())
}

/// From when readers are to see it; `None` for at once.
fn at(office: &Office, form: &FormData) -> Result<Option<Timestamp>> {
    if form.get("when") != "later" {
        return Ok(None);
    }
    let day: Option<Date> = form.get("day").trim().parse().ok();
    let time: Option<Time> = match form.get("time").trim() {
        "" => Some(Time::midnight()),
        time => time.parse().ok(),
    };
    let (Some(day), Some(time)) = (day, time) else {
        return Err(Error::invalid(
            "请填写发布的日期和时间，例如 2025-05-29 和 09:00",
            "give the day and the time, such as 2025-05-29 and 09:00",
        ));
    };
    let at = day
        .to_datetime(time)
        .to_zoned(beijing())
        .map_err(Error::internal)?
        .timestamp();
    if at <= office.app.clock.now() {
        return Err(Error::invalid(
            "这个时间已经过去了，请选一个以后的时间，或者选“现在”发布",
            "this time is past; choose a later one, or publish now",
        ));
    }
    Ok(Some(at))
}
