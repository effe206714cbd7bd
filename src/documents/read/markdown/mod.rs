//! Markdown: the marks are taken off, the words and the numbers stay as they are printed.
//!
//! Our own walk over lines: CommonMark libraries number lists anew, and take the numbering of
//! official documents (`1.` `（1）` `——`) for lists where it is text. A line of the source stays a
//! line.

mod inline;

use super::charset;
use super::page::{self, Page};
use crate::error::Result;
use inline::Inline;
use std::collections::HashMap;

/// Reads the bytes of a Markdown file.
///
/// # Errors
/// `Invalid` for bytes that cannot be decoded.
pub(super) fn read(page: &mut Page, bytes: &[u8]) -> Result<()> {
    let text = charset::decode(&page.name, bytes, None)?;
    page.spend(text.len())?;
    let lines = Lines::of(&text);
    let mut writer = Writer::new(page, &lines);
    writer.all(&lines)
}

/// The lines of a text by number, at four bytes each: a file may be nothing but lines.
struct Lines<'b> {
    text: &'b str,
    /// Where each begins; the last one is the end of the text.
    starts: Vec<u32>,
}

impl<'b> Lines<'b> {
    fn of(text: &'b str) -> Self {
        let mut starts = vec![0];
        let ends = text.split_inclusive('\n').scan(0_u32, |at, line| {
            *at = at.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
            Some(*at)
        });
        starts.extend(ends);
        Self { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn get(&self, at: usize) -> Option<&'b str> {
        let start = usize::try_from(*self.starts.get(at)?).ok()?;
        let end = usize::try_from(*self.starts.get(at + 1)?).ok()?;
        Some(self.text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }

    fn iter(&self) -> impl Iterator<Item = &'b str> + '_ {
        (0..self.count()).filter_map(|at| self.get(at))
    }
}

struct Writer<'a, 'b> {
    page: &'a mut Page,
    /// The text of each note by its name.
    notes: HashMap<&'b str, &'b str>,
    numbered: HashMap<String, usize>,
}

impl<'a, 'b> Writer<'a, 'b> {
    fn new(page: &'a mut Page, lines: &Lines<'b>) -> Self {
        Self {
            page,
            notes: lines.iter().filter_map(note).collect(),
            numbered: HashMap::new(),
        }
    }

    fn all(&mut self, lines: &Lines<'b>) -> Result<()> {
        let mut at = self.front_matter(lines);
        let mut fence: Option<&str> = None;
        let last = lines.count();
        while let Some(line) = lines.get(at).filter(|_| at < last) {
            let next = lines.get(at + 1).unwrap_or_default();
            let text = line.trim();
            at += 1;
            if let Some(open) = fence {
                if text.starts_with(open) && text.trim_start_matches(open).is_empty() {
                    fence = None;
                } else {
                    self.page.line(&page::plain(line.to_owned()), None)?;
                }
                continue;
            }
            if let Some(open) = ["```", "~~~"]
                .into_iter()
                .find(|open| text.starts_with(open))
            {
                fence = Some(open);
            } else if note(line).is_some() || is_reference(text) {
            } else if is_rule(text) {
                self.page.line("", None)?;
            } else if let Some((level, words)) = heading(line) {
                self.write(words, Some(level))?;
            } else if is_table_head(text, next) {
                at = self.table(lines, at - 1)?;
            } else if let Some(level) = underline(next).filter(|_| !text.is_empty()) {
                self.write(text, Some(level))?;
                at += 1;
            } else {
                self.write(unmarked(line), None)?;
            }
        }
        Ok(())
    }

    /// What stands between two `---` at the very top is for programs.
    fn front_matter(&mut self, lines: &Lines<'_>) -> usize {
        let end = lines
            .iter()
            .skip(1)
            .position(|line| matches!(line.trim_end(), "---" | "..."));
        match (lines.get(0).map(str::trim_end), end) {
            (Some("---"), Some(end)) if lines.get(1).is_some_and(|line| line.contains(':')) => {
                self.page
                    .warn("front-matter-left-out", "文件开头的元数据没有读取");
                end + 2
            }
            _ => 0,
        }
    }

    fn inline(&mut self, text: &str) -> Result<(String, Vec<String>)> {
        Inline::new(self.page, &self.notes, &mut self.numbered).read(text)
    }

    fn write(&mut self, text: &str, level: Option<u8>) -> Result<()> {
        let (words, notes) = self.inline(text)?;
        self.page.line(&page::plain(words), level)?;
        self.write_notes(notes)
    }

    fn write_notes(&mut self, mut notes: Vec<String>) -> Result<()> {
        // A note may refer to another, which then follows it.
        let mut at = 0;
        while let Some(name) = notes.get(at).cloned() {
            let number = self.numbered.get(&name).copied().unwrap_or(0);
            let text = self.notes.get(name.as_str()).copied().unwrap_or_default();
            let (words, more) = self.inline(text)?;
            self.page
                .line(&format!("〔注{number}〕{}", page::cell(&words)), None)?;
            notes.extend(more);
            at += 1;
        }
        Ok(())
    }

    fn table(&mut self, lines: &Lines<'_>, from: usize) -> Result<usize> {
        let mut at = from;
        let mut pending = Vec::new();
        while let Some(line) = lines.get(at).filter(|line| is_row(line.trim())) {
            if at != from + 1 {
                let mut cells = Vec::new();
                for cell in split(line.trim()) {
                    let (words, notes) = self.inline(cell.trim())?;
                    cells.push(page::cell(&words));
                    pending.extend(notes);
                }
                self.page.row(&cells)?;
            }
            at += 1;
        }
        self.write_notes(pending)?;
        Ok(at)
    }
}

/// `[^name]: text`.
fn note(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.trim_start().strip_prefix("[^")?.split_once("]:")?;
    Some((name, text.trim()))
}

/// `[name]: address`, which prints nothing.
fn is_reference(text: &str) -> bool {
    let Some((name, address)) = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"))
    else {
        return false;
    };
    let address = address.trim_start().trim_start_matches('<');
    !name.contains(['[', ']'])
        && (address.starts_with("http") || address.starts_with(['/', '#', '.']))
}

/// A line across: three or more of one mark and nothing else.
fn is_rule(text: &str) -> bool {
    ['-', '*', '_']
        .into_iter()
        .any(|mark| text.matches(mark).count() >= 3 && text.chars().all(|c| c == mark || c == ' '))
}

/// `# Words`, the marks after them taken off too.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_end();
    let indent = text.len() - text.trim_start_matches(' ').len();
    let marks = text.trim_start_matches(' ');
    let words = marks.trim_start_matches('#');
    let level = u8::try_from(marks.len() - words.len()).ok()?;
    let spaced = words.is_empty() || words.starts_with([' ', '\t', '\u{3000}']);
    if indent > 3 || !(1..=6).contains(&level) || !spaced {
        return None;
    }
    let words = words.trim();
    let bare = words.trim_end_matches('#');
    let closed = bare.is_empty() || bare.ends_with(' ');
    Some((level, if closed { bare.trim_end() } else { words }))
}

/// The level of the heading that this line underlines.
fn underline(line: &str) -> Option<u8> {
    let text = line.trim();
    if text.len() < 2 {
        None
    } else if text.chars().all(|c| c == '=') {
        Some(1)
    } else if text.chars().all(|c| c == '-') {
        Some(2)
    } else {
        None
    }
}

/// The line without marks of quotes and of lists that print none of their own. Numbers stay.
fn unmarked(line: &str) -> &str {
    let mut text = line;
    while let Some(rest) = text.trim_start_matches(' ').strip_prefix('>') {
        text = rest.strip_prefix(' ').unwrap_or(rest);
    }
    let item = text.trim_start_matches([' ', '\t']);
    ["- ", "* ", "+ "]
        .into_iter()
        .find_map(|mark| item.strip_prefix(mark))
        .map_or(text, str::trim_start)
}

fn is_row(text: &str) -> bool {
    text.contains('|')
}

/// The first row of a table is one because of the line of dashes under it.
fn is_table_head(text: &str, next: &str) -> bool {
    let next = next.trim();
    is_row(text)
        && next.contains('-')
        && next.contains('|')
        && next.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The cells between bars that are not escaped.
fn split(row: &str) -> Vec<String> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        match (c, cells.last_mut()) {
            ('|', _) if !escaped => cells.push(String::new()),
            ('|', Some(cell)) => {
                cell.pop();
                cell.push('|');
            }
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
        escaped = c == '\\' && !escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    cells
}
