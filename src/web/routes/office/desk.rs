//! `GET /office`.

use crate::consultations::find;
use crate::triage::queue::counts;
use crate::web::app::App;
use crate::web::dates;
use crate::web::frame::shown;
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
        let lang = office.lang;
        let all = office
            .app
            .database
            .read(|db| {
                let all = find::all(db)?;
                all.into_iter()
                    .map(|one| counts(db, &one.id).map(|counts| (one, counts)))
                    .collect::<crate::error::Result<Vec<_>>>()
            })
            .await?;
        let now = office.app.clock.now();
        let count = |number: i64| Count(u64::try_from(number).unwrap_or(0));
        let rows = all.into_iter().map(|(one, counts)| Row {
            stage: stage(&one, now),
            window: lang.pick(
                format!(
                    "{}至{}",
                    dates::plain(lang, one.window.opens_on),
                    dates::plain(lang, one.window.closes_on)
                ),
                format!(
                    "{} to {}",
                    dates::plain(lang, one.window.opens_on),
                    dates::plain(lang, one.window.closes_on)
                ),
            ),
            days: office.days(&one),
            slug: one.slug,
            title: one.draft_title,
            submissions: count(counts.submissions),
            remarks: count(counts.remarks),
            open: count(counts.open),
            late: count(counts.late),
        });
        private_page(
            StatusCode::OK,
            &Desk {
                lang,
                layout: office.layout(),
                frame: office.frame(Room::Desk, None),
                rows: rows.collect(),
            },
        )
    })
    .await
}
