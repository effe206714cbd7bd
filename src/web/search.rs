//! Finding words in a text: every section that holds them all, whatever their width and case, with
//! the place shown. One pass over the text; no index.

use crate::documents::model::shadow::fold_char;

/// Characters that a search may have.
pub const LONGEST: usize = 100;
/// One character alone stands everywhere.
const SHORTEST: usize = 2;
const MOST_WORDS: usize = 10;
/// Characters shown before the first place, and from there on.
const BEFORE: usize = 24;
const AFTER: usize = 96;

/// What is looked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Wanted(Vec<String>);

/// Why nothing is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Empty,
    TooShort,
    TooLong,
}

/// One character becomes exactly one, so that places in the folded text are places in the text.
fn fold(c: char) -> char {
    let folded = match c {
        '\u{2028}' => ' ',
        other => fold_char(other),
    };
    let mut lower = folded.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => folded,
    }
}

impl Wanted {
    /// Reads what a person typed: words parted by blanks, each of which must be there.
    ///
    /// # Errors
    /// Why it cannot be looked for.
    pub fn read(typed: &str) -> Result<Self, Unfit> {
        let typed = typed.trim();
        if typed.chars().count() > LONGEST {
            return Err(Unfit::TooLong);
        }
        let folded: String = typed.chars().map(fold).collect();
        let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return Err(Unfit::Empty);
        }
        let length: usize = words.iter().map(|word| word.chars().count()).sum();
        if length < SHORTEST {
            return Err(Unfit::TooShort);
        }
        words.truncate(MOST_WORDS);
        Ok(Self(words))
    }
}

/// A stretch of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub text: String,
    /// Whether it is what was looked for.
    pub found: bool,
}

/// The sections of a text, ready to be searched.
#[derive(Default)]
pub struct Corpus(Vec<Entry>);

struct Entry {
    section: usize,
    heading: String,
    words: String,
    folded: String,
}

/// A section that holds what was looked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its index in the text.
    pub section: usize,
    pub heading: Vec<Stretch>,
    pub excerpt: Vec<Stretch>,
}

impl Corpus {
    /// Adds a section with its heading and its words.
    pub fn add(&mut self, section: usize, heading: String, words: String) {
        let folded = heading
            .chars()
            .chain([' '])
            .chain(words.chars())
            .map(fold)
            .collect();
        self.0.push(Entry {
            section,
            heading,
            words,
            folded,
        });
    }

    /// How many sections hold all the words, and the first of them with their places.
    #[must_use]
    pub fn find(&self, wanted: &Wanted, most: usize) -> (usize, Vec<Hit>) {
        let holds = |entry: &&Entry| {
            let mut words = wanted.0.iter();
            words.all(|word| entry.folded.contains(word.as_str()))
        };
        let mut count = 0;
        let mut hits = Vec::new();
        for entry in self.0.iter().filter(holds) {
            count += 1;
            if hits.len() < most {
                hits.push(Hit {
                    section: entry.section,
                    heading: stretches(&entry.heading, wanted, true),
                    excerpt: stretches(&entry.words, wanted, false),
                });
            }
        }
        (count, hits)
    }
}

/// The part of a text around the first of the words, with all of them marked. A heading is shown
/// from its start.
fn stretches(text: &str, wanted: &Wanted, from_start: bool) -> Vec<Stretch> {
    let folded: String = text.chars().map(fold).collect();
    let words = || wanted.0.iter().map(String::as_str);
    let first = words()
        .filter_map(|word| folded.find(word))
        .min()
        .and_then(|at| folded.get(..at))
        .map_or(0, |before| before.chars().count());
    let start = if from_start {
        0
    } else {
        first.saturating_sub(BEFORE)
    };
    let shown: Vec<char> = text.chars().skip(start).take(BEFORE + AFTER).collect();
    let more = text.chars().nth(start + shown.len()).is_some();
    let marks = marks(&shown, words());
    let mut cut: Vec<Stretch> = Vec::new();
    let mut push = |c: char, found: bool| match cut.last_mut() {
        Some(last) if last.found == found => last.text.push(c),
        _ => cut.push(Stretch {
            text: c.to_string(),
            found,
        }),
    };
    if start > 0 {
        push('…', false);
    }
    for (c, found) in shown.iter().zip(marks) {
        push(*c, found);
    }
    if more {
        push('…', false);
    }
    cut
}

/// For each character whether it belongs to one of the words.
fn marks<'a>(shown: &[char], words: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let folded: Vec<char> = shown.iter().copied().map(fold).collect();
    let mut marks = vec![false; folded.len()];
    for word in words {
        let word: Vec<char> = word.chars().collect();
        for (at, window) in folded.windows(word.len()).enumerate() {
            if window == word.as_slice() {
                let places = marks.iter_mut().skip(at).take(word.len());
                places.for_each(|place| *place = true);
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Corpus {
        let mut corpus = Corpus::default();
        corpus.add(
            3,
            "（一）ＡＢ 计划".into(),
            "到2025年，Abc 设施完善。".into(),
        );
        corpus.add(
            5,
            "（二）其他".into(),
            format!("{}甲乙{}", "前".repeat(60), "后".repeat(200)),
        );
        corpus
    }

    fn marked(stretches: &[Stretch]) -> Vec<&str> {
        let found = stretches.iter().filter(|stretch| stretch.found);
        found.map(|stretch| stretch.text.as_str()).collect()
    }

    #[test]
    fn width_and_case_do_not_matter_and_all_words_do() {
        let find = |typed| corpus().find(&Wanted::read(typed).unwrap(), 9);
        let (count, hits) = find("ab　２０２５");
        assert_eq!(count, 1);
        assert_eq!(marked(&hits[0].heading), ["ＡＢ"]);
        assert_eq!(marked(&hits[0].excerpt), ["2025", "Ab"]);
        assert_eq!(find("ab 没有").0, 0);
    }

    #[test]
    fn a_long_text_is_cut_around_the_place() {
        let (_, hits) = corpus().find(&Wanted::read("甲乙").unwrap(), 9);
        let whole: String = hits[0].excerpt.iter().map(|s| s.text.as_str()).collect();
        assert!(whole.starts_with("…前") && whole.ends_with("后…"));
        assert!(whole.chars().count() <= BEFORE + AFTER + 2);
    }

    #[test]
    fn what_cannot_be_looked_for_says_why() {
        assert_eq!(Wanted::read(" 　 "), Err(Unfit::Empty));
        assert_eq!(Wanted::read("路"), Err(Unfit::TooShort));
        assert_eq!(Wanted::read(&"路".repeat(101)), Err(Unfit::TooLong));
        assert!(Wanted::read("路 桥").is_ok());
    }
}
