//! How well the messages are read, in numbers.

use super::letters::{Named, Written};
use super::{Sample, draft};
use jianyan::intake::model::contact::Office;
use jianyan::mail::inbound::{Desk, Letter, read_letter_for};

/// Right, wrong and missed, of things that are looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Found {
    fn count<T: PartialEq>(&mut self, found: &[T], wanted: &[T]) -> bool {
        let mut left: Vec<&T> = wanted.iter().collect();
        let before = *self;
        for one in found {
            match left.iter().position(|other| *other == one) {
                Some(at) => {
                    left.swap_remove(at);
                    self.right += 1;
                }
                None => self.wrong += 1,
            }
        }
        self.missed += left.len();
        (self.wrong, self.missed) == (before.wrong, before.missed)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let twice = 2.0 * self.right as f64;
        twice / (twice + (self.wrong + self.missed) as f64)
    }

    pub fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed) as f64
    }
}

/// The figures of the whole corpus, and what went wrong.
#[derive(Clone, Debug, Default)]
pub struct Score {
    pub messages: usize,
    pub characters: Found,
    pub own: Found,
    pub lost: usize,
    pub automatic: Found,
    pub contact: Found,
    pub named: Found,
    pub quoted: Found,
    pub faults: Vec<String>,
}

/// The office and the draft that the messages are read for.
pub fn desk() -> Desk {
    Desk {
        office: Office {
            phones: vec!["0900-5550199".into()],
            emails: vec!["office@example.org".into()],
        },
        places: draft::draft(),
    }
}

/// Reads every message and compares.
pub fn score(samples: &[Sample]) -> Score {
    let desk = desk();
    let mut score = Score::default();
    for sample in samples {
        score.messages += 1;
        let letter = read_letter_for(&sample.raw, &desk);
        score.words(sample, &letter);
        score.judged(sample, &letter);
        if let Some(written) = &sample.written {
            score.contact(sample, written, &letter);
            score.sections(sample, written, &letter);
        }
    }
    score
}

impl Score {
    fn fault(&mut self, what: &str, sample: &Sample, found: impl std::fmt::Debug) {
        self.faults
            .push(format!("{what}: {}: {found:?}", sample.name));
    }

    fn words(&mut self, sample: &Sample, letter: &Letter) {
        let parts = letter.elided.iter().map(|elided| elided.text.as_str());
        let all: Vec<&str> = parts.chain([letter.text.as_str()]).collect();
        let all = lines(&all.join("\n"));
        let whole: String = all.concat();
        let unread = whole.contains('\u{fffd}');
        let gone: Vec<&String> = sample
            .lines
            .iter()
            .filter(|line| {
                let line = squeezed(line);
                !line.is_empty() && !whole.contains(&line)
            })
            .collect();
        self.lost += gone.len();
        let right = !unread && gone.is_empty();
        self.characters.count(&[right], &[true]);
        if !right {
            self.fault("characters", sample, &gone);
        }
        if let Some(own) = &sample.own {
            let exact = lines(&letter.text) == lines(own);
            if !self.own.count(&[exact], &[true]) {
                self.fault("own words", sample, &letter.text);
            }
        }
    }

    fn judged(&mut self, sample: &Sample, letter: &Letter) {
        let found: Option<String> = serde_json::to_value(letter.automatic)
            .unwrap()
            .as_str()
            .map(str::to_owned);
        let wanted: Option<String> = sample.automatic.map(str::to_owned);
        let (found, wanted): (Vec<_>, Vec<_>) =
            (found.into_iter().collect(), wanted.into_iter().collect());
        if !self.automatic.count(&found, &wanted) {
            self.fault("automatic", sample, &found);
        }
    }

    fn contact(&mut self, sample: &Sample, written: &Written, letter: &Letter) {
        let contact = &letter.contact;
        let mut found: Vec<String> = contact
            .name
            .iter()
            .chain(&contact.organisation)
            .cloned()
            .collect();
        found.extend(contact.phones.iter().map(|phone| phone.shown()));
        let emails = contact.emails.iter().map(|email| email.as_str().to_owned());
        found.extend(emails.filter(|email| email != "me@example.com"));
        let wanted = written.name.iter().chain(&written.organisation);
        let wanted = wanted.chain(written.phones).chain(written.emails);
        let wanted: Vec<String> = wanted.map(|detail| (*detail).to_owned()).collect();
        if !self.contact.count(&found, &wanted) {
            self.fault("contact", sample, &found);
        }
        for evidence in &contact.evidence {
            let span = &evidence.span;
            let part = match serde_json::to_value(span.part).unwrap().as_str().unwrap() {
                "words" => letter.text.clone(),
                "from" => letter.from.name.clone().unwrap_or_default(),
                _ => continue,
            };
            let there: String = part
                .chars()
                .skip(span.start)
                .take(span.end - span.start)
                .collect();
            if there != evidence.raw {
                self.fault("span", sample, (&there, &evidence.raw));
            }
        }
    }

    fn sections(&mut self, sample: &Sample, written: &Written, letter: &Letter) {
        let found: Vec<&str> = letter
            .remarks
            .iter()
            .filter_map(|remark| remark.section.as_deref())
            .collect();
        let wanted: Vec<&str> = written.sections.iter().flatten().copied().collect();
        let right = match written.named {
            Named::Yes => self.named.count(&found, &wanted),
            _ => self.quoted.count(&found, &wanted),
        };
        if !right {
            self.fault("sections", sample, &found);
        }
        if letter.remarks.len() != written.sections.len()
            && sample.own.as_deref() == Some(letter.text.as_str())
        {
            self.fault(
                "opinions",
                sample,
                letter.remarks.iter().map(|r| &r.text).collect::<Vec<_>>(),
            );
        }
        for remark in &letter.remarks {
            let (Some(evidence), Some(at)) = (&remark.evidence, &remark.evidence_at) else {
                continue;
            };
            let part = serde_json::to_value(at.part).unwrap();
            let text = if part == "subject" {
                &letter.subject
            } else {
                &letter.text
            };
            let there: String = text
                .chars()
                .skip(at.start)
                .take(at.end - at.start)
                .collect();
            if there != *evidence {
                self.fault("evidence", sample, (&there, evidence));
            }
        }
    }
}

fn squeezed(line: &str) -> String {
    let plain = line.replace("&nbsp;", " ").replace('>', " ");
    plain.split_whitespace().collect::<String>()
}

/// Lines with something on them, blanks gone.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(squeezed)
        .filter(|line| !line.is_empty())
        .collect()
}
