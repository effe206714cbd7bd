//! What the program read out of a letter and how it came to it, in words.

use super::one::Loaded;
use super::view::field_word;
use crate::documents::model::citation::{cite, cite_with_heading};
use crate::documents::published::SectionRef;
use crate::intake::letters::look::Guess;
use crate::intake::model::contact::{Evidence, Stood};
use crate::intake::model::span::Part;
use crate::mail::inbound::Remark as ReadRemark;
use crate::web::office::letters::one::{Detail, Piece, Remark};
use crate::web::routes::office::sections::by_id;
use crate::words::Lang;

/// The remarks of the letter's submission; of a letter that is none, what would be registered.
pub(super) fn remarks(loaded: &Loaded, base: &str, lang: Lang) -> Vec<Remark> {
    let Some(found) = &loaded.found else {
        let read = loaded.read.iter().flat_map(|read| &read.letter.remarks);
        return read
            .filter(|remark| !remark.text.trim().is_empty())
            .map(|remark| preview(remark, &loaded.sections, lang))
            .collect();
    };
    let nothing = Guess::default();
    let kept = found.remarks.iter().map(|remark| {
        let guess = loaded.guesses.get(&remark.id).unwrap_or(&nothing);
        let on = by_id(&loaded.sections, remark.section_id.as_deref());
        Remark {
            href: Some(format!("{base}/remarks/{}", remark.id)),
            text: remark.text.clone(),
            section: on.map(|on| named(on, lang)).unwrap_or_default(),
            evidence: guess.evidence.clone().unwrap_or_default(),
            confidence: sure(guess.confidence, lang),
            candidates: candidates(loaded, &remark.text, lang),
        }
    });
    kept.collect()
}

fn preview(remark: &ReadRemark, sections: &[SectionRef], lang: Lang) -> Remark {
    Remark {
        href: None,
        text: remark.text.trim().to_owned(),
        section: remark
            .section
            .as_deref()
            .map(|path| of_path(path, sections, lang))
            .unwrap_or_default(),
        evidence: remark.evidence.clone().unwrap_or_default(),
        confidence: String::new(),
        candidates: others(remark, sections, lang),
    }
}

/// The other places that today's reading would offer for a remark with these words.
fn candidates(loaded: &Loaded, text: &str, lang: Lang) -> Vec<String> {
    let mut read = loaded.read.iter().flat_map(|read| &read.letter.remarks);
    read.find(|remark| remark.text.trim() == text)
        .map(|remark| others(remark, &loaded.sections, lang))
        .unwrap_or_default()
}

fn others(remark: &ReadRemark, sections: &[SectionRef], lang: Lang) -> Vec<String> {
    let candidates = remark.candidates.iter();
    candidates
        .map(|path| of_path(path, sections, lang))
        .collect()
}

fn of_path(path: &str, sections: &[SectionRef], lang: Lang) -> String {
    let mut sections = sections.iter();
    let found = sections.find(|section| section.path == path);
    found.map_or_else(|| cite(path, lang), |section| named(section, lang))
}

fn named(section: &SectionRef, lang: Lang) -> String {
    cite_with_heading(&section.path, &section.heading, lang)
}

fn sure(confidence: Option<i32>, lang: Lang) -> String {
    match confidence {
        None => String::new(),
        Some(sure @ 80..) => lang.pick(
            format!("匹配度较高（{sure}%）"),
            format!("fairly sure ({sure}%)"),
        ),
        Some(sure @ 50..) => lang.pick(
            format!("匹配度一般，请核对（{sure}%）"),
            format!("please check ({sure}% sure)"),
        ),
        Some(sure) => lang.pick(
            format!("匹配度较低，请核对（{sure}%）"),
            format!("hardly sure, please check ({sure}%)"),
        ),
    }
}

/// Each contact detail as it was written, and where it stood.
pub(super) fn details(evidence: &[Evidence], lang: Lang) -> Vec<Detail> {
    evidence
        .iter()
        .map(|one| Detail {
            what: field_word(one.what, lang),
            raw: one.raw.clone(),
            stood: match one.stood {
                Stood::Label => lang.pick("在“姓名”“电话”等字样旁", "beside a label"),
                Stood::Signature => {
                    lang.pick("在落款或者签名处", "in the closing lines or the signature")
                }
                Stood::Text => lang.pick("在正文中", "in the running text"),
                Stood::From => lang.pick(
                    "取自发件人名称，由对方自行设置，不一定是真实姓名",
                    "the name in the sender line, which anybody can set",
                ),
            },
        })
        .collect()
}

/// Where a detail stands among the sender's own words, in bytes. `None` for one that stands
/// elsewhere, in the signature or in a file.
fn place(words: &str, one: &Evidence) -> Option<(usize, usize)> {
    if one.span.part != Part::Words {
        return None;
    }
    let byte = |at: usize| {
        let mut starts = words.char_indices().map(|(byte, _)| byte);
        starts.nth(at).unwrap_or(words.len())
    };
    let (start, end) = (byte(one.span.start), byte(one.span.end));
    (words.get(start..end)? == one.raw).then_some((start, end))
}

/// The sender's words with the contact details marked where they stand.
pub(super) fn marked(words: &str, evidence: &[Evidence]) -> Vec<Piece> {
    let found = evidence.iter().filter_map(|one| place(words, one));
    let mut spans: Vec<(usize, usize)> = found.collect();
    spans.sort_unstable();
    let (mut pieces, mut at) = (Vec::new(), 0);
    let mut add = |start: usize, end: usize, is_marked: bool| {
        if let Some(text) = words.get(start..end).filter(|text| !text.is_empty()) {
            let text = text.to_owned();
            pieces.push(Piece { text, is_marked });
        }
    };
    for (start, end) in spans {
        // What overlaps is marked already.
        if start >= at {
            add(at, start, false);
            add(start, end, true);
            at = end;
        }
    }
    add(at, words.len(), false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::model::span::Span;

    fn phone(raw: &str, start: usize) -> Evidence {
        Evidence {
            what: "phone",
            stood: Stood::Label,
            raw: raw.to_owned(),
            span: Span {
                start,
                end: start + raw.chars().count(),
                ..Span::default()
            },
        }
    }

    /// Where they were found, not where the same characters happen to stand first.
    #[test]
    fn details_are_marked_where_they_stand() {
        let words = "不是5557788。电话：0900-5557788，联系人韩立夏";
        let found = [
            phone("0900-5557788", 13),
            phone("5557788", 18),
            phone("韩立秋", 29),
            phone("远", 900),
        ];
        let pieces = marked(words, &found);
        let shown: Vec<(&str, bool)> = pieces
            .iter()
            .map(|piece| (piece.text.as_str(), piece.is_marked))
            .collect();
        let expected = [
            ("不是5557788。电话：", false),
            ("0900-5557788", true),
            ("，联系人韩立夏", false),
        ];
        assert_eq!(shown, expected);
        let mut signed = phone("0900-5557788", 13);
        signed.span.part = Part::Signature;
        assert_eq!(marked(words, &[signed]).len(), 1, "it stands elsewhere");
        assert!(marked("", &[phone("1", 0)]).is_empty());
    }
}
