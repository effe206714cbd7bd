//! Reads what a notice of consultation states.

use super::label;
use super::lines::Line;
use super::segment::Segment;
use super::{channels, contact, signature, window};
use crate::documents::model::{Attachment, NodeKind, NoticeFacts, shadow};
use crate::documents::outline::title;

/// The facts of the notice in this segment; `draft` is the title of the draft in the same file.
pub(super) fn of(lines: &[Line], segment: &Segment, draft: Option<&str>) -> NoticeFacts {
    let all = lines.get(segment.head_end..segment.end).unwrap_or_default();
    let signed = segment.signature.as_ref();
    let body_end = signed.map_or(segment.end, |found| found.first);
    let body = lines.get(segment.head_end..body_end).unwrap_or_default();
    let issued_on = signed.and_then(|found| found.signature.date);
    let title = segment.title.as_ref().map(|title| title.words.clone());
    let named = title.iter().cloned().chain(body.iter().map(Line::words));
    let draft_title = draft_title(named).or_else(|| draft.map(in_title_marks));
    let derived = title.is_none();
    let title = title.or_else(|| {
        draft_title
            .as_ref()
            .map(|draft| format!("关于公开征求{draft}意见"))
    });
    let mut facts = NoticeFacts {
        title_derived: derived && title.is_some(),
        title,
        draft_title,
        issuer: signed
            .and_then(|found| found.signature.issuer.clone())
            .or_else(|| issuer_in(segment.title.as_ref()?.words.as_str())),
        issued_on,
        contact: contact::of(all),
        channels: channels::channels(body),
        attachments: attachments(all),
        paragraphs: paragraphs(body),
        ..NoticeFacts::default()
    };
    window::fill(&mut facts, body);
    facts
}

/// `某局关于…的公告`: the office before 关于.
fn issuer_in(title: &str) -> Option<String> {
    let (issuer, _) = title.split_once("关于")?;
    signature::is_office(issuer).then(|| issuer.to_owned())
}

fn in_title_marks(title: &str) -> String {
    match title
        .find(['(', '（'])
        .and_then(|at| title.split_at_checked(at))
    {
        Some((name, state)) if !title.contains('《') => format!("《{name}》{state}"),
        None if !title.contains('《') => format!("《{title}》"),
        _ => title.to_owned(),
    }
}

/// The first 《…》 that is called a draft, with the bracket that calls it so.
fn draft_title(paragraphs: impl Iterator<Item = String>) -> Option<String> {
    let mut drafted = None;
    for words in paragraphs {
        let mut rest = words.as_str();
        let mut before = String::new();
        while let Some((lead, from)) = rest.find('《').and_then(|at| rest.split_at_checked(at)) {
            before.push_str(lead);
            let (name, after) = split_title(from);
            let state = state_after(after);
            if title::names_draft(state) || title::names_draft(name) {
                return Some(format!("{name}{state}"));
            }
            let making = [
                "起草了",
                "拟定了",
                "拟订了",
                "制定了",
                "修订了",
                "编制了",
                "征求",
            ];
            if drafted.is_none() && making.iter().any(|word| before.trim_end().ends_with(word)) {
                drafted = Some(name.to_owned());
            }
            rest = after;
        }
    }
    drafted
}

/// `《…》` with the titles inside it, and the rest.
fn split_title(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (index, c) in text.char_indices() {
        match c {
            '《' => depth = depth.saturating_add(1),
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let end = index.saturating_add(c.len_utf8());
            return text.split_at_checked(end).unwrap_or((text, ""));
        }
    }
    (text, "")
}

/// The bracket right behind a title.
fn state_after(text: &str) -> &str {
    let opened = text.starts_with(['(', '（']);
    let end = text
        .char_indices()
        .take(20)
        .find(|(_, c)| matches!(c, ')' | '）'));
    match end {
        Some((index, c)) if opened => text
            .get(..index.saturating_add(c.len_utf8()))
            .unwrap_or_default(),
        _ => "",
    }
}

fn attachments(lines: &[Line]) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    let listed = lines
        .iter()
        .filter(|line| line.listed && line.at_most(1000));
    for line in listed {
        let words = line.words();
        let folded = line.shadow.as_ref();
        let opened = folded
            .strip_prefix("附件")
            .and_then(|rest| rest.split_once(':'));
        let (numbered, entry) = match opened {
            Some((count, rest)) => (
                count.trim_matches(' ').parse().ok(),
                rest.trim_start_matches(' '),
            ),
            None => (None, folded),
        };
        let skipped = folded.chars().count().saturating_sub(entry.chars().count());
        let mut next = found.last().map_or(1, |last| last.number.saturating_add(1));
        next = numbered.unwrap_or(next);
        for (number, from, to) in entries(entry, next) {
            let title: String = words
                .chars()
                .skip(skipped.saturating_add(from))
                .take(to.saturating_sub(from))
                .collect();
            let title = title
                .trim_matches([' ', '\u{3000}', ';', '；', '。'])
                .to_owned();
            if !title.is_empty() {
                found.push(Attachment {
                    number,
                    title,
                    line: line.number,
                });
            }
        }
    }
    found
}

/// The numbered entries of one line, as number and characters from–to.
fn entries(line: &str, first: u32) -> Vec<(u32, usize, usize)> {
    let mut found = Vec::new();
    let length = line.chars().count();
    let (mut number, mut from) =
        match label::recognise(line).filter(|label| label.kind == NodeKind::Third) {
            Some(label) => (label.number, label.chars.saturating_add(label.gap)),
            None => (first, 0),
        };
    let mut previous = ' ';
    let mut next_mark = format!("{}.", number.saturating_add(1));
    for (at, (byte, c)) in line.char_indices().enumerate() {
        let starts = at > from
            && matches!(previous, ' ' | ';' | '》' | ')')
            && line
                .get(byte..)
                .is_some_and(|rest| rest.starts_with(&next_mark));
        if starts {
            found.push((number, from, at));
            number = number.saturating_add(1);
            from = at.saturating_add(next_mark.chars().count());
            next_mark = format!("{}.", number.saturating_add(1));
        }
        previous = c;
    }
    found.push((number, from, length));
    found
}

/// The notice's own words for publishing.
fn paragraphs(body: &[Line]) -> Vec<String> {
    body.iter()
        .filter(|line| !line.is_blank() && !line.listed)
        .filter(|line| !contact::opens_with_key(&line.shadow) && !is_salutation(&line.shadow))
        .map(Line::words)
        .collect()
}

fn is_salutation(line: &str) -> bool {
    let squeezed = shadow::squeeze(line);
    squeezed.ends_with(':') && squeezed.starts_with(['各', '社', '广']) && !squeezed.contains('。')
}
