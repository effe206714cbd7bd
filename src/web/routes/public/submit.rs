//! `POST /c/{slug}/submissions`: what was written is sent.

use super::busy::{self, Waiting};
use super::comment::{not_open, page};
use super::journey::refused;
use super::journey::state::State;
use super::journey::written::typed;
use super::submit_places::{as_seen, places, seen};
use super::view::{View, known};
use crate::audit::model::Actor;
use crate::consultations::model::{Consultation, Timing};
use crate::error::{Error, Kind, Result};
use crate::intake::form::{Faults, FormField, Rules, read};
use crate::intake::model::submission::{Channel, NewSubmission, ReceivedBasis, Registered};
use crate::intake::seal::seal;
use crate::intake::submit::keep;
use crate::intake::upload::claim::find;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::known::Looked;
use crate::web::limits::Verdict;
use crate::web::receipt_pass::{GOOD_FOR, pass};
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::web::upload::public::PublicForm;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use std::sync::Arc;

/// Takes what was written. 303 to its receipt; 422 with everything kept when something is missing;
/// 409 outside the window, with the text given back.
pub(super) async fn submit(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    // The last second counts by when the request reached the server, not by when its body ended.
    let received_at = app.clock.now();
    let (lang, path) = language(request.path());
    let came = match same_site(&app, &request) {
        Ok(()) => read_form(&app, &request, body, &slug).await,
        Err(error) => Err(error),
    };
    let sending = match came.and_then(|form| Sending::read(form, lang, received_at)) {
        Ok(sending) => sending,
        Err(error) => return error_page(&app, lang, path, &error, None),
    };
    let answer = take(&app, &request, &slug, &sending).await;
    answer.unwrap_or_else(|error| {
        let written = sending.state.all_words();
        error_page(&app, lang, path, &error, Some(written))
    })
}

/// The form with its files, or without.
async fn read_form(
    app: &App,
    request: &HttpRequest,
    body: Payload,
    slug: &str,
) -> Result<PublicForm> {
    if PublicForm::is_sent_by(request) {
        let looked = known(app, slug).await?;
        return PublicForm::read(app, request, body, &looked.consultation.id).await;
    }
    FormData::read(app, request, body)
        .await
        .map(PublicForm::without_files)
}

/// Whoever opens the address that a refused form left in the browser gets the form; so does whoever opens that of the files' step.
pub(super) async fn back_to_form(request: HttpRequest) -> HttpResponse {
    let base = request.path();
    let base = base
        .trim_end_matches("/submissions")
        .trim_end_matches("/comment/files");
    see_other(&format!("{base}/comment"))
}

/// One form that came in.
struct Sending {
    lang: Lang,
    form: PublicForm,
    state: State,
    /// Whether it came from the last step, not from the form on one page.
    in_steps: bool,
    received_at: Timestamp,
}

impl Sending {
    fn read(form: PublicForm, lang: Lang, received_at: Timestamp) -> Result<Self> {
        Ok(Self {
            lang,
            state: State::read(&form.fields, lang)?,
            in_steps: form.fields.get("from") == "check",
            form,
            received_at,
        })
    }
}

async fn take(
    app: &Data<App>,
    request: &HttpRequest,
    slug: &str,
    sending: &Sending,
) -> Result<HttpResponse> {
    let lang = sending.lang;
    let version = sending.state.form.version;
    let looked = as_seen(app, slug, version).await?;
    let consultation = &looked.consultation;
    let timing = consultation.window.judge(sending.received_at);
    if timing != Timing::InTime {
        let view = View::of(app, consultation.clone(), consultation.version).await?;
        let written = typed(app, &view, &sending.state).await?;
        let closed = not_open(app, consultation, lang, timing, written);
        return private_page(StatusCode::CONFLICT, &closed);
    }
    match send(app, request, slug, &looked, sending).await {
        Ok(done) => Ok(see_other(&receipt_address(app, lang, &done)?)),
        Err(Refused::NotYet(page)) => Ok(*page),
        Err(Refused::Form(faults)) => {
            let view = View::of(app, consultation.clone(), seen(&looked, version)).await?;
            again(app, &view, sending, &faults).await
        }
        Err(Refused::Other(error)) => Err(error),
    }
}

