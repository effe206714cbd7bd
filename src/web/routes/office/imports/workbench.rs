//! The outline with its source, as the page shows them.

use super::source::{lines, window};
use super::{Loaded, steps};
use crate::documents::edit::{At, paragraphs};
use crate::documents::model::{DocumentKind, DocumentOutline, Place};
use crate::imports::model::State;
use crate::shorten::shorten;
use crate::web::form_data::FormData;
use crate::web::frame::Office;
use crate::web::office::frame::Room;
use crate::web::office::imports::{
    DocumentRow, NodeRow, NoiseRow, Panel, Step, WarningRow, WorkbenchPage,
};
use crate::web::office::parts::Choice;
use crate::words::Lang;
use serde::Deserialize;
use std::collections::HashMap;

/// Characters of a long text that are shown where it is only named.
const SHORT: usize = 80;

/// What a request asks to see: the place to correct (`0.3`, or `0` for a document), and from which
/// line of the source.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    pub(super) at: Option<String>,
    pub(super) from: Option<usize>,
}

impl Asked {
    /// What a posted correction was about: it is shown again.
    pub(super) fn of(form: &FormData) -> Self {
        let plain = |at: &String| at.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        Self {
            at: Some(form.take("at")).filter(|at| !at.is_empty() && plain(at)),
            from: None,
        }
    }
}

/// The place that `0.3` names.
pub(super) fn at(text: &str) -> Option<At> {
    let (document, place) = text.split_once('.')?;
    Some(At {
        document: document.parse().ok()?,
        place: place.parse().ok()?,
    })
}

/// The page.
pub(super) fn page(office: &Office, loaded: &Loaded, asked: &Asked) -> WorkbenchPage {
    let lang = office.lang;
    let Loaded {
        import, outline, ..
    } = loaded;
    let mut warned: HashMap<usize, usize> = HashMap::new();
    for warning in &outline.warnings {
        let count = warned.entry(warning.line).or_default();
        *count = count.saturating_add(1);
    }
    let here = asked.at.as_deref();
    let documents: Vec<DocumentRow> = outline
        .documents
        .iter()
        .enumerate()
        .map(|(index, document)| document_row(lang, index, document, here, &warned))
        .collect();
    let base = office.href(&format!("/imports/{}", import.id));
    let window = window(loaded, &documents, asked, &base);
    WorkbenchPage {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Imports, None),
        steps: steps(import, Step::Outline),
        open: import.state(office.app.clock.now()) == State::Preparing,
        revision: import.revision,
        done: import.edits.done.len(),
        undone: import.edits.undone.len(),
        error: None,
        warnings: warnings(loaded, &documents, &base),
        noise: noise(loaded),
        source: lines(loaded, &documents, &window, here),
        documents,
        window,
    }
}

fn document_row(
    lang: Lang,
    index: usize,
    document: &DocumentOutline,
    here: Option<&str>,
    warned: &HashMap<usize, usize>,
) -> DocumentRow {
    let at = index.to_string();
    let code = |kind: DocumentKind| serde_json::to_value(kind).ok();
    let text = |kind| match code(kind) {
        Some(serde_json::Value::String(code)) => code,
        _ => String::new(),
    };
    let chosen = text(document.kind);
    let kinds = KINDS
        .iter()
        .map(|kind| Choice::new(text(*kind), kind_word(*kind, lang), &chosen));
    let places = document.walk();
    let nodes = places.iter().enumerate();
    DocumentRow {
        here: here == Some(at.as_str()),
        kind: kind_word(document.kind, lang),
        title: document.title.clone().unwrap_or_default(),
        line: document.lines.first().copied().unwrap_or(1),
        kinds: kinds.collect(),
        nodes: nodes
            .map(|(place, found)| {
                node_row(
                    &format!("{index}.{place}"),
                    place,
                    found,
                    document,
                    here,
                    warned,
                )
            })
            .collect(),
        at,
    }
}

fn node_row(
    at: &str,
    index: usize,
    place: &Place<'_>,
    document: &DocumentOutline,
    here: Option<&str>,
    warned: &HashMap<usize, usize>,
) -> NodeRow {
    let node = place.node;
    let panel = (here == Some(at)).then(|| Panel {
        words: node.name.clone().unwrap_or_else(|| node.heading.clone()),
        units: node.units.join("、"),
        paragraphs: paragraphs(document, index)
            .iter()
            .map(|words| short(words))
            .collect(),
    });
    NodeRow {
        at: at.to_owned(),
        depth: place.ancestors.len().saturating_add(1),
        label: node.label.clone(),
        heading: if node.heading.is_empty() {
            short(&node.text)
        } else {
            node.heading.clone()
        },
        name: node.name.clone(),
        line: node.line,
        units: node.units.len(),
        warnings: warned.get(&node.line).copied().unwrap_or(0),
        panel,
    }
}

/// The beginning of a text.
pub(super) fn short(text: &str) -> String {
    shorten(text.trim(), SHORT)
}

const KINDS: [DocumentKind; 6] = [
    DocumentKind::Notice,
    DocumentKind::Draft,
    DocumentKind::Explanation,
    DocumentKind::Attachment,
    DocumentKind::ForwardingNotice,
    DocumentKind::AdoptedPlan,
];

fn kind_word(kind: DocumentKind, lang: Lang) -> &'static str {
    match kind {
        DocumentKind::Notice => lang.pick("公告", "Notice"),
        DocumentKind::Draft => lang.pick("征求意见稿", "Draft"),
        DocumentKind::Explanation => lang.pick("起草说明", "Explanation"),
        DocumentKind::ForwardingNotice => lang.pick("印发通知", "Forwarding notice"),
        DocumentKind::AdoptedPlan => lang.pick("现行文件", "Plan in force"),
        DocumentKind::Attachment => lang.pick("附件", "Attachment"),
    }
}

fn warnings(loaded: &Loaded, documents: &[DocumentRow], base: &str) -> Vec<WarningRow> {
    let nodes: Vec<&NodeRow> = documents.iter().flat_map(|row| &row.nodes).collect();
    loaded
        .outline
        .warnings
        .iter()
        .map(|warning| {
            let line = warning.line;
            let before = nodes.partition_point(|node| node.line <= line);
            let node = before.checked_sub(1).and_then(|at| nodes.get(at));
            let at = node.map_or(String::new(), |node| format!("at={}&", node.at));
            WarningRow {
                line,
                message: warning.message.clone(),
                href: format!("{base}?{at}from={line}#l{line}"),
            }
        })
        .collect()
}

fn noise(loaded: &Loaded) -> Vec<NoiseRow> {
    let noise = loaded.outline.noise.iter().enumerate();
    noise
        .filter(|(_, one)| !one.text.trim().is_empty())
        .map(|(index, one)| {
            let [first, last] = one.lines;
            NoiseRow {
                index,
                lines: if first == last {
                    first.to_string()
                } else {
                    format!("{first}–{last}")
                },
                reason: one.reason.clone(),
                text: short(&one.text),
            }
        })
        .collect()
}
