//! `GET /c/{slug}/comment`: the form, for a section or for the whole draft.

use super::privacy::kept_for;
use super::texts::own_words;
use super::view::{Days, View, days, layout, stage, ways};
use crate::consultations::model::{Consultation, Timing};
use crate::intake::model::submission::TEXT_LIMIT;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::public::comment::{
    ChosenSection, CommentForm, CommentPage, DataTerms, SectionChoice,
};
use crate::web::public::not_open::{NotOpenPage, Typed};
use crate::web::public::stage::Stage;
use crate::web::respond::{error_page, private_page};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    section: String,
}

/// The empty form; before and after the window, how else to reach the office.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let view = match View::load(&app, slug.into_inner()).await {
        Ok(view) => view,
        Err(error) => return error_page(&app, lang, path, &error, None),
    };
    let form = CommentForm {
        section: Field::of(wanted.into_inner().section),
        sender_kind: Field::of("person"),
        ..CommentForm::default()
    };
    let answer = if stage(&view.consultation, app.clock.now()) == Stage::Open {
        private_page(StatusCode::OK, &page(&app, &view, lang, path, form))
    } else {
        let timing = view.consultation.window.judge(app.clock.now());
        private_page(
            StatusCode::OK,
            &not_open(&app, &view.consultation, lang, path, timing, None),
        )
    };
    answer.unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

/// The form with what was typed and what is wrong with it.
pub(super) fn page(
    app: &App,
    view: &View,
    lang: Lang,
    path: &str,
    form: CommentForm,
) -> CommentPage {
    let consultation = &view.consultation;
    let Days { closes, left, .. } = days(consultation, app.clock.now(), lang);
    let slug = &consultation.slug;
    CommentPage {
        lang,
        // The switch of language leads to the form's own address, which a post does not have.
        layout: layout(
            app,
            lang,
            &form_path(path, slug, &form.section.value),
            consultation,
        ),
        slug: slug.clone(),
        draft_title: consultation.draft_title.clone(),
        version: view.number(),
        closes,
        left,
        chosen: chosen(view, &form.section.value),
        choices: choices(view),
        form,
        text_limit: u32::try_from(TEXT_LIMIT).unwrap_or(u32::MAX),
        terms: DataTerms {
            handler: consultation.issuer.clone(),
            reach: reach(consultation),
            kept_for: kept_for(app, lang),
        },
    }
}

fn form_path(path: &str, slug: &str, section: &str) -> String {
    if path.ends_with("/comment") && section.is_empty() {
        return path.to_owned();
    }
    let safe = section
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    if safe && !section.is_empty() {
        format!("/c/{slug}/comment?section={section}")
    } else {
        format!("/c/{slug}/comment")
    }
}

fn reach(consultation: &Consultation) -> String {
    let ways = ways(consultation);
    let known: Vec<String> = [ways.phone, ways.email].into_iter().flatten().collect();
    known.join("，")
}

fn chosen(view: &View, anchor: &str) -> Option<ChosenSection> {
    let draft = view.draft()?;
    let node = draft.node(draft.find(anchor)?)?;
    Some(ChosenSection {
        anchor: anchor.to_owned(),
        label: node.label.clone(),
        heading: node.heading.clone(),
        paragraphs: own_words(node, &view.texts.pictures),
    })
}

fn choices(view: &View) -> Vec<SectionChoice> {
    let Some(draft) = view.draft() else {
        return Vec::new();
    };
    let sections = draft.sections.iter().enumerate();
    sections
        .filter(|(_, section)| section.has_page())
        .filter_map(|(index, section)| {
            let node = draft.node(index)?;
            Some(SectionChoice {
                anchor: section.anchor.clone(),
                title: format!("{}{}", node.label, node.heading),
                depth: u8::try_from(section.depth).unwrap_or(u8::MAX),
            })
        })
        .collect()
}

/// The page before the first and after the last day, with what was typed given back.
pub(super) fn not_open(
    app: &App,
    consultation: &Consultation,
    lang: Lang,
    path: &str,
    timing: Timing,
    typed: Option<Typed>,
) -> NotOpenPage {
    let words = days(consultation, app.clock.now(), lang);
    NotOpenPage {
        lang,
        layout: layout(
            app,
            lang,
            &form_path(path, &consultation.slug, ""),
            consultation,
        ),
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        early: timing == Timing::Early,
        opens: words.opens,
        closes: words.closes,
        typed,
        ways: ways(consultation),
    }
}
