//! The opinions written down: as they are shown, and as they are given back.

use super::place::{quotable, view_of};
use super::state::State;
use crate::documents::model::quote::TextQuote;
use crate::error::Result;
use crate::intake::form::RawRemark;
use crate::web::app::App;
use crate::web::public::not_open::Typed;
use crate::web::public::said::Said;
use crate::web::routes::public::view::View;

/// The opinions written down, as they are shown.
pub(super) async fn said(app: &App, view: &View, state: &State) -> Result<Vec<Said>> {
    let mut all = Vec::with_capacity(state.form.gathered.len());
    for remark in &state.form.gathered {
        let section = section_name(app, view, remark).await?;
        let (quote, suggested) = (remark.quote.as_ref(), Some(remark.suggested.as_str()));
        all.push(Said::of(Some(section), quote, &remark.text, suggested));
    }
    Ok(all)
}

/// Label and heading of the section that an opinion is on, in the version it was written on; empty
/// for the whole draft.
async fn section_name(app: &App, view: &View, remark: &RawRemark) -> Result<String> {
    let read = view_of(app, view, remark.version).await?;
    let named = read.draft().and_then(|draft| {
        let node = draft.node(draft.find(remark.section.trim())?)?;
        Some(format!("{}{}", node.label, node.heading))
    });
    Ok(named.unwrap_or_default())
}

/// Everything that was typed, to be given back.
pub(in crate::web::routes::public) async fn typed(
    app: &App,
    view: &View,
    state: &State,
) -> Result<Vec<Typed>> {
    let mut all = Vec::new();
    for remark in state.everything() {
        all.push(Typed {
            section: section_name(app, view, &remark).await?,
            text: words_of(&remark),
        });
    }
    Ok(all)
}

/// What was typed in one opinion.
pub(super) fn words_of(remark: &RawRemark) -> String {
    let parts = [remark.text.trim(), remark.suggested.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// Whether quoted words stand in the section they are said to be of.
pub(in crate::web::routes::public) fn stands(view: &View, anchor: &str, quote: &TextQuote) -> bool {
    quotable(view, anchor.trim()).is_some_and(|words| quote.find(&words.text).is_some())
}
