//! The steps' pages, filled from what was carried along.

use super::go::Step;
use super::place::view_of;
use super::state::State;
use super::written::said;
use crate::error::{Error, Result};
use crate::intake::form::{Faults, FormField, RawForm};
use crate::intake::model::email::Email;
use crate::intake::model::phone::Phone;
use crate::intake::model::submission::{Capacity, Scan, SenderKind, TEXT_LIMIT};
use crate::intake::upload::take::in_words;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::layout::Layout;
use crate::web::public::journey::{
    CheckStep, FileShown, FilesStep, Head, QuoteShown, RemarkForm, RemarkStep, TrayStep, WhoForm,
    WhoShown, WhoStep,
};
use crate::web::respond::step_page;
use crate::web::routes::public::comment::{choices, chosen, form_path, terms};
use crate::web::routes::public::view::{Days, View, days, form_layout};
use crate::web::sizes::size;
use crate::words::Lang;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

/// What every step shows, and what it carries.
fn head(app: &App, view: &View, lang: Lang, state: &State, step: Step) -> Result<(Layout, Head)> {
    let consultation = &view.consultation;
    let Days { closes, left, .. } = days(consultation, app.clock.now(), lang);
    let mut carried = state.carried(step != Step::Who)?;
    if step == Step::Remark {
        let version = state.form.version.unwrap_or_else(|| view.number());
        carried.push(("version".to_owned(), version.to_string()));
        carried.extend(
            state
                .editing
                .map(|number| ("editing".to_owned(), number.to_string())),
        );
    }
    // The switch of language leads to the first step: what a step holds has no address of its own.
    let path = form_path(&consultation.slug, state.form.section.trim());
    let layout = form_layout(app, lang, &path, consultation);
    let head = Head {
        slug: consultation.slug.clone(),
        draft_title: consultation.draft_title.clone(),
        closes,
        left,
        carried,
    };
    Ok((layout, head))
}

