//! `/office/c/{slug}/window`: a later last day. The form is looked at, shown once more as before and
//! after, and then done.

use crate::clock::beijing;
use crate::consultations::extend::{Extension, Wrong, extend, must_be_unanswered, read};
use crate::consultations::find;
use crate::consultations::model::{Consultation, Timing, Window, WindowChange};
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use crate::web::dates;
use crate::web::field::Field;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, flash, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::window::{Change, Days, WindowCheck, WindowPage};
use crate::web::respond::{private_page, see_other};
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// Whether it was just done.
#[derive(Deserialize)]
pub(super) struct Done {
    extended: Option<String>,
}

/// The form.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    done: Query<Done>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let mut page = form(&office, &consultation, Field::default(), Field::default()).await?;
        if done.extended.is_some() {
            page.frame.flash = flash(office.lang.pick(
                "已经延长，公告页上写明了，订阅的人会收到邮件。",
                "Done. The notice says so, and followers get a mail.",
            ));
        }
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Looks at the form, shows it again as before and after, or does it.
pub(super) async fn post(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, sent| async move {
        let consultation = office.consultation(&slug).await?;
        let (day, reason) = (sent.get("closes_on"), sent.get("reason"));
        if sent.get("go") == "change" {
            let page = form(&office, &consultation, Field::of(day), Field::of(reason)).await?;
            return private_page(StatusCode::OK, &page);
        }
        must_be_as_seen(&consultation, &sent)?;
        match read(&consultation, day, reason, office.app.clock.now()) {
            Err(wrong) => refuse(&office, &consultation, &sent, &wrong).await,
            Ok(asked) if sent.get("go") == "extend" => act(&office, consultation, asked).await,
            Ok(asked) => check(&office, &consultation, &asked),
        }
    })
    .await
}

/// The last look was at the window as it is now: `seen` is the last day that stood there. The first
/// form does not send it.
fn must_be_as_seen(consultation: &Consultation, sent: &FormData) -> Result<()> {
    must_be_unanswered(consultation)?;
    let is = consultation.window.closes_on.to_string();
    match sent.find("seen") {
        Some(seen) if seen != is => Err(Error::new(
            Kind::Conflict,
            format!("刚刚有同事把截止日期改为{is}，您的延期没有生效。请看看现在的日期再决定"),
            format!(
                "a colleague has just moved the last day to {is}; your extension was not made. See what stands there now, then decide"
            ),
        )),
        None if sent.get("go") == "extend" => Err(Error::invalid(
            "请先看前后对照，再确认延长",
            "compare before and after first, then extend",
        )),
        _ => Ok(()),
    }
}

async fn act(
    office: &Office,
    consultation: Consultation,
    asked: Extension,
) -> Result<HttpResponse> {
    let actor = office.signed_in.staff.actor();
    let clock = Arc::clone(&office.app.clock);
    let slug = consultation.slug.clone();
    let done = office
        .app
        .database
        .write(move |db| extend(db, &actor, &*clock, &consultation, &asked))
        .await;
    // Also when somebody else was faster: readers and the form see what stands there now.
    office.app.known.forget(&slug);
    office.app.pages.clear();
    done?;
    Ok(see_other(
        &office.href(&format!("/c/{slug}/window?extended=1")),
    ))
}

async fn refuse(
    office: &Office,
    consultation: &Consultation,
    sent: &FormData,
    wrong: &Wrong,
) -> Result<HttpResponse> {
    let field = |name: &str, error: &Option<Error>| match error {
        Some(error) => Field::wrong(sent.get(name), error.message(office.lang)),
        None => Field::of(sent.get(name)),
    };
    let day = field("closes_on", &wrong.closes_on);
    let reason = field("reason", &wrong.reason);
    let page = form(office, consultation, day, reason).await?;
    private_page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn form(
    office: &Office,
    consultation: &Consultation,
    closes_on: Field,
    reason: Field,
) -> Result<WindowPage> {
    let (lang, place) = (office.lang, office.place(consultation));
    let id = consultation.id.clone();
    let changes = office
        .app
        .database
        .read(move |db| find::window_changes(db, &id))
        .await?;
    let today = office.app.clock.now().to_zoned(beijing()).date();
    Ok(WindowPage {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Window, Some(place.clone())),
        place,
        now: days(&consultation.window, lang),
        earliest: earliest(&consultation.window, today).to_string(),
        closes_on,
        reason,
        refused: must_be_unanswered(consultation)
            .err()
            .map(|why| why.message(lang).to_owned()),
        changes: changes.iter().map(|one| change(one, lang)).collect(),
    })
}

fn check(office: &Office, consultation: &Consultation, asked: &Extension) -> Result<HttpResponse> {
    let (lang, place) = (office.lang, office.place(consultation));
    let old = &consultation.window;
    let new = Window::new(old.opens_on, asked.closes_on)?;
    let has_ended = old.judge(office.app.clock.now()) == Timing::Late;
    let page = WindowCheck {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Window, Some(place.clone())),
        place,
        before: days(old, lang),
        after: days(&new, lang),
        reason: asked.reason.clone(),
        fields: vec![
            ("seen", old.closes_on.to_string()),
            ("closes_on", asked.closes_on.to_string()),
            ("reason", asked.reason.clone()),
        ],
        gap: if has_ended { gap(lang) } else { String::new() },
    };
    private_page(StatusCode::OK, &page)
}

fn gap(lang: Lang) -> String {
    lang.pick(
        "原来的截止日期已过。截止后收到、现在落在新期限内的来件，从“逾期”改为“期限内”；网上的表单重新开放。",
        "The old last day has passed. What came after it and lies in the new window no longer counts as late; the online form opens again.",
    )
    .to_owned()
}

fn earliest(window: &Window, today: Date) -> Date {
    let next = window.closes_on.checked_add(1.day());
    next.map_or(today, |next| next.max(today))
}

fn days(window: &Window, lang: Lang) -> Days {
    Days {
        opens: dates::long(lang, window.opens_on),
        closes: dates::long(lang, window.closes_on),
        count: window.days(),
    }
}

fn change(one: &WindowChange, lang: Lang) -> Change {
    let at = dates::moment_short(one.changed_at);
    Change {
        was: dates::long(lang, one.closed_on),
        is: dates::long(lang, one.closes_on),
        reason: one.reason.clone(),
        decided: lang.pick(
            format!("（{at}，{}）", one.changed_by),
            format!("({at}, {})", one.changed_by),
        ),
    }
}
