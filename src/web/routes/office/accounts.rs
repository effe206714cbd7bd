//! `GET /office/accounts`: sign-ins, failures, sign-outs, passwords and changes of accounts.

use super::audit::{Wanted, moment, who};
use crate::audit::model::{Action, Event};
use crate::audit::record::{actors, page};
use crate::db::Db;
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::frame::{Office, shown};
use crate::web::office::accounts::{Accounts, Row};
use crate::web::office::frame::Room;
use crate::web::office::parts::{Choice, Paging};
use crate::web::respond::private_page;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};

/// The key of events that belong to no consultation.
const NOBODYS: &str = "";
const ON_A_PAGE: usize = 50;

/// What was done with accounts, newest first.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let Wanted { who, before } = wanted.into_inner();
    let who = who.replace('\0', "");
    shown(app, request, |office| async move {
        if !office.may_see_accounts() {
            return Err(Error::new(
                Kind::Forbidden,
                "登录与账号记录只供管理员和审计人员查看",
                "sign-ins and changes of accounts are for administrators and auditors",
            ));
        }
        let (mut events, names) = load(&office, who.clone(), before).await?;
        let more = events.len() > ON_A_PAGE;
        events.truncate(ON_A_PAGE);
        private_page(StatusCode::OK, &fill(&office, &who, &names, &events, more))
    })
    .await
}

/// A page of the record and one entry more, and everybody who is in it.
async fn load(office: &Office, who: String, before: String) -> Result<(Vec<Event>, Vec<String>)> {
    let work = move |db: &mut Db| {
        let who = Some(who.as_str()).filter(|who| !who.is_empty());
        let before = Some(before.as_str()).filter(|before| crate::ids::is_id(before));
        let limit = i64::try_from(ON_A_PAGE + 1).map_err(Error::internal)?;
        let names = actors(db, NOBODYS)?;
        let events = page(db, NOBODYS, who, before, limit)?;
        Ok((events, names))
    };
    office.app.database.read(work).await
}

fn fill(office: &Office, chosen: &str, names: &[String], events: &[Event], more: bool) -> Accounts {
    let lang = office.lang;
    let everybody = Choice::new("", lang.pick("全部", "Everybody"), chosen);
    let one = |name: &String| Choice::new(name, name, chosen);
    let next = events.last().filter(|_| more).map(|event| {
        let kept = serde_urlencoded::to_string([("who", chosen), ("before", &event.id)]);
        format!("{}?{}", office.href("/accounts"), kept.unwrap_or_default())
    });
    Accounts {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Accounts, None),
        who: std::iter::once(everybody)
            .chain(names.iter().map(one))
            .collect(),
        rows: events.iter().map(|event| row(event, lang)).collect(),
        paging: Paging {
            previous: None,
            next,
        },
    }
}

fn row(event: &Event, lang: Lang) -> Row {
    let text = |key: &str| event.detail.get(key).and_then(serde_json::Value::as_str);
    // Whose sign-in failed is not known to be that person: the name stands beside the login only.
    let person = match event.action == Action::SignInFailed.code() {
        true => lang.pick("未登录的人", "somebody not signed in").to_owned(),
        false => who(event, lang),
    };
    let login = text("login").or_else(|| {
        let failed = event.action == Action::SignInFailed.code();
        Some(event.actor_name.as_str()).filter(|_| failed)
    });
    Row {
        when: moment(event),
        who: person,
        what: Action::in_words(&event.action, lang),
        login: login.unwrap_or_default().to_owned(),
        address: text("address")
            .or_else(|| text("from"))
            .unwrap_or_default()
            .to_owned(),
    }
}
