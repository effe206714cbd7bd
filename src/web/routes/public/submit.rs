//! `POST /c/{slug}/submissions`: what was written is sent.

use super::comment::{not_open, page};
use super::journey::refused;
use super::journey::state::State;
use super::journey::written::typed;
use super::submit_places::{as_seen, places, seen};
use super::view::View;
use crate::audit::model::Actor;
use crate::consultations::model::Timing;
use crate::error::{Error, Result};
use crate::intake::form::{Faults, Rules, read};
use crate::intake::model::submission::{Channel, NewSubmission, ReceivedBasis, Registered};
use crate::intake::seal::seal;
use crate::intake::submit::keep;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::known::Looked;
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
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
        Ok(()) => FormData::read(&app, &request, body).await,
        Err(error) => Err(error),
    };
    let sending = match came.and_then(|form| Sending::read(&form, lang, received_at)) {
        Ok(sending) => sending,
        Err(error) => return error_page(&app, lang, path, &error, None),
    };
    let written = sending.state.all_words();
    let answer = take(&app, &slug, sending).await;
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, Some(written)))
}

/// Whoever opens the address that a refused form left in the browser gets the form.
pub(super) async fn back_to_form(request: HttpRequest) -> HttpResponse {
    let base = request.path().trim_end_matches("/submissions");
    see_other(&format!("{base}/comment"))
}

/// One form that came in.
struct Sending {
    lang: Lang,
    state: State,
    /// Whether it came from the last step, not from the form on one page.
    in_steps: bool,
    received_at: Timestamp,
}

impl Sending {
    fn read(form: &FormData, lang: Lang, received_at: Timestamp) -> Result<Self> {
        Ok(Self {
            lang,
            state: State::read(form, lang)?,
            in_steps: form.get("from") == "check",
            received_at,
        })
    }
}

async fn take(app: &Data<App>, slug: &str, sending: Sending) -> Result<HttpResponse> {
    let lang = sending.lang;
    let version = sending.state.form.version;
    let looked = as_seen(app, slug, version).await?;
    let consultation = &looked.consultation;
    let timing = consultation.window.judge(sending.received_at);
    if timing != Timing::InTime {
        let view = View::of(app, consultation.clone(), consultation.version).await?;
        let written = typed(&view, &sending.state);
        let closed = not_open(app, consultation, lang, timing, written);
        return private_page(StatusCode::CONFLICT, &closed);
    }
    match send(app, slug, &looked, &sending).await {
        Ok(done) => Ok(see_other(&receipt_address(lang, &done.receipt))),
        Err(Refused::Form(faults)) => {
            let view = View::of(app, consultation.clone(), seen(&looked, version)).await?;
            if sending.in_steps {
                return refused(app, &view, lang, &sending.state, &faults);
            }
            let page = page(app, &view, lang, &sending.state, &faults);
            private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(Refused::Other(error)) => Err(error),
    }
}

fn receipt_address(lang: Lang, receipt: &str) -> String {
    format!("{}/r/{receipt}?sent=1", lang.prefix())
}

/// Why a form was not taken.
pub(super) enum Refused {
    /// To be mended by the sender.
    Form(Faults),
    Other(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// Reads the form and registers it.
async fn send(
    app: &Data<App>,
    slug: &str,
    looked: &Arc<Looked>,
    sending: &Sending,
) -> std::result::Result<Registered, Refused> {
    let (channel, basis) = (Channel::Web, ReceivedBasis::Form);
    let form = &sending.state.form;
    let input =
        read(form, Rules::Public, channel, basis, sending.received_at).map_err(Refused::Form)?;
    let sections = places(app, slug, looked, form, &input).await?;
    Ok(register_one(app, looked, input, sections).await?)
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
