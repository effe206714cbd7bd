//! `GET /office`.

use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::counts::find::overviews;
use crate::counts::model::Overview;
use crate::web::app::App;
use crate::web::dates;
use crate::web::frame::{Office, shown};
use crate::web::office::desk::{Desk, Row};
use crate::web::office::frame::Room;
use crate::web::office::parts::Count;
use crate::web::public::stage::stage;
use crate::web::respond::private_page;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

/// Every consultation with what is still to be done.
pub(super) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    shown(app, request, |office| async move {
        let now = office.app.clock.now();
        let counted = office
            .app
            .database
            .read(move |db| Ok((find::all(db, now)?, overviews(db)?)));
        let (all, counts) = counted.await?;
        let page = Desk {
            lang: office.lang,
            layout: office.layout(),
            frame: office.frame(Room::Desk, None),
            silent_proxies: silent_proxies(&office, now),
            rows: all
                .into_iter()
                .map(|one| {
                    let counts = counts.get(&one.id).copied().unwrap_or_default();
                    row(&office, one, counts)
                })
                .collect(),
        };
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// The proxies that forward no address, in words; empty when all do.
fn silent_proxies(office: &Office, now: Timestamp) -> String {
    let silent = office.app.guardrails.silent_proxies(now).into_iter();
    let silent: Vec<String> = silent.map(|proxy| proxy.to_string()).collect();
    silent.join(office.lang.pick("、", ", "))
}

fn row(office: &Office, one: Consultation, counts: Overview) -> Row {
    let lang = office.lang;
    let (opens, closes) = (
        dates::plain(lang, one.window.opens_on),
        dates::plain(lang, one.window.closes_on),
    );
    Row {
        stage: stage(&one, office.app.clock.now()),
        window: lang.pick(format!("{opens}至{closes}"), format!("{opens} to {closes}")),
        days: office.days(&one),
        slug: one.slug,
        title: one.draft_title,
        submissions: Count(counts.submissions),
        remarks: Count(counts.remarks),
        open: Count(counts.open),
        late: Count(counts.late),
    }
}
