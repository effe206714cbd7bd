//! `/r/{number}/complete/{token}`: the link in the mail that acknowledged a letter, behind which its
//! sender fills in what it left open.

use super::complete_view::{Shown, fill};
use super::confirm::linked;
use super::door::came;
use crate::audit::model::Actor;
use crate::db::Db;
use crate::documents::published::{self, SectionRef};
use crate::error::Result;
use crate::intake::after::complete::{Completed, Completion, Open, complete as write, open_now};
use crate::intake::find::Found;
use crate::intake::model::person::parse_name;
use crate::intake::model::phone::Phone;
use crate::privacy::link::Purpose;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::limits::{Action, Verdict, too_often};
use crate::web::public::complete::{CompletePage, Done};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Carried {
    done: Option<String>,
}

/// What is open, as the page needs it.
pub(super) struct Loaded {
    pub(super) found: Found,
    pub(super) open: Open,
    /// Of all versions, the newest first.
    pub(super) sections: Vec<SectionRef>,
}

/// What is known, and what can be filled in.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    carried: Query<Carried>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let answer = match load(&app, &request, &at).await {
        Ok(loaded) => {
            let mut page = page(&app, lang, &loaded, &at.1);
            page.done = Done::parse(carried.done.as_deref());
            private_page(StatusCode::OK, &page)
        }
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// Fills in what was sent.
pub(super) async fn fill_in(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let answer = match came(&app, &request, body).await {
        Ok(data) => match load(&app, &request, &at).await {
            Ok(loaded) => take(&app, lang, &loaded, (&at.1, &data)).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// The submission of a good link, with what is open. Counted like a look-up, because it is one.
async fn load(app: &App, request: &HttpRequest, at: &(String, String)) -> Result<Loaded> {
    let now = app.clock.now();
    if let Verdict::TryLater(seconds) = app.guardrails.check(request, Action::LookUp, now) {
        return Err(too_often(seconds));
    }
    let found = linked(app, Purpose::Complete, at).await?;
    let read = app.database.read(move |db| {
        let about = &found.consultation;
        let sections = published::sections_up_to(db, &about.id, about.version)?;
        Ok(Loaded {
            open: open_now(db, &found)?,
            sections,
            found,
        })
    });
    read.await
}

async fn take(
    app: &App,
    lang: Lang,
    loaded: &Loaded,
    (token, data): (&str, &FormData),
) -> Result<HttpResponse> {
    let mut shown = page(app, lang, loaded, token);
    let Some(new) = read(&mut shown, loaded, data, lang) else {
        return private_page(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    let (vault, clock) = (app.vault.clone(), Arc::clone(&app.clock));
    let (about, id) = (
        loaded.found.consultation.clone(),
        loaded.found.submission_id.clone(),
    );
    let work = move |db: &mut Db| write(db, &vault, &Actor::Public, &*clock, &about, &id, &new);
    let done: Completed = app.database.write(work).await?;
    let said = if done.passed_over > 0 { "some" } else { "all" };
    Ok(see_other(&format!("{}?done={said}", shown.action)))
}

/// What was filled in; `None` when something is wrong with it, which then stands on the page beside
/// everything that was typed.
fn read(
    page: &mut CompletePage,
    loaded: &Loaded,
    data: &FormData,
    lang: Lang,
) -> Option<Completion> {
    let mut new = Completion::default();
    if let Some(field) = &mut page.name {
        new.name = checked(field, data.get("name"), lang, parse_name);
    }
    if let Some(field) = &mut page.phone {
        let parse = |typed: &str| Phone::parse(typed).map(|phone| phone.shown());
        new.phone = checked(field, data.get("phone"), lang, parse);
    }
    for (place, id) in page.places.iter_mut().zip(&loaded.open.place) {
        let known = page.sections.iter().map(|(anchor, _)| anchor);
        let chosen = checked(
            &mut place.chosen,
            data.get(&place.field),
            lang,
            |typed| match typed {
                "whole" => Ok(None),
                anchor if known.clone().any(|one| one == anchor) => Ok(Some(anchor.to_owned())),
                _ => Err(published::no_such_section()),
            },
        );
        new.places.extend(chosen.map(|anchor| (id.clone(), anchor)));
    }
    // What was decided since the page was opened is told, not lost without a word.
    new.places.extend(decided_since(page, data));
    let nothing = new.name.is_none() && new.phone.is_none() && new.places.is_empty();
    if nothing && page.is_right() {
        page.nothing_given(lang);
    }
    page.is_right().then_some(new)
}

fn decided_since(page: &CompletePage, data: &FormData) -> Vec<(String, Option<String>)> {
    let sent = data
        .names_after("place-")
        .filter(|(_, value)| !value.is_empty());
    let open = |id: &str| page.places.iter().any(|place| place.field.ends_with(id));
    sent.filter(|(id, _)| !open(id))
        .map(|(id, _)| (id.to_owned(), None))
        .collect()
}

/// The value of a field, if something right was typed in it.
fn checked<T>(
    field: &mut Field,
    typed: &str,
    lang: Lang,
    parse: impl Fn(&str) -> Result<T>,
) -> Option<T> {
    *field = Field::of(typed);
    if typed.trim().is_empty() {
        return None;
    }
    match parse(typed) {
        Ok(value) => Some(value),
        Err(error) => {
            field.error = Some(error.message(lang).to_owned());
            None
        }
    }
}

fn page(app: &App, lang: Lang, loaded: &Loaded, token: &str) -> CompletePage {
    fill(&Shown {
        app,
        lang,
        loaded,
        token,
    })
}
