//! What the guardrails say, as an answer to a posted form.

use super::view::{layout, ways};
use crate::consultations::model::Consultation;
use crate::error::Result;
use crate::web::app::App;
use crate::web::assets;
use crate::web::form_data::FormData;
use crate::web::limits::{OWN_FIELDS, Verdict, mark};
use crate::web::public::busy::{BusyPage, Why};
use crate::web::respond::{private_page, with_script};
use crate::words::Lang;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};

/// A form that is not taken yet, and what the page about it needs.
pub(super) struct Waiting<'a> {
    pub(super) consultation: &'a Consultation,
    pub(super) lang: Lang,
    /// The path of the request without the language.
    pub(super) path: &'a str,
    /// Every field that is to come again: tokens of files among them, no file itself.
    pub(super) form: &'a FormData,
    /// The person's own words, to be shown.
    pub(super) typed: &'a str,
}

/// The page for a verdict; `None` for one that lets the form pass.
///
/// # Errors
/// `Kind::Internal` when the page cannot be made.
pub(super) fn answer(
    app: &App,
    waiting: &Waiting<'_>,
    verdict: Verdict,
) -> Result<Option<HttpResponse>> {
    let (why, status, seconds) = match verdict {
        Verdict::Pass => return Ok(None),
        Verdict::AskAgain => (Why::LookOver, StatusCode::UNPROCESSABLE_ENTITY, 0),
        Verdict::Work(asked) => {
            let why = Why::Work {
                challenge: asked.challenge,
                bits: asked.bits,
                wait_seconds: asked.wait_seconds,
                everybody: asked.everybody,
                tried: !waiting.form.get("answer").is_empty(),
            };
            (why, StatusCode::TOO_MANY_REQUESTS, asked.wait_seconds)
        }
        Verdict::TryLater(seconds) => (
            Why::Later { seconds },
            StatusCode::TOO_MANY_REQUESTS,
            seconds,
        ),
    };
    let mut response = private_page(status, &page(app, waiting, why)?)?;
    with_script(&mut response);
    if seconds > 0 {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(Some(response))
}

fn page(app: &App, waiting: &Waiting<'_>, why: Why) -> Result<BusyPage> {
    let (consultation, lang) = (waiting.consultation, waiting.lang);
    let back = format!("/c/{}", consultation.slug);
    let mut layout = layout(app, lang, &back, consultation);
    if matches!(why, Why::Work { .. }) {
        layout.script = Some(assets::work_href());
    }
    Ok(BusyPage {
        lang,
        layout,
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        why,
        action: format!("{}{}", lang.prefix(), waiting.path),
        fields: waiting.form.without(&OWN_FIELDS),
        typed: waiting.typed.to_owned(),
        mark: mark::again(&app.vault, app.clock.now())?,
        ways: ways(consultation),
    })
}
