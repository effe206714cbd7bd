//! `POST /c/{slug}/submissions`: the form comes in.

use super::comment::{not_open, page};
use super::view::{View, known};
use crate::audit::model::Actor;
use crate::consultations::model::Timing;
use crate::documents::published;
use crate::error::{Error, Kind, Result};
use crate::intake::form::{Faults, FormField, RawForm, Rules, read};
use crate::intake::model::submission::{Channel, NewSubmission, ReceivedBasis, Registered};
use crate::intake::seal::seal;
use crate::intake::submit::keep;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::guard::same_site;
use crate::web::known::Looked;
use crate::web::public::comment::CommentForm;
use crate::web::public::not_open::Typed;
use crate::web::receipt_pass::pass;
use crate::web::respond::{error_page, private_page, see_other};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Takes a comment. 303 to its receipt; 422 with everything kept when something is missing; 409
/// outside the window, with the text given back.
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
    let (raw, version) = match came {
        Ok(form) => (form.submission(), form.get("version").parse().ok()),
        Err(error) => return error_page(&app, lang, path, &error, None),
    };
    let typed = raw.text.clone();
    match take(&app, &slug, (lang, path), raw, version, received_at).await {
        Ok(response) => response,
        Err(error) => error_page(&app, lang, path, &error, Some(typed)),
    }
}

/// Whoever opens the address that a refused form left in the browser gets the form.
pub(super) async fn back_to_form(request: HttpRequest) -> HttpResponse {
    let base = request.path().trim_end_matches("/submissions");
    see_other(&format!("{base}/comment"))
}

async fn take(
    app: &Data<App>,
    slug: &str,
    (lang, path): (Lang, &str),
    raw: RawForm,
    version: Option<i32>,
    received_at: jiff::Timestamp,
) -> Result<HttpResponse> {
    let looked = as_seen(app, slug, version).await?;
    let consultation = &looked.consultation;
    let timing = consultation.window.judge(received_at);
    if timing != Timing::InTime {
        let section = section_name(app, slug, &raw.section).await?;
        let text = raw.text;
        let typed = Some(Typed { section, text });
        let closed = not_open(app, consultation, lang, path, timing, typed);
        return private_page(StatusCode::CONFLICT, &closed);
    }
    match send(app, &looked, &raw, received_at).await {
        Ok(done) => Ok(see_other(&receipt_address(app, lang, &done.receipt)?)),
        Err(Refused::Form(faults)) => {
            let view = View::of(app, consultation.clone(), seen(&looked, version)).await?;
            again(app, &view, lang, path, &raw, &faults)
        }
        Err(Refused::Other(error)) => Err(error),
    }
}

fn receipt_address(app: &App, lang: Lang, receipt: &str) -> Result<String> {
    let k = pass(&app.vault, receipt, app.clock.now())?;
    Ok(format!("{}/r/{receipt}?k={k}&sent=1", lang.prefix()))
}

enum Refused {
    /// To be mended by the sender.
    Form(Faults),
    Other(Error),
}

/// Reads the form and registers it.
async fn send(
    app: &Data<App>,
    looked: &Arc<Looked>,
    raw: &RawForm,
    received_at: jiff::Timestamp,
) -> std::result::Result<Registered, Refused> {
    let (channel, basis) = (Channel::Web, ReceivedBasis::Form);
    let input = read(raw, Rules::Public, channel, basis, received_at).map_err(Refused::Form)?;
    let registered = register_one(app, looked, input).await;
    registered.map_err(|error| match error.kind() {
        Kind::Invalid => {
            let mut faults = Faults::default();
            faults.add(FormField::Section, error.both().clone());
            Refused::Form(faults)
        }
        _ => Refused::Other(error),
    })
}

/// Everything that needs no database is done here, where many requests are at work at once; the
/// one writer of SQLite is left the writing.
async fn register_one(
    app: &Data<App>,
    looked: &Arc<Looked>,
    input: NewSubmission,
) -> Result<Registered> {
    let actor = Actor::Public;
    let consultation = &looked.consultation;
    let sealed = seal(&app.vault, &actor, &*app.clock, consultation, &input)?;
    let sections = input
        .remarks
        .iter()
        .map(|remark| remark.anchor.as_deref().map(|at| looked.section_id(at)))
        .map(Option::transpose)
        .collect::<Result<Vec<_>>>()?;
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

/// The form again, with every value kept and each fault beside its field.
fn again(
    app: &App,
    view: &View,
    lang: Lang,
    path: &str,
    raw: &RawForm,
    faults: &Faults,
) -> Result<HttpResponse> {
    let form = filled(raw, faults, lang);
    private_page(
        StatusCode::UNPROCESSABLE_ENTITY,
        &page(app, view, lang, path, form),
    )
}

async fn section_name(app: &App, slug: &str, anchor: &str) -> Result<String> {
    let view = View::load(app, slug.to_owned()).await?;
    let named = view.draft().and_then(|draft| {
        let node = draft.node(draft.find(anchor)?)?;
        Some(format!("{}{}", node.label, node.heading))
    });
    Ok(named.unwrap_or_default())
}

fn filled(raw: &RawForm, faults: &Faults, lang: Lang) -> CommentForm {
    let field = |at: FormField, value: &str| Field {
        value: value.to_owned(),
        error: faults
            .of(at)
            .map(|message| message.in_lang(lang).to_owned()),
    };
    CommentForm {
        section: field(FormField::Section, &raw.section),
        text: field(FormField::Text, &raw.text),
        sender_kind: field(FormField::SenderKind, &raw.sender_kind),
        name: field(FormField::Name, &raw.name),
        organisation: field(FormField::Organisation, &raw.organisation),
        phone: field(FormField::Phone, &raw.phone),
        email: field(FormField::Email, &raw.email),
        address: field(FormField::Address, &raw.address),
        consent: field(FormField::Consent, &raw.consent),
    }
}
