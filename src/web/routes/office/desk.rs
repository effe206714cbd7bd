//! `GET /office`.

use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::error::Result;
use crate::triage::model::Counts;
use crate::triage::queue::counts;
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

/// Every consultation with what is still to be done.
pub(super) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    shown(app, request, |office| async move {
        let now = office.app.clock.now();
        let counted = office.app.database.read(move |db| {
            let all = find::all(db, now)?.into_iter();
            all.map(|one| counts(db, &one.id).map(|counts| (one, counts)))
                .collect::<Result<Vec<_>>>()
        });
        let rows = counted.await?.into_iter();
        let page = Desk {
            lang: office.lang,
            layout: office.layout(),
            frame: office.frame(Room::Desk, None),
            rows: rows
                .map(|(one, counts)| row(&office, one, &counts))
                .collect(),
        };
        private_page(StatusCode::OK, &page)
    })
    .await
}

fn row(office: &Office, one: Consultation, counts: &Counts) -> Row {
    let lang = office.lang;
    let count = |number: i64| Count(u64::try_from(number).unwrap_or(0));
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
        submissions: count(counts.submissions),
        remarks: count(counts.remarks),
        open: count(counts.open),
        late: count(counts.late),
    }
}
