//! `/f/{follower}/{token}` and `/f/{follower}/{token}/stop`: the links in a follower's mails. Opening
//! one changes nothing, because mail programs open links to look at them; a button does, and for
//! stopping the mail program's own (RFC 8058).

use crate::db::Db;
use crate::error::Result;
use crate::followers::links::{self, Linked, Standing};
use crate::privacy::link::{Purpose, is_token};
use crate::privacy::vault::Vault;
use crate::web::app::App;
use crate::web::public::follow::{FollowerPage, Telling};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::{language, layout};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

/// Follower and token of a link.
type Link = Path<(String, String)>;

/// Asks whether to confirm.
pub(super) async fn confirm_page(app: Data<App>, request: HttpRequest, at: Link) -> HttpResponse {
    let look = |db: &mut Db, _: &Vault, id: &str, now| links::linked(db, id, now);
    let found = opened(&app, &at, Purpose::ConfirmFollower, look, Writes::No).await;
    answer(&app, &request, found, confirm_words)
}

/// Confirms, and shows that it is so at the same address.
pub(super) async fn confirm(app: Data<App>, request: HttpRequest, at: Link) -> HttpResponse {
    let act = |db: &mut Db, _: &Vault, id: &str, now| links::confirm(db, id, now);
    let done = opened(&app, &at, Purpose::ConfirmFollower, act, Writes::Yes).await;
    match done {
        Ok(Opened::Link(_)) => see_other(request.path()),
        other => answer(&app, &request, other, confirm_words),
    }
}

/// Asks whether to stop.
pub(super) async fn stop_page(app: Data<App>, request: HttpRequest, at: Link) -> HttpResponse {
    let look = |db: &mut Db, _: &Vault, id: &str, now| links::linked(db, id, now);
    let found = opened(&app, &at, Purpose::StopFollowing, look, Writes::No).await;
    answer(&app, &request, found, stop_words)
}

/// Stops. A mail program posts here by itself: with no cookie, from no page of ours, its body
/// `List-Unsubscribe=One-Click` in either form of encoding, and no redirect is allowed as an answer
/// (RFC 8058, 3.1). The token is all that counts, so the body is not even read.
pub(super) async fn stop(app: Data<App>, request: HttpRequest, at: Link) -> HttpResponse {
    let act = |db: &mut Db, vault: &Vault, id: &str, now| links::stop(db, vault, id, now);
    let done = opened(&app, &at, Purpose::StopFollowing, act, Writes::Yes).await;
    answer(&app, &request, done, stop_words)
}

/// What a link leads to.
enum Opened {
    /// Its token is not ours.
    NotOurs,
    /// A follower; `None` when the row is gone.
    Link(Option<Box<Linked>>),
}

#[derive(PartialEq, Eq)]
enum Writes {
    Yes,
    No,
}

async fn opened<F>(
    app: &App,
    at: &Link,
    purpose: Purpose,
    work: F,
    writes: Writes,
) -> Result<Opened>
where
    F: Fn(&mut Db, &Vault, &str, Timestamp) -> Result<Option<Linked>> + Send + 'static,
{
    let (id, token) = (at.0.clone(), &at.1);
    if !is_token(&app.vault, purpose, &id, token)? {
        return Ok(Opened::NotOurs);
    }
    let (vault, now) = (app.vault.clone(), app.clock.now());
    let work = move |db: &mut Db| work(db, &vault, &id, now);
    let found = match writes {
        Writes::Yes => app.database.write(work).await?,
        Writes::No => app.database.read(work).await?,
    };
    Ok(Opened::Link(found.map(Box::new)))
}

fn confirm_words(standing: Option<Standing>) -> Telling {
    match standing {
        Some(Standing::Asked) => Telling::AskConfirm,
        Some(Standing::Following) => Telling::Confirmed,
        Some(Standing::Over) | None => Telling::TooLate,
    }
}

fn stop_words(standing: Option<Standing>) -> Telling {
    match standing {
        Some(Standing::Asked | Standing::Following) => Telling::AskStop,
        Some(Standing::Over) | None => Telling::Stopped,
    }
}

fn answer(
    app: &App,
    request: &HttpRequest,
    opened: Result<Opened>,
    words: fn(Option<Standing>) -> Telling,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let page = |telling: Telling, linked: Option<Box<Linked>>| FollowerPage {
        lang,
        layout: layout(app, lang, path),
        telling,
        of: linked.map(|linked| (linked.consultation.slug, linked.consultation.draft_title)),
        action: request.path().to_owned(),
    };
    let made = match opened {
        Ok(Opened::NotOurs) => {
            private_page(StatusCode::NOT_FOUND, &page(Telling::NoSuchLink, None))
        }
        Ok(Opened::Link(linked)) => {
            let telling = words(linked.as_ref().map(|linked| linked.standing));
            private_page(StatusCode::OK, &page(telling, linked))
        }
        Err(error) => Err(error),
    };
    made.unwrap_or_else(|error| error_page(app, lang, path, &error, None))
}