/// The form with what is wrong with it: the step that holds it, or the form on one page.
async fn again(app: &App, view: &View, sending: &Sending, faults: &Faults) -> Result<HttpResponse> {
    if sending.in_steps {
        return refused(app, view, sending.lang, sending.state.clone(), faults).await;
    }
    let mut state = sending.state.clone();
    state.look_for_files(app, &view.consultation.id).await?;
    state.uploads.truncate(app.config.upload_files);
    let page = page(app, view, sending.lang, &state, faults);
    private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The receipt, which opens for a while to whoever has just sent it. Whoever sends the same long
/// after may be somebody else who knows the words: they are asked for the contact, like everybody.
fn receipt_address(app: &App, lang: Lang, done: &Registered) -> Result<String> {
    let (receipt, now) = (&done.receipt, app.clock.now());
    let address = format!("{}/r/{receipt}", lang.prefix());
    if done.repeated && now.duration_since(done.received_at) > GOOD_FOR {
        return Ok(address);
    }
    let pass = pass(&app.vault, receipt, now)?;
    Ok(format!("{address}?k={pass}&sent=1"))
}

/// Why a form was not taken.
pub(super) enum Refused {
    /// To be mended by the sender.
    Form(Faults),
    Other(Error),
    /// By the guardrails, with the page that says so.
    NotYet(Box<HttpResponse>),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// Reads the form and registers it.
async fn send(
    app: &Data<App>,
    request: &HttpRequest,
    slug: &str,
    looked: &Arc<Looked>,
    sending: &Sending,
) -> std::result::Result<Registered, Refused> {
    let (channel, basis) = (Channel::Web, ReceivedBasis::Form);
    let form = &sending.state.form;
    let mut input =
        read(form, Rules::Public, channel, basis, sending.received_at).map_err(Refused::Form)?;
    sending.form.all_taken().map_err(file_fault)?;
    let uploads = sending.form.ids(app, &looked.consultation.id);
    let uploads = uploads.map_err(file_fault)?;
    let hashes = hashes(app, &looked.consultation.id, &uploads).await?;
    input.uploads = uploads;
    input.same_as.extend(hashes);
    let sections = places(app, slug, looked, form, &input).await?;
    // The same words on the same number of a revised draft are on another section.
    input.same_as.extend(sections.iter().flatten().cloned());
    guard(app, request, &looked.consultation, sending)?;
    let registered = register_one(app, looked, input, sections).await;
    registered.map_err(file_fault)
}

/// What the files of a form hold: the same words with another file are another submission.
async fn hashes(app: &App, consultation_id: &str, uploads: &[String]) -> Result<Vec<String>> {
    if uploads.is_empty() {
        return Ok(Vec::new());
    }
    let (id, wanted) = (consultation_id.to_owned(), uploads.to_owned());
    let files = app.database.read(move |db| find(db, &id, &wanted)).await?;
    Ok(files.into_iter().map(|file| file.sha256).collect())
}

/// A fault that the sender mends at the files, when it is one.
fn file_fault(error: Error) -> Refused {
    if !matches!(error.kind(), Kind::Invalid | Kind::TooLarge) {
        return Refused::Other(error);
    }
    let mut faults = Faults::default();
    faults.add(FormField::Files, error.both().clone());
    Refused::Form(faults)
}

/// Lets a form in which everything is in order pass, or answers with the page that says why not.
fn guard(
    app: &App,
    request: &HttpRequest,
    consultation: &Consultation,
    sending: &Sending,
) -> std::result::Result<(), Refused> {
    let now = app.clock.now();
    let fields = &sending.form.fields;
    let verdict = app
        .guardrails
        .check_submit(request, &consultation.id, fields, now)?;
    if verdict == Verdict::Pass {
        return Ok(());
    }
    let written = sending.state.all_words();
    let path = format!("/c/{}/submissions", consultation.slug);
    let waiting = Waiting {
        consultation,
        lang: sending.lang,
        path: &path,
        form: fields,
        typed: &written,
    };
    match busy::answer(app, &waiting, verdict)? {
        Some(page) => Err(Refused::NotYet(Box::new(page))),
        None => Ok(()),
    }
}

/// Everything that needs no database is done here, where many requests are at work at once; the
/// one writer of SQLite is left the writing.
async fn register_one(
    app: &Data<App>,
    looked: &Arc<Looked>,
    input: NewSubmission,
    sections: Vec<Option<String>>,
) -> Result<Registered> {
    let actor = Actor::Public;
    let consultation = &looked.consultation;
    let sealed = seal(&app.vault, &actor, &*app.clock, consultation, &input)?;
    let (vault, looked) = (app.vault.clone(), Arc::clone(looked));
    app.database
        .write(move |db| {
            let consultation = &looked.consultation;
            keep(db, &vault, &actor, consultation, &input, &sealed, &sections)
        })
        .await
}
