//! The steps' handlers.

use super::go::{Go, Step};
use super::place::{quotable, settle, view_of};
use super::show::{check_step, files_step, remark_step, tray_step, who_step};
use super::state::State;
use super::written::typed;
use crate::consultations::model::Timing;
use crate::documents::model::quote::TextQuote;
use crate::documents::published::no_such_section;
use crate::error::{Error, Result};
use crate::intake::form::{Faults, FormField, MOST_REMARKS, RawRemark, read_remark, read_sender};
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::public::stage::Stage;
use crate::web::respond::{error_page, private_page};
use crate::web::routes::public::comment::not_open;
use crate::web::routes::public::view::{View, stage};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// What the address of the first step may name.
#[derive(Deserialize)]
pub(in crate::web::routes::public) struct Wanted {
    #[serde(default)]
    section: String,
    /// Number of a paragraph of the section, from 1.
    p: Option<usize>,
    #[serde(default)]
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
}

/// The first step, for a section, a paragraph or chosen words; before and after the window, how else
/// to reach the office.
pub(in crate::web::routes::public) async fn start(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let answer = match View::load(&app, slug.into_inner()).await {
        Ok(view) => first(&app, &view, lang, wanted.into_inner()).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

async fn first(app: &App, view: &View, lang: Lang, wanted: Wanted) -> Result<HttpResponse> {
    if stage(&view.consultation, app.clock.now()) != Stage::Open {
        let timing = view.consultation.window.judge(app.clock.now());
        let page = not_open(app, &view.consultation, lang, timing, Vec::new());
        return private_page(StatusCode::OK, &page);
    }
    let words = quotable(view, &wanted.section);
    let named = !wanted.exact.trim().is_empty() || wanted.p.is_some();
    let quote = words.and_then(|words| match wanted.p {
        Some(number) => words.paragraph(number),
        None => TextQuote {
            exact: wanted.exact,
            prefix: wanted.prefix,
            suffix: wanted.suffix,
        }
        .anew(&words.text),
    });
    let lost = named && quote.is_none();
    let mut state = State::new(app, lang)?;
    state.put(RawRemark {
        section: wanted.section,
        version: Some(view.number()),
        quote,
        ..RawRemark::default()
    });
    remark_step(app, view, lang, &state, &Faults::default(), lost).await
}

/// A button of any step was pressed.
pub(in crate::web::routes::public) async fn act(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    let received_at = app.clock.now();
    let (lang, path) = language(request.path());
    let came = match same_site(&app, &request) {
        Ok(()) => FormData::read(&app, &request, body).await,
        Err(error) => Err(error),
    };
    let (written, answer) = match came {
        Ok(form) => (
            State::read(&form, lang).ok().map(|state| state.all_words()),
            turn(&app, &slug, lang, &form, received_at).await,
        ),
        Err(error) => (None, Err(error)),
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, written))
}

async fn turn(
    app: &App,
    slug: &str,
    lang: Lang,
    form: &FormData,
    received_at: jiff::Timestamp,
) -> Result<HttpResponse> {
    let view = View::load(app, slug.to_owned()).await?;
    let state = State::read(form, lang)?;
    let timing = view.consultation.window.judge(received_at);
    if timing != Timing::InTime {
        let typed = typed(app, &view, &state).await?;
        let page = not_open(app, &view.consultation, lang, timing, typed);
        return private_page(StatusCode::CONFLICT, &page);
    }
    let from = Step::parse(form.get("from")).unwrap_or(Step::Remark);
    let go = Go::parse(form.get("go"));
    leave(app, &view, lang, state, from, go).await
}

/// Leaves a step: what was filled in there is looked at, unless nothing was.
pub(super) async fn leave(
    app: &App,
    view: &View,
    lang: Lang,
    mut state: State,
    from: Step,
    go: Go,
) -> Result<HttpResponse> {
    state.look_for_files(app, &view.consultation.id).await?;
    // Whoever only wants to see the list need not have written, but keeps what was.
    if from == Step::Remark && (go != Go::TrayOnly || !state.own().is_blank()) {
        let (kept, faults) = look_at_remark(app, view, &mut state).await?;
        if !faults.is_empty() || !kept {
            return remark_step(app, view, lang, &state, &faults, !kept).await;
        }
        state.gather();
    }
    if from == Step::Who
        && go == Go::To(Step::Check)
        && let Err(faults) = read_sender(&state.form)
    {
        return who_step(app, view, lang, &state, &faults);
    }
    match go {
        Go::To(step) => arrive(app, view, lang, &state, step).await,
        _ => change(app, view, lang, state, go).await,
    }
}

/// Whether the words quoted on the page are there, and what is wrong with the opinion.
async fn look_at_remark(app: &App, view: &View, state: &mut State) -> Result<(bool, Faults)> {
    let mut own = state.own();
    let kept = settle(app, view, &mut own).await?;
    let looked = read_remark(&own).map(|_| ());
    state.put(own);
    Ok(match looked {
        Ok(()) => (kept, place_faults(app, view, state).await?),
        Err(faults) => (kept, faults),
    })
}

/// Shows the step that a button leads to, or the one before it that is not whole yet.
async fn arrive(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    step: Step,
) -> Result<HttpResponse> {
    let none = Faults::default();
    let empty = state.form.gathered.is_empty();
    match step {
        Step::Remark => remark_step(app, view, lang, state, &none, false).await,
        Step::Tray => tray_step(app, view, lang, state, None).await,
        _ if empty => tray_step(app, view, lang, state, None).await,
        Step::Files => files_step(app, view, lang, state, None),
        Step::Who => who_step(app, view, lang, state, &none),
        Step::Check => match read_sender(&state.form) {
            Ok(_) => check_step(app, view, lang, state, &none).await,
            Err(faults) => who_step(app, view, lang, state, &faults),
        },
    }
}

/// Adds to the opinions written down, changes one, takes one out.
async fn change(
    app: &App,
    view: &View,
    lang: Lang,
    mut state: State,
    go: Go,
) -> Result<HttpResponse> {
    if go == Go::New && state.form.gathered.len() >= MOST_REMARKS {
        return tray_step(app, view, lang, &state, Some(&full())).await;
    }
    if let Go::Drop(number) = go
        && number <= state.form.gathered.len()
    {
        state.form.gathered.remove(number - 1);
    }
    let Some(own) = to_write(view, &state, go) else {
        return tray_step(app, view, lang, &state, None).await;
    };
    state.put(own);
    state.editing = match go {
        Go::Edit(number) => Some(number),
        _ => None,
    };
    remark_step(app, view, lang, &state, &Faults::default(), false).await
}

/// The opinion that is to be written now: a new one, or one that was written down.
fn to_write(view: &View, state: &State, go: Go) -> Option<RawRemark> {
    match go {
        Go::New => Some(RawRemark {
            version: Some(view.number()),
            ..RawRemark::default()
        }),
        Go::Edit(number) => state.form.gathered.get(number - 1).cloned(),
        Go::Drop(_) | Go::TrayOnly | Go::To(_) => None,
    }
}

fn full() -> Error {
    Error::invalid(
        format!("一次最多提{MOST_REMARKS}条，请先提交这些，再另提其余的"),
        format!("At most {MOST_REMARKS} comments go into one sending; send these first"),
    )
}

/// That the draft, as it was read, has no such section.
async fn place_faults(app: &App, view: &View, state: &State) -> Result<Faults> {
    let mut faults = Faults::default();
    let anchor = state.form.section.trim();
    let read = view_of(app, view, state.form.version).await?;
    let is_there = read
        .draft()
        .is_some_and(|draft| draft.find(anchor).is_some());
    if !anchor.is_empty() && !is_there {
        faults.add(FormField::Section, no_such_section().both().clone());
    }
    Ok(faults)
}

/// The step that holds the first thing wrong, when the last step was sent.
pub(in crate::web::routes::public) async fn refused(
    app: &App,
    view: &View,
    lang: Lang,
    mut state: State,
    faults: &Faults,
) -> Result<HttpResponse> {
    state.look_for_files(app, &view.consultation.id).await?;
    let state = &state;
    let gathered = [
        FormField::Gathered,
        FormField::Section,
        FormField::Text,
        FormField::Suggested,
    ];
    let in_tray = gathered.iter().find_map(|at| faults.of(*at));
    if let Some(said) = in_tray {
        let error = Error::invalid(said.zh.clone(), said.en.clone());
        return tray_step(app, view, lang, state, Some(&error)).await;
    }
    if let Some(said) = faults.of(FormField::Files) {
        let error = Error::invalid(said.zh.clone(), said.en.clone());
        return files_step(app, view, lang, state, Some(&error));
    }
    if faults.only(FormField::Consent) {
        return check_step(app, view, lang, state, faults).await;
    }
    who_step(app, view, lang, state, faults)
}
