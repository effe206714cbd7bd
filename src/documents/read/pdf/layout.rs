//! From characters with places to lines, and from lines to paragraphs.

use super::content::Glyph;
use std::cmp::Ordering;

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct Line {
    start: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// The lines of a page from top to bottom.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|glyph| glyph.size > 0.1);
    glyphs.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let mut last: Option<(f64, f64)> = None;
    for glyph in glyphs {
        let joins = last.is_some_and(|(y, size)| {
            // Half a character up or down is the same line; marks and raised figures too.
            (y - glyph.y).abs() <= 0.5 * size.min(glyph.size).max(0.6 * size.max(glyph.size))
        });
        match rows.last_mut() {
            Some(row) if joins => row.push(glyph.clone()),
            _ => {
                last = Some((glyph.y, glyph.size));
                rows.push(vec![glyph.clone()]);
            }
        }
    }
    rows.into_iter().filter_map(line).collect()
}

fn line(mut row: Vec<Glyph>) -> Option<Line> {
    row.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    for glyph in &row {
        if let Some(before) = before {
            // Bold is sometimes made by drawing a character twice.
            let near = (glyph.x - before.x).abs() < 0.15 * glyph.size;
            if near && glyph.text == before.text {
                continue;
            }
            let gap = glyph.x - (before.x + before.width);
            let word = |glyph: &Glyph| glyph.text.chars().all(|c| c.is_ascii_alphanumeric());
            let wide = if word(before) && word(glyph) {
                0.18
            } else {
                0.8
            };
            let blank = before.text.ends_with(' ') || glyph.text.starts_with(' ');
            if gap > wide * glyph.size && !blank {
                text.push(' ');
            }
        }
        text.push_str(&glyph.text);
        before = Some(glyph);
    }
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let shown = |glyph: &&Glyph| !glyph.text.trim().is_empty();
    let first = row.iter().find(shown)?;
    let last = row.iter().rev().find(shown)?;
    let size = row
        .iter()
        .filter(shown)
        .map(|glyph| glyph.size)
        .max_by(f64::total_cmp)?;
    Some(Line {
        start: first.x,
        end: last.x + last.width,
        y: first.y,
        size,
        text: text.trim().to_owned(),
    })
}

/// The paragraphs of all pages, and how many page numbers were left out. A line that reaches the
/// right margin runs on into the next unless that one is indented or stands apart.
pub(super) fn paragraphs(mut sheets: Vec<Vec<Line>>) -> (Vec<String>, usize) {
    let mut numbers = 0;
    for sheet in &mut sheets {
        if sheet.len() > 1 && sheet.last().is_some_and(is_page_number) {
            sheet.pop();
            numbers += 1;
        }
        if sheet.len() > 1 && sheet.first().is_some_and(is_page_number) {
            sheet.remove(0);
            numbers += 1;
        }
    }
    let mut out: Vec<String> = Vec::new();
    let mut before: Option<Line> = None;
    for sheet in sheets {
        let left = sheet.iter().map(|line| line.start).min_by(f64::total_cmp);
        let right = sheet.iter().map(|line| line.end).max_by(f64::total_cmp);
        let (left, right) = (left.unwrap_or(0.0), right.unwrap_or(0.0));
        let usual = usual_step(&sheet);
        let mut is_first = true;
        for mut line in sheet {
            let runs_on = before.as_ref().is_some_and(|before| {
                let step = before.y - line.y;
                let follows = is_first || step <= usual * 1.6;
                let indented = line.start > left + 1.2 * line.size;
                let alike = (before.size - line.size).abs() < 0.25 * line.size;
                reaches(before) && follows && !indented && alike
            });
            match out.last_mut() {
                Some(paragraph) if runs_on => join(paragraph, &line.text),
                _ => out.push(line.text.clone()),
            }
            // What the next line asks of this one is whether it reached the margin.
            line.end = if line.end >= right - 1.3 * line.size {
                f64::INFINITY
            } else {
                line.end
            };
            before = Some(line);
            is_first = false;
        }
    }
    (out, numbers)
}

fn reaches(line: &Line) -> bool {
    line.end.is_infinite()
}

/// The step from line to line that most of a page has.
fn usual_step(sheet: &[Line]) -> f64 {
    let mut steps: Vec<f64> = sheet
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(above.y - below.y),
            _ => None,
        })
        .collect();
    steps.sort_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal));
    steps.get(steps.len() / 2).copied().unwrap_or(f64::INFINITY)
}

fn join(paragraph: &mut String, next: &str) {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if word(paragraph.chars().next_back()) && word(next.chars().next()) {
        paragraph.push(' ');
    }
    paragraph.push_str(next);
}

/// `3`, `- 3 -`, `— 3 —`, `第3页`, `3/12`.
fn is_page_number(line: &Line) -> bool {
    let plain: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = plain.trim_matches(['-', '—', '－', '–', '·', '第', '页']);
    let (first, second) = inner.split_once('/').unwrap_or((inner, "1"));
    let digits = |text: &str| {
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(first) && digits(second)
}
