//! `/r/{number}/confirm/{token}`: the link in our mail that confirms the address. Opening it changes
//! nothing, because mail servers open links to look for harm; the button on the page does.

use super::super::view::layout as consultation_layout;
use super::door::no_such_page;
use super::words::masked_email;
use crate::audit::model::Actor;
use crate::error::Result;
use crate::intake::after::confirm::confirm as mark;
use crate::intake::find::{self, Found};
use crate::intake::model::receipt::normalise;
use crate::privacy::link::{Purpose, is_token};
use crate::web::app::App;
use crate::web::guard::same_site;
use crate::web::layout::Layout;
use crate::web::public::confirm_address::ConfirmAddressPage;
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// The question, or that it is confirmed already.
pub(super) async fn ask(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let answer = match linked(&app, Purpose::ConfirmAddress, &at).await {
        Ok(found) => private_page(StatusCode::OK, &page(&app, lang, &found, &at.1)),
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// Confirms, and shows the same page, which then says so.
pub(super) async fn confirm(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let answer = match same_site(&app, &request) {
        Ok(()) => act(&app, &at).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(()) => see_other(request.path()),
        Err(error) => error_page(&app, lang, path, &error, None),
    }
}

async fn act(app: &App, at: &(String, String)) -> Result<()> {
    let found = linked(app, Purpose::ConfirmAddress, at).await?;
    let clock = Arc::clone(&app.clock);
    let work = app
        .database
        .write(move |db| mark(db, &Actor::Public, &*clock, &found));
    work.await
}

/// The submission that a link belongs to. A wrong number, a wrong token, and an address that was
/// erased since are answered the same.
pub(super) async fn linked(
    app: &App,
    purpose: Purpose,
    (number, token): &(String, String),
) -> Result<Found> {
    let number = normalise(number).ok_or_else(no_such_page)?;
    let (vault, now) = (app.vault.clone(), app.clock.now());
    let found = app
        .database
        .read(move |db| find::by_receipt(db, &vault, &number, now))
        .await?;
    let found = found.ok_or_else(no_such_page)?;
    let fits = is_token(&app.vault, purpose, &found.address_link(), token)?;
    if !fits || found.sender.emails.is_empty() {
        return Err(no_such_page());
    }
    Ok(found)
}

fn page(app: &App, lang: Lang, found: &Found, token: &str) -> ConfirmAddressPage {
    let path = format!("/r/{}/confirm/{token}", found.receipt);
    ConfirmAddressPage {
        lang,
        layout: Layout {
            origin: String::new(),
            ..consultation_layout(app, lang, &path, &found.consultation)
        },
        title: found.consultation.draft_title.clone(),
        number: found.receipt.clone(),
        email: masked_email(&found.sender).unwrap_or_default(),
        action: format!("{}{path}", lang.prefix()),
        confirmed: found.email_confirmed_at.is_some(),
    }
}
