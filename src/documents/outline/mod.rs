//! From the text of a file to its outline.
//!
//! The steps, each in its file: fold the text once (`physical`), set noise and the table of contents
//! aside (`noise`), recognise labels by their words (`label`, `cited`) and keep them by their place
//! (`settle`, `articles`, `quoted`, `wrapped`), cut the file into documents (`segment`, `title`,
//! `signature`), name them (`kind`), build their trees (`rank`, `tree`, `units`), read the notice
//! (`facts`, `window`, `contact`), and warn (`warn`).
//! All matching is done on a normalised shadow; what is kept are the source's own characters.
//! Every step is one pass, so the time grows with the size of the text.

mod articles;
mod channels;
mod cited;
mod contact;
mod dates;
mod facts;
mod kind;
mod label;
mod label_of;
mod lines;
mod listing;
mod marks;
mod noise;
mod ordinal;
mod parts;
mod physical;
mod quoted;
mod rank;
mod segment;
mod settle;
mod signature;
mod title;
mod tree;
mod units;
mod warn;
mod window;
mod wrapped;

pub use label_of::{LabelOf, label_of};

use super::model::{DocumentKind, DocumentOutline, NoticeFacts, Outline, Source, Warning};
use super::read::SourceText;
use lines::Line;
use noise::Sifted;
use physical::Folded;
use segment::Segment;

/// Reads the outline of a text, with what was odd in its file among the warnings. Never fails: what is
/// odd is kept as it is and named in `warnings`;
/// [`NoticeFacts::check`] says whether a consultation can be opened from it.
#[must_use]
pub fn outline(source: &SourceText) -> Outline {
    let mut outline = outline_with(source, &source.headings);
    outline
        .warnings
        .extend(source.warnings.iter().map(|warning| Warning {
            code: warning.code.to_owned(),
            message: warning.message.clone(),
            line: warning.line,
        }));
    outline.warnings.sort_by_key(|warning| warning.line);
    outline
}

/// As [`outline`], for a format that states headings itself: `stated` are pairs of a line, 1-based,
/// and its level. A stated heading that got no label and stands in no title is warned of.
#[must_use]
pub fn outline_with(source: &SourceText, stated: &[(usize, u8)]) -> Outline {
    let folded = Folded::of(&source.text);
    let physical = folded.lines(&source.text);
    let Sifted {
        mut lines,
        noise,
        contents,
    } = noise::sift(&source.text, &physical, &source.contents);
    let mut warnings = Vec::new();
    listing::mark(&mut lines);
    settle::labels(&mut lines, &mut warnings);
    let segments = segment::cut(&lines);
    let kinds = kind::of_all(&lines, &segments);
    let documents: Vec<DocumentOutline> = segments
        .iter()
        .zip(&kinds)
        .map(|(segment, kind)| document(&lines, segment, *kind))
        .collect();
    for segment in &segments {
        let body = lines.get(segment.head_end..segment.end).unwrap_or_default();
        warn::quotes(body, &mut warnings);
    }
    for document in &documents {
        warn::document(document, &mut warnings);
    }
    if let Some(contents) = &contents {
        warn::contents(contents, &documents, &mut warnings);
    }
    warn::stated(&lines, &documents, stated, &mut warnings);
    warnings.sort_by_key(|warning| warning.line);
    Outline {
        source: Source {
            name: source.name.clone(),
            sha256: source.sha256.clone(),
            characters: source.text.chars().count(),
        },
        notice: notice(&lines, &segments, &kinds, &documents),
        documents,
        noise,
        warnings,
    }
}

fn document(lines: &[Line], segment: &Segment, kind: DocumentKind) -> DocumentOutline {
    let stretch = |from: usize, to: usize| lines.get(from..to).unwrap_or_default();
    let raw = |from: usize, to: usize| {
        stretch(from, to)
            .iter()
            .map(|line| line.raw.as_ref())
            .collect()
    };
    let number = |index: usize| lines.get(index).map_or(0, |line| line.number);
    let own = stretch(segment.start, segment.end);
    let mut numbers = own
        .iter()
        .filter(|line| !line.is_blank())
        .map(|line| line.number);
    let first = numbers.next().unwrap_or_else(|| number(segment.start));
    let body = tree::build(stretch(segment.head_end, segment.foot_start));
    let title = segment.title.as_ref();
    DocumentOutline {
        kind,
        title: title.map(|title| title.words.clone()),
        title_lines: title.map(|title| [number(title.first), number(title.last)]),
        lines: [first, numbers.next_back().unwrap_or(first)],
        head: raw(segment.start, segment.head_end),
        preamble: body.preamble,
        nodes: body.nodes,
        foot: raw(segment.foot_start, segment.end),
        signature: segment
            .signature
            .as_ref()
            .map(|found| found.signature.clone()),
    }
}

fn notice(
    lines: &[Line],
    segments: &[Segment],
    kinds: &[DocumentKind],
    documents: &[DocumentOutline],
) -> Option<NoticeFacts> {
    let at = kinds
        .iter()
        .position(|kind| *kind == DocumentKind::Notice)?;
    let draft = documents
        .iter()
        .find(|document| document.kind == DocumentKind::Draft)
        .and_then(|document| document.title.as_deref());
    Some(facts::of(lines, segments.get(at)?, draft))
}
