//! `GET /c/{slug}`.

use super::kept::kept;
use super::texts::{contents, paragraphs};
use super::view::{View, days, layout, stage, ways};
use crate::web::app::App;
use crate::web::dates;
use crate::web::public::consultation::{Attachment, ConsultationPage};
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// What it is, until when, how to comment, what happens then.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        let now = app.clock.now();
        let consultation = &view.consultation;
        let words = days(consultation, now, lang);
        let attachments = consultation.attachments.iter().map(|name| Attachment {
            href: attachment_href(&view, lang.prefix(), name),
            name: name.clone(),
        });
        Ok(ConsultationPage {
            lang,
            layout: layout(&app, lang, &path, consultation),
            slug: consultation.slug.clone(),
            stage: stage(consultation, now),
            title: consultation.title.clone(),
            about: None,
            office: consultation.issuer.clone(),
            opens: words.opens,
            closes: words.closes,
            left: words.left,
            // Part of the notice's own text, which is not translated.
            published_on: consultation
                .issued_on
                .map(|day| dates::plain(Lang::Zh, day)),
            short_reason: None,
            ways: ways(consultation),
            notice: paragraphs(&consultation.notice_text),
            draft_title: consultation.draft_title.clone(),
            outline: view
                .draft()
                .map(|draft| contents(&draft.outline))
                .unwrap_or_default(),
            explanation: view.explanation().map(|document| document.title.clone()),
            attachments: attachments.collect(),
        })
    })
    .await
}

/// The attachments of a notice are its own texts: the list leads to the pages that hold them.
fn attachment_href(view: &View, prefix: &str, name: &str) -> String {
    let page = match view.explanation() {
        Some(_) if name.contains("说明") => "explanation",
        _ => "draft",
    };
    format!("{prefix}/c/{}/{page}", view.consultation.slug)
}