fn status(in_order: bool) -> StatusCode {
    if in_order {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// A field with what is wrong with it.
pub(in crate::web::routes::public) fn field(
    lang: Lang,
    faults: &Faults,
    at: FormField,
    value: &str,
) -> Field {
    Field {
        value: value.to_owned(),
        error: faults
            .of(at)
            .map(|message| message.in_lang(lang).to_owned()),
    }
}

/// One opinion.
pub(super) async fn remark_step(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    faults: &Faults,
    quote_lost: bool,
) -> Result<HttpResponse> {
    let (layout, head) = head(app, view, lang, state, Step::Remark)?;
    let form = &state.form;
    let read = view_of(app, view, form.version).await?;
    let page = RemarkStep {
        lang,
        layout,
        head,
        gathered: form.gathered.len(),
        editing: state.editing,
        chosen: chosen(&read, form.section.trim()),
        choices: choices(&read),
        quote: form.quote.as_ref().map(QuoteShown::from),
        quote_lost,
        form: remark_form(form, faults, lang),
        text_limit: u32::try_from(TEXT_LIMIT).unwrap_or(u32::MAX),
    };
    step_page(status(faults.is_empty()), &page)
}

/// An opinion's fields with what is wrong with them.
pub(in crate::web::routes::public) fn remark_form(
    form: &RawForm,
    faults: &Faults,
    lang: Lang,
) -> RemarkForm {
    let field = |at, value: &str| field(lang, faults, at, value);
    RemarkForm {
        section: field(FormField::Section, &form.section),
        text: field(FormField::Text, &form.text),
        suggested: field(FormField::Suggested, &form.suggested),
    }
}

/// What was said so far.
pub(super) async fn tray_step(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    error: Option<&Error>,
) -> Result<HttpResponse> {
    let (layout, head) = head(app, view, lang, state, Step::Tray)?;
    let page = TrayStep {
        lang,
        layout,
        head,
        remarks: said(app, view, state).await?,
        files: files(state),
        error: error.map(|error| error.message(lang).to_owned()),
    };
    step_page(status(error.is_none()), &page)
}

/// Files to go along.
pub(super) fn files_step(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    error: Option<&Error>,
) -> Result<HttpResponse> {
    let (layout, head) = head(app, view, lang, state, Step::Files)?;
    let page = FilesStep {
        lang,
        layout,
        head,
        files: files(state),
        upload: Field {
            value: String::new(),
            error: error.map(|error| error.message(lang).to_owned()),
        },
        most: app.config.upload_files,
        largest: in_words(app.config.upload_limit_bytes),
        kept_hours: app.config.upload_keep_hours,
    };
    step_page(status(error.is_none()), &page)
}

/// Who sends it.
pub(super) fn who_step(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    faults: &Faults,
) -> Result<HttpResponse> {
    let (layout, head) = head(app, view, lang, state, Step::Who)?;
    let page = WhoStep {
        lang,
        layout,
        head,
        form: who_form(&state.form, faults, lang),
    };
    step_page(status(faults.is_empty()), &page)
}

/// The sender's fields with what is wrong with them.
pub(in crate::web::routes::public) fn who_form(
    form: &RawForm,
    faults: &Faults,
    lang: Lang,
) -> WhoForm {
    let field = |at, value: &str| field(lang, faults, at, value);
    let kind = if form.sender_kind.is_empty() && faults.of(FormField::SenderKind).is_none() {
        SenderKind::Person.code()
    } else {
        &form.sender_kind
    };
    WhoForm {
        sender_kind: field(FormField::SenderKind, kind),
        organisation: field(FormField::Organisation, &form.organisation),
        credit_code: field(FormField::CreditCode, &form.credit_code),
        name: field(FormField::Name, &form.name),
        phone: field(FormField::Phone, &form.phone),
        email: field(FormField::Email, &form.email),
        address: field(FormField::Address, &form.address),
        district: field(FormField::District, &form.district),
        capacity: field(FormField::Capacity, &form.capacity),
    }
}

/// A last look before sending.
pub(in crate::web::routes::public) async fn check_step(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    faults: &Faults,
) -> Result<HttpResponse> {
    let (layout, head) = head(app, view, lang, state, Step::Check)?;
    let page = CheckStep {
        lang,
        layout,
        head,
        remarks: said(app, view, state).await?,
        files: files(state),
        who: who_shown(&state.form, lang),
        consent: field(lang, faults, FormField::Consent, &state.form.consent),
        terms: terms(app, &view.consultation, lang),
    };
    step_page(status(faults.is_empty()), &page)
}

fn who_shown(form: &RawForm, lang: Lang) -> WhoShown {
    let kind = match SenderKind::parse(&form.sender_kind) {
        Some(SenderKind::Organisation) => lang.pick("单位", "An organisation"),
        _ => lang.pick("我个人", "Myself"),
    };
    let organisation = form.sender_kind == SenderKind::Organisation.code();
    let capacity = Capacity::parse(&form.capacity).map_or("", |capacity| capacity.word(lang));
    let only = |value: &str| {
        if organisation {
            value.to_owned()
        } else {
            String::new()
        }
    };
    let phone = Phone::parse(&form.phone).map(|phone| phone.shown());
    let email = Email::parse(&form.email).map(|email| email.as_str().to_owned());
    let rows = [
        (lang.pick("以谁的名义", "On whose behalf"), kind.to_owned()),
        (
            lang.pick("单位名称", "Organisation"),
            only(&form.organisation),
        ),
        (
            lang.pick("信用代码", "Credit code"),
            only(&form.credit_code),
        ),
        (lang.pick("姓名", "Name"), form.name.clone()),
        (lang.pick("电话", "Telephone"), used(&form.phone, phone)),
        (lang.pick("电子邮箱", "E-mail"), used(&form.email, email)),
        (lang.pick("身份", "Speaking as"), capacity.to_owned()),
        (lang.pick("所在区县", "District"), form.district.clone()),
        (
            lang.pick("通信地址", "Postal address"),
            form.address.clone(),
        ),
    ];
    let filled = rows
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty());
    WhoShown {
        rows: filled.collect(),
    }
}

/// What will be used of what was typed: full-width digits and stray blanks are put right, and whoever
/// checks it sees so.
fn used(typed: &str, read: Result<String>) -> String {
    read.unwrap_or_else(|_| typed.to_owned())
}

/// The files that wait, as they are shown.
fn files(state: &State) -> Vec<FileShown> {
    let shown = state.files.iter().map(|file| FileShown {
        size: size(u64::try_from(file.bytes).unwrap_or(0)),
        held: file.scan == Scan::Held,
        name: file.name.clone(),
    });
    shown.collect()
}
