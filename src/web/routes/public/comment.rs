//! What the pages of the form share: sections to choose, the terms of consent, the page outside the
//! window.

use super::journey::show::{field, remark_form, who_form};
use super::journey::state::State;
use super::privacy::kept_for;
use super::texts::own_words;
use super::view::{Days, View, days, layout, ways};
use crate::consultations::model::{Consultation, Timing};
use crate::intake::form::{Faults, FormField};
use crate::intake::model::submission::TEXT_LIMIT;
use crate::web::app::App;
use crate::web::public::comment::{ChosenSection, CommentPage, DataTerms, SectionChoice};
use crate::web::public::journey::QuoteShown;
use crate::web::public::not_open::{NotOpenPage, Typed};
use crate::words::Lang;

/// The whole form with what was typed and what is wrong with it.
pub(super) fn page(
    app: &App,
    view: &View,
    lang: Lang,
    state: &State,
    faults: &Faults,
) -> CommentPage {
    let consultation = &view.consultation;
    let Days { closes, left, .. } = days(consultation, app.clock.now(), lang);
    let form = &state.form;
    let section = form.section.trim();
    CommentPage {
        lang,
        // The switch of language leads to the form's own address, which a post does not have.
        layout: layout(
            app,
            lang,
            &form_path(&consultation.slug, section),
            consultation,
        ),
        slug: consultation.slug.clone(),
        draft_title: consultation.draft_title.clone(),
        version: view.number(),
        closes,
        left,
        chosen: chosen(view, section),
        choices: choices(view),
        quote: form.quote.as_ref().map(QuoteShown::from),
        remark: remark_form(form, faults, lang),
        who: who_form(form, faults, lang),
        waiting: state.uploads.clone(),
        upload: field(lang, faults, FormField::Files, ""),
        consent: field(lang, faults, FormField::Consent, &form.consent),
        text_limit: u32::try_from(TEXT_LIMIT).unwrap_or(u32::MAX),
        terms: terms(app, consultation, lang),
    }
}

/// The address of the first step for a section.
pub(super) fn form_path(slug: &str, section: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    if section.is_empty() || !section.chars().all(safe) {
        return format!("/c/{slug}/comment");
    }
    format!("/c/{slug}/comment?section={section}")
}

/// What the consent says of this office.
pub(super) fn terms(app: &App, consultation: &Consultation, lang: Lang) -> DataTerms {
    DataTerms {
        handler: consultation.issuer.clone(),
        reach: reach(consultation),
        kept_for: kept_for(app, lang),
        has_wall: consultation.wall_opened_at.is_some(),
    }
}

pub(super) fn reach(consultation: &Consultation) -> String {
    let ways = ways(consultation);
    let known: Vec<String> = [ways.phone, ways.email].into_iter().flatten().collect();
    known.join("，")
}

/// The section that an opinion is about, to be read again.
pub(super) fn chosen(view: &View, anchor: &str) -> Option<ChosenSection> {
    let draft = view.draft()?;
    let node = draft.node(draft.find(anchor)?)?;
    Some(ChosenSection {
        anchor: anchor.to_owned(),
        label: node.label.clone(),
        heading: node.heading.clone(),
        paragraphs: own_words(node, &view.texts.pictures),
    })
}

/// The sections to choose from.
pub(super) fn choices(view: &View) -> Vec<SectionChoice> {
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
    timing: Timing,
    typed: Vec<Typed>,
) -> NotOpenPage {
    let words = days(consultation, app.clock.now(), lang);
    NotOpenPage {
        lang,
        layout: layout(app, lang, &form_path(&consultation.slug, ""), consultation),
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        early: timing == Timing::Early,
        opens: words.opens,
        closes: words.closes,
        typed,
        ways: ways(consultation),
    }
}
