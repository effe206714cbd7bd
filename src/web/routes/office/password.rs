//! `/office/password`: one's own.

use super::sign_in::own_address;
use crate::error::{Error, Kind, Result};
use crate::identity::own_password::{Change, Changed, change, check};
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, flash, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::password::{Fault, Field, PasswordPage};
use crate::web::respond::{private_page, see_other, status_of};
use crate::web::staff_session::cookie;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::net::IpAddr;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
    changed: Option<String>,
}

fn page(office: &Office, next: &str, fault: Option<Fault>) -> PasswordPage {
    PasswordPage {
        lang: office.lang,
        layout: office.layout(),
        frame: office.frame(Room::Elsewhere, None),
        login: office.signed_in.staff.login.clone(),
        next: own_address(next).to_owned(),
        must_change: office.signed_in.staff.must_change_password,
        fault,
    }
}

/// The form.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let mut page = page(&office, &asked.next, None);
        if asked.changed.is_some() {
            let done = ("密码已经修改。", "Your password is changed.");
            page.frame.flash = flash(office.lang.pick(done.0, done.1));
        }
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// The form comes in.
pub(super) async fn post(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    let from = app.guardrails.client(&request);
    posted(app, request, body, |office, form| async move {
        let asked = read(&office, &form, from);
        let next = form.get("next");
        if let Err(error) = check(&office.signed_in.staff, &asked) {
            let fault = fault(&office, &error, Field::New);
            return refused(&office, next, StatusCode::UNPROCESSABLE_ENTITY, fault);
        }
        attempt(&office, next, asked).await
    })
    .await
}

fn read(office: &Office, form: &FormData, from: Option<IpAddr>) -> Change {
    Change {
        current: form.take("current"),
        new: form.take("new"),
        again: form.take("again"),
        site_name: office.app.config.site_name.clone(),
        from,
    }
}

/// With a session in hand the present password can be guessed no faster than at the sign-in.
async fn attempt(office: &Office, next: &str, asked: Change) -> Result<HttpResponse> {
    let (app, lang, staff) = (&office.app, office.lang, &office.signed_in.staff);
    let limits = &app.guardrails;
    let taken = match limits.may_try_account(asked.from, &staff.login, None, app.clock.now()) {
        Ok(taken) => taken,
        Err(seconds) => {
            return refused(
                office,
                next,
                StatusCode::TOO_MANY_REQUESTS,
                too_often(lang, seconds),
            );
        }
    };
    let clock = Arc::clone(&app.clock);
    match change(&app.database, &app.hashing, clock, staff, asked).await {
        Ok(Changed::Done { token }) => {
            limits.give_back(taken);
            done(office, next, &token)
        }
        Ok(Changed::Wrong) => refused(office, next, StatusCode::UNPROCESSABLE_ENTITY, wrong(lang)),
        Err(error) if error.kind() == Kind::Busy => {
            limits.give_back(taken);
            let fault = fault(office, &error, Field::Neither);
            refused(office, next, status_of(error.kind()), fault)
        }
        Err(error) => Err(error),
    }
}

fn fault(office: &Office, error: &Error, field: Field) -> Fault {
    let (message, stop) = (error.message(office.lang), office.lang.pick("。", "."));
    Fault {
        words: format!("{message}{stop}"),
        field,
    }
}

fn wrong(lang: Lang) -> Fault {
    let words = lang.pick(
        "现在的密码不对，没有修改。",
        "The present password is wrong; nothing was changed.",
    );
    Fault {
        words: words.to_owned(),
        field: Field::Current,
    }
}

fn too_often(lang: Lang, seconds: u64) -> Fault {
    let minutes = seconds.div_ceil(60);
    Fault {
        words: lang.pick(
            format!("现在的密码输错次数太多，没有修改。请过{minutes}分钟再试。"),
            format!("The present password was wrong too often; nothing was changed. Try again in {minutes} min."),
        ),
        field: Field::Current,
    }
}

fn refused(office: &Office, next: &str, status: StatusCode, fault: Fault) -> Result<HttpResponse> {
    let is_busy = fault.field == Field::Neither;
    let mut response = private_page(status, &page(office, next, Some(fault)))?;
    if is_busy {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    Ok(response)
}

/// The session goes on under a new token.
fn done(office: &Office, next: &str, token: &str) -> Result<HttpResponse> {
    let to = match own_address(next) {
        "" => "/office/password?changed=1",
        inside => inside,
    };
    let mut response = see_other(&format!("{}{to}", office.lang.prefix()));
    response
        .add_cookie(&cookie(&office.app, token))
        .map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(response)
}
