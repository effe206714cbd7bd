//! Finds the table of contents at the head of a text, so that its entries are not taken for the
//! headings they point to.

use super::Physical;
use crate::documents::model::{NodeKind, shadow};
use crate::documents::outline::label::{self, Label};
use crate::documents::outline::lines::at_most;

/// A table of contents, as indexes of lines of the file.
pub(in crate::documents::outline) struct Contents {
    /// The line 目录, or the first entry where there is no such line.
    pub first: usize,
    /// Behind the last entry.
    pub end: usize,
    /// 1-based line of `first`.
    pub line: usize,
    /// The numbered entries in their order.
    pub entries: Vec<Entry>,
}

/// One numbered entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::documents::outline) struct Entry {
    pub kind: NodeKind,
    pub number: u32,
    /// Without blanks, leaders and page number.
    pub heading: String,
}

/// No table of contents goes on for longer.
const MOST: usize = 2000;
/// Where a text has no line 目录, this many headings in a row are one.
const ROW: usize = 3;

/// The table of contents of a file, when it has one.
pub(super) fn find(lines: &[Physical]) -> Option<Contents> {
    if let Some(title) = lines.iter().position(|line| is_title(line.shadow)) {
        let start = title.saturating_add(1);
        let (end, entries) = read(lines, start, false)?;
        return Some(of(lines, title, end, entries));
    }
    let start = lines
        .iter()
        .position(|line| !line.inert && label::recognise(line.shadow).is_some())?;
    let line = lines.get(start)?;
    let heads = label::recognise(line.shadow).is_some_and(|label| is_division(&label));
    let (end, entries) = heads.then(|| read(lines, start, true)).flatten()?;
    (entries.len() >= ROW).then(|| of(lines, start, end, entries))
}

fn of(lines: &[Physical], first: usize, end: usize, entries: Vec<Entry>) -> Contents {
    Contents {
        first,
        end,
        line: lines.get(first).map_or(0, |line| line.number),
        entries,
    }
}

fn is_title(line: &str) -> bool {
    line.len() <= 30
        && line.starts_with(['目', '('])
        && ["目录", "目次", "(目录)"].contains(&shadow::squeeze(line).trim_end_matches(':'))
}

/// 编, 章, 节: what only heads other text.
fn is_division(label: &Label) -> bool {
    label.kind.is_law() && label.kind != NodeKind::Article
}

/// Reads entries from a line on. They end where the first one comes again, which is the body's, or
/// before a line that can be none. `strict`, where no line 目录 stands before them, asks for headings
/// of a law, of which the first comes again.
fn read(lines: &[Physical], start: usize, strict: bool) -> Option<(usize, Vec<Entry>)> {
    let mut found = Reading::default();
    let mut end = start;
    // Where a first chapter comes again under another heading: the body, if nothing fits better.
    let mut perhaps: Option<(usize, usize)> = None;
    for (index, line) in lines.iter().enumerate().skip(start).take(MOST) {
        if line.shadow.is_empty() {
            continue;
        }
        let step = if line.inert {
            Step::Other
        } else {
            found.take(line.shadow, strict)
        };
        match step {
            Step::Entry { renumbers } => {
                if renumbers {
                    perhaps = perhaps.or(Some((end, found.entries.len().saturating_sub(1))));
                }
                end = index.saturating_add(1);
            }
            Step::Body => {
                return Some((end, found.entries)).filter(|_| end > start);
            }
            Step::Other => break,
        }
    }
    if let Some((end, entries)) = perhaps {
        found.entries.truncate(entries);
        return Some((end, found.entries));
    }
    let division = |entry: &Entry| entry.kind.is_law();
    let certain = found.entries.len() > 1
        && !found.articles
        && (found.entries.iter().all(division) || found.paged > found.entries.len() / 2);
    (!strict && certain && end > start && end < lines.len()).then_some((end, found.entries))
}

/// What a line is to the entries before it.
enum Step {
    /// `renumbers`: it has the number of the first entry, under another heading.
    Entry {
        renumbers: bool,
    },
    /// The first entry comes again.
    Body,
    Other,
}

#[derive(Default)]
struct Reading {
    entries: Vec<Entry>,
    /// The words of the first entry, numbered or not.
    first: Option<String>,
    /// How many entries had the number of a page.
    paged: usize,
    /// Whether articles are listed with their names: then only what comes again tells the table
    /// from the body.
    articles: bool,
}

impl Reading {
    /// Takes a line if it is one more entry.
    fn take(&mut self, line: &str, strict: bool) -> Step {
        if !at_most(line, 200) {
            return Step::Other;
        }
        let words = without_page(line);
        let label = label::recognise(words);
        let squeezed = shadow::squeeze(words);
        let paged = words.len() < line.len();
        let entry = label.map(|label| Entry::of(words, &label));
        if !paged && self.comes_again(&squeezed, entry.as_ref()) {
            return Step::Body;
        }
        let article = label.is_some_and(|label| label.kind == NodeKind::Article);
        let named = UNNUMBERED.contains(&squeezed.as_str()) || squeezed.starts_with("附件");
        let possible = match label {
            Some(_) if article => !strict && at_most(words, 40),
            Some(label) => !strict || is_division(&label),
            None => !strict && (paged || named),
        };
        if !possible || !is_short(words) {
            return Step::Other;
        }
        let renumbers = entry
            .as_ref()
            .zip(self.entries.first())
            .is_some_and(|(entry, first)| {
                entry.kind.is_law() && (entry.kind, entry.number) == (first.kind, first.number)
            });
        self.first.get_or_insert(squeezed);
        self.articles |= article;
        self.entries.extend(entry.filter(|_| !article));
        self.paged = self.paged.saturating_add(usize::from(paged));
        Step::Entry { renumbers }
    }

    /// The words of the first entry, or the first numbered one as a whole.
    fn comes_again(&self, squeezed: &str, entry: Option<&Entry>) -> bool {
        let words = self
            .first
            .as_ref()
            .is_some_and(|first| squeezed.starts_with(first.as_str()));
        words
            || entry
                .zip(self.entries.first())
                .is_some_and(|(entry, first)| entry.kind.is_law() && entry == first)
    }
}

const UNNUMBERED: [&str; 6] = ["前言", "序言", "附则", "总则", "分则", "附录"];

fn is_short(words: &str) -> bool {
    at_most(words, 80) && !words.contains('。') && !words.ends_with([';', ','])
}

/// An entry without the dots and the number of the page at its end.
fn without_page(line: &str) -> &str {
    let leader = |c: char| matches!(c, '.' | '…' | '·' | '⋯' | '—' | '-' | ' ' | '_');
    let digits = line.trim_end_matches([')', ' ']);
    let core = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = digits.len().saturating_sub(core.len());
    let words = core.trim_end_matches('(').trim_end_matches(leader);
    let led = words.len() < core.trim_end_matches('(').len();
    if (1..=4).contains(&page) && led && !words.is_empty() {
        return words;
    }
    let dotted = line.trim_end_matches(leader);
    let dots = line.len().saturating_sub(dotted.len());
    if dots >= 6 { dotted } else { line }
}

impl Entry {
    fn of(words: &str, label: &Label) -> Self {
        let behind = words.char_indices().nth(label.chars);
        let heading = behind
            .and_then(|(at, _)| words.get(at..))
            .unwrap_or_default();
        Self {
            kind: label.kind,
            number: label.number,
            heading: shadow::squeeze(heading),
        }
    }
}
