//! Where a quoted message begins: separators, header blocks and attribution lines, as the mailers
//! used in China write them. Each is recognised by its whole shape, never by one word: a letter may
//! itself say 发件人： or …写道：.

use super::attribution::{attribution, may_end};
use super::head_words::{FORWARD_LINES, FORWARDS, Label, REPLIES, label};
use super::lines::Line;

/// What introduces quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadKind {
    /// A reply: what follows was written by somebody else.
    Reply,
    /// A forward: what follows may be all the sender has to say.
    Forward,
    /// A header block with no separator above it.
    Block,
}

/// Lines `first..last` introduce the quoted text.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub kind: HeadKind,
    pub first: usize,
    pub last: usize,
}

/// What one line is, as far as heads are concerned.
#[derive(Clone, Copy, Debug, Default)]
struct Sort {
    /// It reads as a line of a header block.
    label: Option<Label>,
    /// The value beside the label has this many digits.
    digits: usize,
    /// Nothing stands beside the label: the value may be on the next line.
    bare: bool,
    /// The label is set off by a blank alone, as the cells of a table are.
    cell: bool,
    /// An attribution may end here.
    wrote: bool,
}

/// The lines of a letter, looked at once each.
pub struct Heads<'a> {
    lines: &'a [Line],
    shadows: &'a [String],
    sorts: Vec<Sort>,
}

impl<'a> Heads<'a> {
    /// Looks at every line.
    #[must_use]
    pub fn new(lines: &'a [Line], shadows: &'a [String]) -> Self {
        Self {
            lines,
            shadows,
            sorts: shadows.iter().map(|shadow| sort(shadow)).collect(),
        }
    }

    /// The head that begins at line `at`, if one does.
    #[must_use]
    pub fn at(&self, at: usize) -> Option<Head> {
        if self.shadows.get(at)?.is_empty() {
            return None;
        }
        self.separator(at)
            .or_else(|| self.block(at))
            .or_else(|| self.attributed(at))
    }

    fn attributed(&self, at: usize) -> Option<Head> {
        let ends = |line: &usize| self.sorts.get(*line).is_some_and(|sort| sort.wrote);
        (at..at + 3).find(ends)?;
        attribution(self.lines, self.shadows, at)
    }

    fn separator(&self, at: usize) -> Option<Head> {
        let shadow = self.shadows.get(at)?;
        if shadow.len() > 160 {
            return None;
        }
        let dashes: &[char] = &[
            '-', '—', '–', '─', '━', '=', '_', ' ', '>', '*', '~', '·', '|',
        ];
        let core = shadow.trim_matches(dashes);
        if core.is_empty() {
            return self.rule_and_block(at);
        }
        let core = core.to_lowercase();
        let plain = core.trim_end_matches(':').trim();
        // A second language in brackets behind the first.
        let first = plain
            .split(['(', '/', '['])
            .next()
            .unwrap_or_default()
            .trim();
        let ruled = shadow
            .trim_start_matches([' ', '>'])
            .chars()
            .take_while(|c| dashes.contains(c))
            .count()
            >= 2;
        let known = |list: &[&str]| list.contains(&plain) || list.contains(&first);
        let by = plain.starts_with("forwarded by ");
        let forward = FORWARD_LINES.contains(&&*core) || ruled && (known(FORWARDS) || by);
        let headed = || {
            self.next_full(at + 1)
                .is_some_and(|next| self.header_run(next).is_some())
        };
        let reply = known(REPLIES) && (ruled || headed());
        let kind = match (forward, reply) {
            (true, _) => HeadKind::Forward,
            (false, true) => HeadKind::Reply,
            (false, false) => return None,
        };
        let start = self.next_full(at + 1);
        let last = start
            .and_then(|start| self.loose_run(start))
            .unwrap_or(at + 1);
        Some(Head {
            kind,
            first: at,
            last,
        })
    }

    /// Outlook on the web: a rule of underscores, then the header block.
    fn rule_and_block(&self, at: usize) -> Option<Head> {
        let rule = self.shadows.get(at)?.chars().count() >= 8;
        let last = self.header_run(rule.then(|| self.next_full(at + 1))??)?;
        Some(Head {
            kind: HeadKind::Reply,
            first: at,
            last,
        })
    }

