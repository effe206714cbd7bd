//! `GET /office/requests`.

use crate::clock::beijing;
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::privacy::requests::find::work_list;
use crate::privacy::requests::model::{Done, Request};
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, flash, shown};
use crate::web::office::frame::Room;
use crate::web::office::requests::{Requests, Row};
use crate::web::respond::private_page;
use crate::words::{Lang, several};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Just {
    done: Option<String>,
}

/// What waits, and what was dealt with.
pub(super) async fn show(app: Data<App>, request: HttpRequest, just: Query<Just>) -> HttpResponse {
    shown(app, request, |office| async move {
        let now = office.app.clock.now();
        let read = office.app.database.read(move |db| {
            let (waiting, done) = work_list(db)?;
            Ok((waiting, done, find::all(db, now)?))
        });
        let (waiting, done, all) = read.await?;
        let rows = |requests: &[Request]| {
            let rows = requests.iter().map(|request| row(&office, request, &all));
            rows.collect()
        };
        let mut frame = office.frame(Room::Requests, None);
        let said = office.lang.pick("已办结。", "Dealt with.");
        frame.flash = just.done.as_ref().and_then(|_| flash(said));
        let page = Requests {
            lang: office.lang,
            layout: office.layout(),
            frame,
            waiting: rows(&waiting),
            done: rows(&done),
        };
        private_page(StatusCode::OK, &page)
    })
    .await
}

fn row(office: &Office, request: &Request, all: &[Consultation]) -> Row {
    let mut known = all.iter();
    let about = known.find(|one| one.id == request.consultation_id);
    Row {
        href: office.href(&format!("/requests/{}", request.id)),
        what: request.kind.word(office.lang).to_owned(),
        about: about.map(|one| one.draft_title.clone()).unwrap_or_default(),
        asked: moment_short(request.asked_at),
        stands: match &request.done {
            Some(done) => ended(done, office.lang),
            None => waited(office, request),
        },
    }
}

/// Who dealt with it and when.
pub(super) fn ended(done: &Done, lang: Lang) -> String {
    let (by, when) = (&done.by, moment_short(done.at));
    lang.pick(format!("{by}，{when}办结"), format!("{by}, {when}"))
}

fn waited(office: &Office, request: &Request) -> String {
    let day = |at: jiff::Timestamp| at.to_zoned(beijing()).date();
    let (today, asked) = (day(office.app.clock.now()), day(request.asked_at));
    let days = today.since(asked).map_or(0, |span| span.get_days());
    match days {
        0 => office.lang.pick("今天提出", "asked today").to_owned(),
        days => office.lang.pick(
            format!("已等{days}天"),
            format!("waiting for {}", several(days, "day")),
        ),
    }
}
