//! What the words of a letter say: who can be reached how, and which opinion is on which place.

use super::letter::{Desk, Letter, Remark};
use super::pointer::{Pointer, pointer};
use super::words::Reason;
use crate::documents::model::reference::{self, Draft, Hit};
use crate::intake::model::contact::{Contact, Source};
use crate::intake::model::opinions::{self, Opinion};
use crate::intake::model::span::{Part, Span};

/// Candidates listed beside a section.
const MOST_CANDIDATES: usize = 10;
/// What stands only above an opinion or in the subject is so much less sure, in hundredths.
const INHERITED: u8 = 15;
const CONTESTED: u8 = 10;

/// Fills in contact and remarks.
pub fn understand(letter: &mut Letter, desk: &Desk) {
    letter.contact = contact(letter, desk);
    letter.remarks = remarks(letter, &desk.places);
}

fn contact(letter: &Letter, desk: &Desk) -> Contact {
    let signatures: Vec<&str> = letter
        .elided
        .iter()
        .filter(|passage| passage.reason == Reason::Signature)
        .map(|passage| passage.text.as_str())
        .collect();
    let attached: Vec<(&str, &str)> = letter
        .attached
        .iter()
        .filter(|attached| attached.own_words)
        .map(|attached| (attached.name.as_str(), attached.text.as_str()))
        .collect();
    Contact::find(
        Source {
            words: letter.own_text(),
            signature: &signatures.join("\n"),
            from_name: letter.from.name.as_deref().unwrap_or_default(),
            attached: &attached,
        },
        &desk.office,
    )
}

/// One text of a letter that holds opinions.
struct Written<'a> {
    part: Part,
    file: Option<&'a str>,
    text: &'a str,
}

fn remarks(letter: &Letter, draft: &Draft) -> Vec<Remark> {
    let mut texts: Vec<Written<'_>> = letter
        .attached
        .iter()
        .filter(|attached| attached.own_words)
        .map(|attached| Written {
            part: Part::Attachment,
            file: Some(&attached.name),
            text: &attached.text,
        })
        .collect();
    let own = letter.own_text();
    if texts.is_empty() || pointer(own) != Some(Pointer::Only) && !own.trim().is_empty() {
        texts.insert(
            0,
            Written {
                part: Part::Words,
                file: None,
                text: own,
            },
        );
    }
    let subject = Lead::of(&letter.subject, draft, Part::Subject, None, 0);
    texts
        .iter()
        .flat_map(|text| text.remarks(&subject, draft))
        .collect()
}

/// What stands above opinions and names the place for those that name none.
struct Lead {
    hits: Vec<Hit>,
    part: Part,
    file: Option<String>,
    at: usize,
}

impl Lead {
    fn of(text: &str, draft: &Draft, part: Part, file: Option<&str>, at: usize) -> Self {
        Self {
            hits: reference::find(text, draft),
            part,
            file: file.map(str::to_owned),
            at,
        }
    }
}

impl Written<'_> {
    fn remarks(&self, subject: &Lead, draft: &Draft) -> Vec<Remark> {
        let split = opinions::split(self.text);
        let lead = Lead::of(&split.lead, draft, self.part, self.file, split.lead_at);
        let above = if lead.hits.is_empty() { subject } else { &lead };
        let near: Vec<&str> = above.hits.iter().map(|hit| hit.path.as_str()).collect();
        let mut remarks = Vec::new();
        for opinion in &split.opinions {
            let hits = reference::find_near(opinion.words().0, draft, &near);
            match super::passages::by_place(opinion, &hits, draft) {
                None => remarks.push(self.remark(opinion, hits, above)),
                Some(pieces) => remarks.extend(pieces.iter().map(|piece| {
                    let hits = reference::find_near(piece.words().0, draft, &near);
                    self.remark(piece, hits, above)
                })),
            }
        }
        remarks
    }

    /// `own` are the places that the opinion itself speaks of.
    fn remark(&self, opinion: &Opinion, own: Vec<Hit>, above: &Lead) -> Remark {
        let (_, at) = opinion.words();
        let inherited = own.is_empty();
        let hits = if inherited { &above.hits } else { &own };
        let best = reference::settled(hits);
        let less = |sure: u8| {
            let contested = hits
                .get(1)
                .zip(best)
                .is_some_and(|(next, best)| rivals(best, next));
            sure.saturating_sub(if inherited { INHERITED } else { 0 })
                .saturating_sub(if contested { CONTESTED } else { 0 })
        };
        let (part, file, base) = if inherited {
            (above.part, above.file.clone(), above.at)
        } else {
            (self.part, self.file.map(str::to_owned), at)
        };
        Remark {
            section: best.map(|hit| hit.path.clone()),
            evidence: hits.first().map(|hit| hit.evidence.clone()),
            evidence_at: hits.first().map(|hit| Span {
                part,
                file,
                start: base + hit.span.0,
                end: base + hit.span.1,
            }),
            confidence: best.map_or(0, |hit| less(hit.confidence)),
            candidates: hits
                .iter()
                .filter(|hit| Some(&hit.path) != best.map(|b| &b.path))
                .take(MOST_CANDIDATES)
                .map(|hit| hit.path.clone())
                .collect(),
            text: opinion.text.clone(),
        }
    }
}

/// Whether a second place is meant as clearly as the first: not one above or below it.
fn rivals(best: &Hit, next: &Hit) -> bool {
    let below = |one: &str, other: &str| one.starts_with(&format!("{other}/"));
    !below(&best.path, &next.path)
        && !below(&next.path, &best.path)
        && next.weight + 10 >= best.weight
}
