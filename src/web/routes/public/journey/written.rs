//! The opinions written down: as they are shown, and as they are given back.

use super::place::quotable;
use super::state::State;
use crate::documents::model::quote::TextQuote;
use crate::intake::form::RawRemark;
use crate::web::public::not_open::Typed;
use crate::web::public::said::Said;
use crate::web::routes::public::view::View;

/// The opinions written down, as they are shown.
pub(super) fn said(view: &View, state: &State) -> Vec<Said> {
    let shown = |remark: &RawRemark| {
        let suggested = Some(remark.suggested.as_str());
        Said::of(
            Some(section_name(view, &remark.section)),
            remark.quote.as_ref(),
            &remark.text,
            suggested,
        )
    };
    state.form.gathered.iter().map(shown).collect()
}

/// Label and heading of a section of the draft; empty for the whole.
pub(in crate::web::routes::public) fn section_name(view: &View, anchor: &str) -> String {
    let named = view.draft().and_then(|draft| {
        let node = draft.node(draft.find(anchor.trim())?)?;
        Some(format!("{}{}", node.label, node.heading))
    });
    named.unwrap_or_default()
}

/// Everything that was typed, to be given back.
pub(in crate::web::routes::public) fn typed(view: &View, state: &State) -> Vec<Typed> {
    let own = state.own();
    let all = state
        .form
        .gathered
        .iter()
        .chain((!own.is_blank()).then_some(&own));
    all.map(|remark| Typed {
        section: section_name(view, &remark.section),
        text: with_wording(&remark.text, &remark.suggested),
    })
    .collect()
}

fn with_wording(text: &str, suggested: &str) -> String {
    let parts = [text.trim(), suggested.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// Whether quoted words stand in the section they are said to be of.
pub(in crate::web::routes::public) fn stands(view: &View, anchor: &str, quote: &TextQuote) -> bool {
    quotable(view, anchor.trim()).is_some_and(|words| quote.find(&words.text).is_some())
}
