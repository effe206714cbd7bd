//! `POST /c/{slug}/submissions`: what was written is sent.

use super::comment::{not_open, page};
use super::journey::refused;
use super::journey::show::{stands, typed};
use super::journey::state::State;
use super::view::{View, known};
use crate::audit::model::Actor;
use crate::consultations::model::Timing;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::intake::form::{Faults, FormField, Rules, read};
use crate::intake::model::submission::{Channel, NewSubmission, ReceivedBasis, Registered};
use crate::intake::seal::seal;
use crate::intake::submit::keep;
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::known::Looked;
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::words::{Both, Lang};
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
    let (state, in_steps) =
        match came.and_then(|form| Ok((State::read(&form, lang)?, form.get("from") == "check"))) {
            Ok(read) => read,
            Err(error) => return error_page(&app, lang, path, &error, None),
        };
    let written = state.form.text.clone();
    let sending = Sending {
        lang,
        state,
        in_steps,
        received_at,
    };
    match take(&app, &slug, sending).await {
        Ok(response) => response,
        Err(error) => error_page(&app, lang, path, &error, Some(written)),
    }
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

enum Refused {
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
    let sections = places(app, slug, looked, sending, &input).await?;
    Ok(register_one(app, looked, input, sections).await?)
}

/// The identifiers of the sections that the opinions are on, each in the version it was written on;
/// quoted words must stand in them.
async fn places(
    app: &Data<App>,
    slug: &str,
    looked: &Arc<Looked>,
    sending: &Sending,
    input: &NewSubmission,
) -> std::result::Result<Vec<Option<String>>, Refused> {
    let form = &sending.state.form;
    let mut sections = Vec::with_capacity(input.remarks.len());
    for (index, remark) in input.remarks.iter().enumerate() {
        let Some(anchor) = remark.anchor.as_deref() else {
            sections.push(None);
            continue;
        };
        let gathered = form.gathered.get(index);
        let version = gathered.map_or(form.version, |gathered| gathered.version);
        let of = if version == form.version {
            Arc::clone(looked)
        } else {
            as_seen(app, slug, version).await?
        };
        let wrong = |said: &Both| {
            let mut faults = Faults::default();
            let at = gathered.map_or(FormField::Section, |_| FormField::Gathered);
            faults.add(at, said.clone());
            Refused::Form(faults)
        };
        match of.section_id(anchor) {
            Ok(id) => sections.push(Some(id)),
            Err(error) if error.kind() == Kind::Invalid => return Err(wrong(error.both())),
            Err(error) => return Err(Refused::Other(error)),
        }
        if let Some(quote) = &remark.quote {
            let view = View::of(app, of.consultation.clone(), seen(&of, version)).await?;
            if !stands(&view, anchor, quote) {
                return Err(wrong(&Both::new(
                    "您选的文字在这一条里没有找到，请重新选择，或者针对整条提意见",
                    "The words you chose were not found in this section; choose them again, or comment on the whole section",
                )));
            }
        }
    }
    Ok(sections)
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

/// The version of the draft that the form was made for: the published one unless it names an
/// earlier one.
fn seen(looked: &Looked, version: Option<i32>) -> i32 {
    let published = looked.consultation.version;
    let earlier = version.filter(|version| (1..published).contains(version));
    earlier.unwrap_or(published)
}

/// An opinion is on the text that its sender read: a revised draft may have come in between, in
/// which the same anchor is another section.
async fn as_seen(app: &App, slug: &str, version: Option<i32>) -> Result<Arc<Looked>> {
    let mut looked = known(app, slug).await?;
    if version.is_some_and(|version| version > looked.consultation.version) {
        // The form is newer than what was looked up a moment ago.
        app.known.forget(slug);
        looked = known(app, slug).await?;
    }
    let number = seen(&looked, version);
    if number == looked.consultation.version {
        return Ok(looked);
    }
    let id = looked.consultation.id.clone();
    let sections = app
        .database
        .read(move |db| published::sections(db, &id, number))
        .await?;
    Ok(Arc::new(Looked::new(looked.consultation.clone(), sections)))
}
