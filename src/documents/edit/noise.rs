//! Setting words aside that belong to no text, and taking them back.

use super::split::paragraph_at;
use super::stream::{Item, flatten, range, rebuild};
use super::{At, gone};
use crate::documents::model::{Noise, Outline};
use crate::error::Result;

/// Why, in the words of every other noise.
const REASON: &str = "办理人员标为无关内容";

/// Sets a section with all below it aside, or one paragraph of its words.
pub(super) fn set_aside(outline: &mut Outline, at: At, paragraph: Option<usize>) -> Result<()> {
    let before = characters_before(outline, at.document);
    let document = outline.documents.get_mut(at.document).ok_or_else(gone)?;
    let mut run = flatten(document);
    let bounds = range(&run, at.place).ok_or_else(gone)?;
    let cut = match paragraph {
        None => Cut {
            first: bounds.0,
            from: 0,
            last: bounds.1,
            to: 0,
        },
        Some(wanted) => {
            let (index, from, to) = paragraph_at(&run, bounds, wanted).ok_or_else(gone)?;
            Cut {
                first: index,
                from,
                last: index,
                to,
            }
        }
    };
    let (kept_before, removed) = cut.take(&mut run).ok_or_else(gone)?;
    let head = document.head.chars().count();
    rebuild(document, run);
    let kept_at = before.saturating_add(head).saturating_add(kept_before);
    put_aside(outline, kept_at, &removed);
    Ok(())
}

/// A stretch of a run: from a byte of one piece to a byte of another (exclusive).
struct Cut {
    first: usize,
    from: usize,
    last: usize,
    to: usize,
}

impl Cut {
    /// Takes the stretch out; answers the characters of the run before it, and its own.
    fn take(&self, run: &mut Vec<Item>) -> Option<(usize, String)> {
        let mut before: usize = run
            .iter()
            .take(self.first)
            .map(|item| item.print().chars().count())
            .sum();
        if self.first < self.last {
            let removed = run.drain(self.first..self.last);
            return Some((before, removed.map(|item| item.print()).collect()));
        }
        let Some(Item::Words { text, .. }) = run.get_mut(self.first) else {
            return None;
        };
        before = before.saturating_add(text.get(..self.from)?.chars().count());
        let removed = text.get(self.from..self.to)?.to_owned();
        text.replace_range(self.from..self.to, "");
        Some((before, removed))
    }
}

/// Characters of the documents before one, noise left out.
fn characters_before(outline: &Outline, document: usize) -> usize {
    outline
        .documents
        .iter()
        .take(document)
        .map(|document| document.verbatim().chars().count())
        .sum()
}

/// Adds noise for words that stood after `kept_at` characters of text. Other noise among them cuts
/// them in pieces.
fn put_aside(outline: &mut Outline, kept_at: usize, removed: &str) {
    let source: Vec<char> = reproduce_with(outline, kept_at, removed);
    let mut at = source_position(&outline.noise, kept_at);
    let mut left: Vec<char> = removed.chars().collect();
    let mut added = Vec::new();
    while !left.is_empty() {
        while let Some(other) = outline.noise.iter().find(|other| other.at == at) {
            at = at.saturating_add(other.text.chars().count());
        }
        let next = outline
            .noise
            .iter()
            .map(|other| other.at)
            .filter(|other| *other > at)
            .min();
        let room = next.map_or(left.len(), |next| next.saturating_sub(at).min(left.len()));
        let text: String = left.drain(..room).collect();
        added.push(noise(&source, at, text));
        at = at.saturating_add(room);
    }
    outline.noise.extend(added);
    outline.noise.sort_by_key(|noise| noise.at);
}

