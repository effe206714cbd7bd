//! The source text, line by line, with what the outline says about each.

use super::Loaded;
use super::workbench::Asked;
use crate::web::office::imports::{DocumentRow, SourceLine, SourceWindow};
use std::collections::HashMap;

/// Lines of a source shown at once: more would make the page of a long plan slow.
const SHOWN: usize = 600;
/// Lines shown before the one that is asked for: it is to be seen without scrolling.
const BEFORE: usize = 6;

/// Which lines are shown: around the place being corrected, or from the line that is asked for.
pub(super) fn window(
    loaded: &Loaded,
    documents: &[DocumentRow],
    asked: &Asked,
    base: &str,
) -> SourceWindow {
    let total = loaded.text.text.lines().count();
    let here = asked.at.as_deref().and_then(|at| line_of(documents, at));
    let wanted = asked.from.or(here).unwrap_or(1).clamp(1, total.max(1));
    let first = wanted.saturating_sub(BEFORE).max(1);
    let last = first.saturating_add(SHOWN).saturating_sub(1).min(total);
    let at = asked
        .at
        .as_ref()
        .map_or(String::new(), |at| format!("at={at}&"));
    let link = |line: usize| format!("{base}?{at}from={line}#l{line}");
    SourceWindow {
        first,
        last,
        total,
        before: (first > 1).then(|| link(first.saturating_sub(SHOWN).max(1))),
        after: (last < total).then(|| link(last.saturating_add(BEFORE).min(total))),
    }
}

fn line_of(documents: &[DocumentRow], at: &str) -> Option<usize> {
    let (document, place) = at.split_once('.').unwrap_or((at, ""));
    let document = documents.get(document.parse::<usize>().ok()?)?;
    match place.parse::<usize>() {
        Ok(place) => document.nodes.get(place).map(|node| node.line),
        Err(_) => Some(document.line),
    }
}

/// The lines of a window.
pub(super) fn lines(
    loaded: &Loaded,
    documents: &[DocumentRow],
    window: &SourceWindow,
    here: Option<&str>,
) -> Vec<SourceLine> {
    let heads: HashMap<usize, &str> = documents
        .iter()
        .flat_map(|document| {
            let title = (document.line, document.at.as_str());
            let nodes = document
                .nodes
                .iter()
                .map(|node| (node.line, node.at.as_str()));
            std::iter::once(title).chain(nodes)
        })
        .collect();
    let warnings = &loaded.outline.warnings;
    let set_aside = |number: usize| {
        let mut noise = loaded.outline.noise.iter();
        noise.any(|one| one.lines[0] <= number && number <= one.lines[1])
    };
    let numbered = (1_usize..).zip(loaded.text.text.lines());
    numbered
        .skip(window.first.saturating_sub(1))
        .take_while(|(number, _)| *number <= window.last)
        .map(|(number, text)| SourceLine {
            number,
            text: text.trim_end_matches('\r').to_owned(),
            noise: set_aside(number),
            at: heads.get(&number).map(|at| (*at).to_owned()),
            here: here.is_some_and(|here| heads.get(&number) == Some(&here)),
            warnings: warnings
                .iter()
                .filter(|warning| warning.line == number)
                .map(|warning| warning.message.clone())
                .collect(),
        })
        .collect()
}