    fn block(&self, at: usize) -> Option<Head> {
        let last = self.header_run(at)?;
        Some(Head {
            kind: HeadKind::Block,
            first: at,
            last,
        })
    }

    /// The next line with something on it, not far away.
    fn next_full(&self, from: usize) -> Option<usize> {
        next_full(self.shadows, from)
    }

    /// The end of a header block beginning here: sender, date with digits in it, and a recipient or
    /// a subject, on neighbouring lines. A letter that opens with 发件人：and 主题：alone has no such
    /// date.
    fn header_run(&self, at: usize) -> Option<usize> {
        self.sorts
            .get(at)?
            .label
            .filter(|first| *first != Label::Other)?;
        let (mut seen, mut last, mut foreign, mut dated) = (Vec::new(), at, 0, false);
        let mut cells = 0;
        let mut awaited: Option<Label> = None;
        for line in at..self.sorts.len().min(at + 16) {
            let sort = self.sorts.get(line)?;
            let blank = self.shadows.get(line)?.is_empty();
            if let Some(kind) = sort.label {
                if seen.contains(&kind) && kind != Label::Other {
                    break;
                }
                seen.push(kind);
                dated |= kind == Label::Sent && sort.digits >= 3;
                cells += usize::from(sort.cell);
                awaited = sort.bare.then_some(kind);
                (last, foreign) = (line + 1, 0);
            } else if let Some(kind) = awaited.filter(|_| !blank) {
                dated |= kind == Label::Sent && digits(self.shadows.get(line)?) >= 3;
                awaited = None;
                last = line + 1;
            } else if !blank {
                foreign += 1;
                if foreign > 2
                    || [Label::Sender, Label::Sent, Label::To, Label::Subject]
                        .iter()
                        .all(|kind| seen.contains(kind))
                {
                    break;
                }
            }
        }
        let has = |kind: Label| seen.contains(&kind);
        let enough = has(Label::Sender)
            && has(Label::Sent)
            && dated
            && (has(Label::To) || has(Label::Subject));
        // Cells of a table have no colon: then all four must be there.
        let whole = cells == 0 || has(Label::To) && has(Label::Subject);
        (enough && whole).then_some(last)
    }

    /// After a separator the header lines may be fewer, or cells of a table without colons.
    fn loose_run(&self, at: usize) -> Option<usize> {
        let mut last = None;
        let mut awaited = false;
        for line in at..self.sorts.len().min(at + 14) {
            let (sort, shadow) = (self.sorts.get(line)?, self.shadows.get(line)?);
            if sort.label.is_some() {
                last = Some(line + 1);
                awaited = sort.bare;
            } else if awaited && !shadow.is_empty() {
                last = Some(line + 1);
                awaited = false;
            } else if !shadow.chars().all(|c| matches!(c, '-' | '|' | ' ')) {
                break;
            }
        }
        last
    }
}

/// The next line with something on it, not far away.
#[must_use]
pub fn next_full(shadows: &[String], from: usize) -> Option<usize> {
    (from..shadows.len().min(from + 6))
        .find(|&at| shadows.get(at).is_some_and(|shadow| !shadow.is_empty()))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn sort(shadow: &str) -> Sort {
    let mut sort = Sort {
        wrote: may_end(shadow),
        ..Sort::default()
    };
    let text = shadow.trim_start_matches(['|', '>', ' ', '\u{feff}', '•']);
    let cut = text
        .char_indices()
        .take(24)
        .find(|(_, c)| matches!(c, ':' | '|'));
    if let Some((at, mark)) = cut
        && let (Some(key), Some(value)) = (text.get(..at), text.get(at + mark.len_utf8()..))
        && let Some(kind) = label(key)
    {
        let value = value.trim_matches(['|', ' ', ':']);
        sort.label = Some(kind);
        sort.digits = digits(value);
        sort.bare = value.is_empty();
        return sort;
    }
    if let Some((key, value)) = text.split_once(' ')
        && key.chars().count() <= 6
        && let Some(kind) = label(key).filter(|_| !key.is_ascii())
    {
        sort.label = Some(kind);
        sort.digits = digits(value);
        sort.cell = true;
    }
    sort
}
