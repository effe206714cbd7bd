//! `GET /c/{slug}`.

use super::contents;
use super::kept::kept;
use super::meta::of_consultation;
use super::nav::plan_nav;
use super::view::{View, days, layout, moment, stage, ways};
use crate::consultations::model::WindowChange;
use crate::documents::model::shadow;
use crate::documents::published::SourceFile;
use crate::web::app::App;
use crate::web::dates;
use crate::web::layout::Layout;
use crate::web::public::consultation::{Attachment, ConsultationPage, Extended, Original};
use crate::web::public::para::{Pictures, paragraphs};
use crate::web::public::plan_nav::PlanNav;
use crate::web::sizes::size;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// What it is, until when, how to comment, what happens then.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let view = View::load(&app, slug.into_inner()).await?;
        let changes = view.window_changes(&app).await?;
        Ok(page(&app, &view, &changes, lang, &path))
    })
    .await
}

fn page(
    app: &App,
    view: &View,
    changes: &[WindowChange],
    lang: Lang,
    path: &str,
) -> ConsultationPage {
    let now = app.clock.now();
    let consultation = &view.consultation;
    let words = days(consultation, now, lang);
    let draft = view.draft();
    ConsultationPage {
        lang,
        layout: Layout {
            meta: Some(of_consultation(app, view, lang)),
            ..layout(app, lang, path, consultation)
        },
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
        short_reason: consultation.short_reason.clone(),
        extended: changes
            .iter()
            .map(|change| extended(change, lang))
            .collect(),
        has_wall: consultation.wall_opened_at.is_some(),
        ways: ways(consultation),
        notice: paragraphs(&consultation.notice_text, &Pictures::default()),
        draft_title: consultation.draft_title.clone(),
        outline: draft
            .map(|draft| contents::around(draft, None))
            .unwrap_or_default(),
        explanation: view.explanation().map(|text| text.document.title.clone()),
        attachments: attachments(view, lang),
        originals: originals(app, view, lang),
        find: PlanNav {
            texts: Vec::new(),
            ..plan_nav(view, lang, path)
        },
        has_units: draft.is_some_and(|draft| {
            let mut sections = 0..draft.sections.len();
            sections.any(|index| draft.node(index).is_some_and(|node| !node.units.is_empty()))
        }),
    }
}

fn extended(change: &WindowChange, lang: Lang) -> Extended {
    Extended {
        was: dates::long(lang, change.closed_on),
        is: dates::long(lang, change.closes_on),
        reason: change.reason.clone(),
        decided: moment(change.changed_at, lang),
    }
}

/// The attachments that the notice names lead to the pages that hold them; texts in the file that it
/// does not name are listed after them.
fn attachments(view: &View, lang: Lang) -> Vec<Attachment> {
    let base = view.base(lang);
    let mut numbered: Vec<(String, &str)> = (1..)
        .zip(view.texts.attachments())
        .map(|(number, text)| {
            let href = format!("{base}/attachments/{number}");
            (href, text.document.title.as_str())
        })
        .collect();
    let mut listed = Vec::new();
    for name in &view.consultation.attachments {
        let squeezed = shadow::squeeze(name);
        let own = numbered
            .iter()
            .position(|(_, title)| !title.is_empty() && squeezed.contains(&shadow::squeeze(title)));
        let href = match (own, view.explanation()) {
            (Some(at), _) => numbered.remove(at).0,
            (None, Some(_)) if name.contains("说明") => format!("{base}/explanation"),
            (None, _) => format!("{base}/draft"),
        };
        listed.push(Attachment {
            name: name.clone(),
            href,
        });
    }
    let rest = numbered.into_iter().map(|(href, title)| Attachment {
        name: if title.is_empty() {
            "附件".to_owned()
        } else {
            title.to_owned()
        },
        href,
    });
    listed.extend(rest);
    listed
}

/// The files that the texts were read from, with a way to them where their bytes are kept.
fn originals(app: &App, view: &View, lang: Lang) -> Vec<Original> {
    let base = view.base(lang);
    let files = view
        .texts
        .version
        .iter()
        .flat_map(|version| &version.sources);
    let files = (1..).zip(files);
    files
        .map(|(number, file): (usize, &SourceFile)| Original {
            name: file.name.clone(),
            href: app
                .storage
                .holds(&file.sha256)
                .then(|| format!("{base}/original/{number}")),
            size: size(file.bytes),
            sha256: file.sha256.clone(),
        })
        .collect()
}