/// The source as it was before the words were taken out.
fn reproduce_with(outline: &Outline, kept_at: usize, removed: &str) -> Vec<char> {
    let mut kept: Vec<char> = outline
        .documents
        .iter()
        .flat_map(|document| document.verbatim().chars().collect::<Vec<_>>())
        .collect();
    let at = kept_at.min(kept.len());
    kept.splice(at..at, removed.chars());
    let mut kept = kept.into_iter();
    let mut source: Vec<char> = Vec::new();
    for noise in &outline.noise {
        let missing = noise.at.saturating_sub(source.len());
        source.extend(kept.by_ref().take(missing));
        source.extend(noise.text.chars());
    }
    source.extend(kept);
    source
}

fn noise(source: &[char], at: usize, text: String) -> Noise {
    let breaks = |from: usize, to: usize| {
        source
            .iter()
            .take(to)
            .skip(from)
            .filter(|c| **c == '\n')
            .count()
    };
    let first = breaks(0, at).saturating_add(1);
    let inner = text.trim_end_matches('\n').matches('\n').count();
    Noise {
        lines: [first, first.saturating_add(inner)],
        reason: REASON.to_owned(),
        at,
        text,
    }
}

/// The place in the source of the character that follows `kept` characters of text.
fn source_position(noise: &[Noise], kept: usize) -> usize {
    let mut position = kept;
    for one in noise {
        if one.at <= position {
            position = position.saturating_add(one.text.chars().count());
        }
    }
    position
}

/// Takes noise back into the text that stands around it.
pub(super) fn restore(outline: &mut Outline, index: usize) -> Result<()> {
    if index >= outline.noise.len() {
        return Err(gone());
    }
    let noise = outline.noise.remove(index);
    let earlier: usize = outline
        .noise
        .iter()
        .filter(|other| other.at < noise.at)
        .map(|other| other.text.chars().count())
        .sum();
    let mut left = noise.at.saturating_sub(earlier);
    let last = outline.documents.len().saturating_sub(1);
    for (index, document) in outline.documents.iter_mut().enumerate() {
        let head = document.head.chars().count();
        let mut run = flatten(document);
        let body: usize = run.iter().map(|item| item.print().chars().count()).sum();
        let foot = document.foot.chars().count();
        if left < head {
            insert(&mut document.head, left, &noise.text);
            return Ok(());
        }
        left = left.saturating_sub(head);
        if left <= body && (body > 0 || foot > 0) {
            insert_into(&mut run, left, &noise.text);
            rebuild(document, run);
            return Ok(());
        }
        left = left.saturating_sub(body);
        if left < foot || index == last {
            insert(&mut document.foot, left, &noise.text);
            return Ok(());
        }
        left = left.saturating_sub(foot);
    }
    outline.noise.push(noise);
    outline.noise.sort_by_key(|noise| noise.at);
    Err(gone())
}

fn insert(text: &mut String, at: usize, words: &str) {
    let byte = text
        .char_indices()
        .nth(at)
        .map_or(text.len(), |(byte, _)| byte);
    text.insert_str(byte, words);
}

/// Puts words into a run after so many characters, at the end of the piece that stands before.
fn insert_into(run: &mut Vec<Item>, at: usize, words: &str) {
    let mut left = at;
    for index in 0..run.len() {
        let Some(item) = run.get_mut(index) else {
            return;
        };
        let length = item.print().chars().count();
        if left > length {
            left = left.saturating_sub(length);
            continue;
        }
        match item {
            Item::Words { text, .. } => insert(text, left, words),
            Item::Head { node, .. } if left < length => {
                let label = node.label.chars().count();
                let gap = node.gap.chars().count();
                if left < label {
                    insert(&mut node.label, left, words);
                } else if left < label.saturating_add(gap) {
                    insert(&mut node.gap, left.saturating_sub(label), words);
                } else {
                    let at = left.saturating_sub(label).saturating_sub(gap);
                    insert(&mut node.heading, at, words);
                }
            }
            Item::Head { depth, .. } => {
                let depth = *depth;
                run.insert(
                    index.saturating_add(1),
                    Item::Words {
                        depth,
                        text: words.to_owned(),
                    },
                );
            }
        }
        return;
    }
    run.push(Item::Words {
        depth: 1,
        text: words.to_owned(),
    });
}
