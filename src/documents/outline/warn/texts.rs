//! What is odd about the text beside its numbering: quotation marks, the table of contents, and
//! headings that a format states and no number bears out.

use super::warning;
use crate::documents::model::{DocumentOutline, Node, NodeKind, Warning, shadow};
use crate::documents::outline::lines::Line;
use crate::documents::outline::noise::{Contents, Entry};
use std::collections::HashSet;

/// Quotation marks of a line that do not pair, such as “甲“. A quotation of several paragraphs, as
/// an amendment has, begins each with “ and ends only the last with ”: that is no fault.
pub(in crate::documents::outline) fn quotes(body: &[Line], out: &mut Vec<Warning>) {
    let mut quoting = false;
    for line in body {
        let marks = line.marks;
        let left_open = marks.opened == marks.closed.saturating_add(1);
        let begins = left_open && line.shadow.contains(":“");
        let goes_on = quoting && left_open && line.shadow.starts_with('“');
        let ends = quoting && marks.closed == marks.opened.saturating_add(1);
        let paired = marks.opened == marks.closed;
        if !(paired || begins || goes_on || ends) {
            out.push(unpaired(line.number, '“', '”'));
        }
        quoting = begins || goes_on || (quoting && paired && !line.shadow.starts_with('“'));
        if marks.titles_opened != marks.titles_closed {
            out.push(unpaired(line.number, '《', '》'));
        }
    }
}

fn unpaired(line: usize, open: char, close: char) -> Warning {
    warning(
        "unpaired-quotes",
        line,
        format!("第{line}行的“{open}”与“{close}”不成对"),
    )
}

/// A table of contents that does not say what the body's headings say.
pub(in crate::documents::outline) fn contents(
    contents: &Contents,
    documents: &[DocumentOutline],
    out: &mut Vec<Warning>,
) {
    let kinds: HashSet<NodeKind> = contents.entries.iter().map(|entry| entry.kind).collect();
    let behind = documents.iter().find(|document| {
        let [_, last] = document.lines;
        last > contents.line
    });
    let mut found = Vec::new();
    if let Some(document) = behind {
        collect(&document.nodes, &kinds, &mut found);
    }
    let mut headings = found.into_iter();
    let differs = contents
        .entries
        .iter()
        .find(|entry| headings.next().as_ref() != Some(entry));
    let left_over = headings.next();
    let line = contents.line;
    let message = match (differs, left_over) {
        (Some(entry), _) => format!(
            "第{line}行的目录与正文不一致：目录中的“{}”在正文的同一位置找不到，请核对",
            entry.heading
        ),
        (None, Some(heading)) => format!(
            "第{line}行的目录与正文不一致：正文的“{}”不在目录中，请核对",
            heading.heading
        ),
        (None, None) => return,
    };
    out.push(warning("table-of-contents", line, message));
}

/// The numbered headings of these kinds in the order of the source.
fn collect(nodes: &[Node], kinds: &HashSet<NodeKind>, out: &mut Vec<Entry>) {
    for node in nodes {
        if kinds.contains(&node.kind) && node.number > 0 {
            out.push(Entry {
                kind: node.kind,
                number: node.number,
                heading: shadow::squeeze(&node.heading),
            });
        }
        collect(&node.children, kinds, out);
    }
}

/// Headings that the file format states on lines that have no label and belong to no title.
pub(in crate::documents::outline) fn stated(
    lines: &[Line],
    documents: &[DocumentOutline],
    stated: &[(usize, u8)],
    out: &mut Vec<Warning>,
) {
    if stated.is_empty() {
        return;
    }
    let plain: HashSet<usize> = lines
        .iter()
        .filter(|line| line.label.is_none() && !line.heads && !line.listed && !line.is_blank())
        .map(|line| line.number)
        .collect();
    let in_title = |line: usize| {
        documents
            .iter()
            .filter_map(|document| document.title_lines)
            .any(|[first, last]| (first..=last).contains(&line))
    };
    for (line, level) in stated {
        if plain.contains(line) && !in_title(*line) {
            out.push(warning(
                "unnumbered-heading",
                *line,
                format!("第{line}行在文件中是{level}级标题，但没有编号，未列入提纲，请核对"),
            ));
        }
    }
}
