//! `/office/mails`: how the mails stand, and having some sent again.

use crate::db::Db;
use crate::error::Result;
use crate::jobs::queue::office::{Standing, given_up, put_off, standing};
use crate::jobs::retry::{retry, retry_all};
use crate::jobs::whom::{Addressed, addressed};
use crate::web::app::App;
use crate::web::dates::moment_short;
use crate::web::frame::{Office, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::mails::{Mails, Row};
use crate::web::respond::{private_page, see_other};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

const ON_A_PAGE: i64 = 50;

/// What waits and what was given up.
pub(super) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    shown(app, request, |office| async move {
        let known = load(&office).await?;
        private_page(StatusCode::OK, &page(&office, known))
    })
    .await
}

/// Has one mail, or all that were given up, sent again.
pub(super) async fn again(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let id = form.get("id").replace('\0', "");
        let work = move |db: &mut Db| match id.as_str() {
            "all" => retry_all(db, &actor, &*clock).map(|_| ()),
            id => retry(db, &actor, &*clock, id),
        };
        office.app.database.write(work).await?;
        Ok(see_other(&office.href("/mails")))
    })
    .await
}

struct Known {
    standing: Standing,
    given_up: Vec<Addressed>,
    put_off: Vec<Addressed>,
}

async fn load(office: &Office) -> Result<Known> {
    let (vault, now) = (office.app.vault.clone(), office.app.clock.now());
    let work = move |db: &mut Db| {
        let (failed, waiting) = (given_up(db, ON_A_PAGE)?, put_off(db, ON_A_PAGE)?);
        Ok(Known {
            standing: standing(db)?,
            given_up: addressed(db, &vault, failed, now)?,
            put_off: addressed(db, &vault, waiting, now)?,
        })
    };
    office.app.database.read(work).await
}

fn page(office: &Office, known: Known) -> Mails {
    let lang = office.lang;
    let Known {
        standing,
        given_up,
        put_off,
    } = known;
    let listed = i64::try_from(given_up.len()).unwrap_or(i64::MAX);
    let rows = |all: Vec<Addressed>| all.into_iter().map(|one| row(one, lang)).collect();
    Mails {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Mails, None),
        is_set_up: office.app.config.smtp_url.is_some(),
        summary: summary(standing, lang),
        given_up: rows(given_up),
        more: u64::try_from(standing.given_up - listed).unwrap_or(0),
        put_off: rows(put_off),
    }
}

fn summary(standing: Standing, lang: Lang) -> String {
    let Standing {
        waiting,
        put_off,
        given_up,
    } = standing;
    lang.pick(
        format!("等待发送{waiting}封，其中{put_off}封发送失败、正在重试；停止重试{given_up}封。"),
        format!(
            "{waiting} waiting, {put_off} of these failed and being retried; {given_up} abandoned."
        ),
    )
}

fn row(one: Addressed, lang: Lang) -> Row {
    Row {
        what: one.failed.kind.word(lang),
        title: one.title,
        to: one.to.unwrap_or_else(|| {
            let unknown = lang.pick("（收件人暂时无法读取）", "(recipient cannot be read)");
            unknown.to_owned()
        }),
        reason: one.failed.reason.words(lang),
        when: moment_short(one.failed.at),
        id: one.failed.id,
    }
}
