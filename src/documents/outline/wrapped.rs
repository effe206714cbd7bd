//! Texts whose paragraphs are cut into lines of one width, as old pages and converted files print
//! them: a line that goes on with a sentence has no label, whatever it begins with.

use super::lines::Line;
use super::warn;
use crate::documents::model::Warning;

/// A wider text is not cut by hand or printer: 60 ideographs.
const WIDEST: usize = 120;
/// A narrower one is a list: 20 ideographs.
const NARROWEST: usize = 40;
/// Fewer full lines are chance.
const FEWEST: usize = 8;
/// How much shorter than the widest a full line may be.
const SLACK: usize = 6;

/// Takes the labels off the lines that continue another, and warns of such a text.
pub(super) fn unlabel(lines: &mut [Line], warnings: &mut Vec<Warning>) {
    let Some(shape) = shape(lines) else {
        return;
    };
    let mut before = Before::default();
    let mut first = None;
    for line in lines {
        let continues = before.is_cut && (line.indent == 0 || !shape.indents);
        if continues && !line.is_blank() {
            line.label = None;
            first = first.or(Some(line.number));
        }
        before = Before {
            is_cut: is_cut(line, shape.width),
        };
    }
    if let Some(line) = first {
        warnings.push(warn::hard_wrapped(line));
    }
}

#[derive(Default)]
struct Before {
    is_cut: bool,
}

struct Shape {
    /// Of a full line, an ideograph counting two.
    width: usize,
    /// Whether paragraphs begin with a blank, and other lines without one.
    indents: bool,
}

fn shape(lines: &[Line]) -> Option<Shape> {
    let mut width = 0_usize;
    for line in lines {
        // Three bytes an ideograph: what has more bytes than this is too wide without counting.
        if line.shadow.len() > WIDEST.saturating_mul(2) {
            return None;
        }
        width = width.max(columns(line));
    }
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut words, mut cut, mut indented) = (0_usize, 0_usize, 0_usize);
    // Full lines with a label on the next one: a list of long headings has many, a cut text few.
    let (mut labelled, mut behind_cut) = (0_usize, false);
    for line in lines.iter().filter(|line| !line.is_blank() && !line.inert) {
        words = words.saturating_add(1);
        indented = indented.saturating_add(usize::from(line.indent > 0));
        labelled = labelled.saturating_add(usize::from(behind_cut && line.label.is_some()));
        behind_cut = is_cut(line, width);
        cut = cut.saturating_add(usize::from(behind_cut));
    }
    let many = cut >= FEWEST && cut.saturating_mul(3) >= words;
    let running = labelled.saturating_mul(4) <= cut;
    (many && running).then_some(Shape {
        width,
        indents: indented > 0 && indented.saturating_add(cut / 2) <= words,
    })
}

/// A full line that ends within a sentence.
fn is_cut(line: &Line, width: usize) -> bool {
    let full = columns(line).saturating_add(SLACK) >= width;
    full && !line.shadow.is_empty() && !line.shadow.ends_with(['。', ';', ':', '!', '?', '”', '|'])
}

/// The width of a line as printed.
fn columns(line: &Line) -> usize {
    let chars = line.shadow.chars().count();
    let wide = line.shadow.len().saturating_sub(chars) / 2;
    let indent = line
        .indent
        .saturating_mul(if line.raw.starts_with('\u{3000}') {
            2
        } else {
            1
        });
    chars.saturating_add(wide).saturating_add(indent)
}
