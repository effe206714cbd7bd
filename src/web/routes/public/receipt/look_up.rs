//! `GET /r`, `POST /r`: the look-up by receipt number and contact.

use super::door::came;
use crate::error::{Error, Result};
use crate::intake::after::look_up::look_up as find_out;
use crate::intake::model::receipt::normalise;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::limits::{Action, Verdict, too_often};
use crate::web::public::lookup::LookupPage;
use crate::web::receipt_pass::pass;
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::{language, layout};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// Longest number or contact that is looked at, in characters.
const LONGEST: usize = 200;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    number: String,
}

/// The pass was over when something was sent.
pub(super) struct Expired {
    /// What was written, given back.
    pub(super) typed: Option<String>,
}

/// The form; the number may be filled in by the address.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    asked: Query<Asked>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    private_page(StatusCode::OK, &form(&app, lang, &asked.number, None))
        .unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// The form with a number filled in.
pub(super) fn form(app: &App, lang: Lang, number: &str, expired: Option<Expired>) -> LookupPage {
    LookupPage {
        lang,
        layout: layout(app, lang, "/r"),
        number: Field::of(number),
        contact: Field::default(),
        not_found: false,
        expired: expired.is_some(),
        kept: expired.and_then(|expired| expired.typed),
    }
}

/// Leads to the receipt; answers a wrong number and a wrong contact the same.
pub(super) async fn look_up(app: Data<App>, request: HttpRequest, body: Payload) -> HttpResponse {
    let (lang, path) = language(request.path());
    let verdict = app
        .guardrails
        .check(&request, Action::LookUp, app.clock.now());
    let came = match verdict {
        Verdict::TryLater(seconds) => Err(too_often(seconds)),
        _ => came(&app, &request, body).await,
    };
    let answer = match came {
        Ok(data) => answer(&app, lang, &data).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

async fn answer(app: &App, lang: Lang, data: &FormData) -> Result<HttpResponse> {
    let (number, contact) = (data.take("number"), data.take("contact"));
    let mut page = LookupPage {
        contact: contact_field(&contact, lang),
        ..form(app, lang, &number, None)
    };
    let plain = normalise(&number);
    if plain.is_none() {
        page.number = malformed(number, lang);
    }
    let Some(number) = plain.filter(|_| page.contact.error.is_none()) else {
        return private_page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    if let Some(address) = allowed(app, lang, number, contact).await? {
        return Ok(see_other(&address));
    }
    page.not_found = true;
    private_page(StatusCode::NOT_FOUND, &page)
}

/// The address of the receipt, with a pass, for whoever may see it.
async fn allowed(app: &App, lang: Lang, number: String, contact: String) -> Result<Option<String>> {
    let (vault, now) = (app.vault.clone(), app.clock.now());
    // Made whether it is needed or not, as everything here is.
    let address = opening(app, lang, &number)?;
    let looked = app
        .database
        .read(move |db| find_out(db, &vault, &number, &contact, now))
        .await?;
    Ok(looked.allowed.then_some(address))
}

/// The address of a receipt with a fresh pass.
fn opening(app: &App, lang: Lang, number: &str) -> Result<String, Error> {
    let k = pass(&app.vault, number, app.clock.now())?;
    Ok(format!("{}/r/{number}?k={k}", lang.prefix()))
}

fn contact_field(typed: &str, lang: Lang) -> Field {
    if typed.trim().is_empty() {
        return Field::wrong(
            typed,
            lang.pick(
                "请填写提意见时留的电话或者电子邮箱",
                "Enter the telephone number or e-mail address left with the comment",
            ),
        );
    }
    if typed.chars().count() > LONGEST {
        return Field::wrong(
            typed,
            lang.pick(
                "这里只填一个电话号码或者一个邮箱，请删去多余的字",
                "Only one telephone number or e-mail address belongs here; remove the rest",
            ),
        );
    }
    Field::of(typed)
}

fn malformed(typed: String, lang: Lang) -> Field {
    if typed.trim().is_empty() {
        let ask = lang.pick("请填写回执号", "Enter the receipt number");
        return Field::wrong(typed, ask);
    }
    Field::wrong(
        typed,
        lang.pick(
            "回执号是16位字母和数字，例如 7K2M-9QXD-4RTB-2HWN，请对照回执再输一次",
            "A receipt number has 16 letters and digits, such as 7K2M-9QXD-4RTB-2HWN; check it and type it again",
        ),
    )
}
