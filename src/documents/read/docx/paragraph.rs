//! A paragraph while it is read.

use super::numbering::Asked;
use super::signs;

/// A paragraph that is not finished.
#[derive(Default)]
pub(super) struct Paragraph {
    pub text: String,
    pub style: Option<String>,
    /// The level that the paragraph itself states, 0 to 9.
    pub outline: Option<i64>,
    pub asked: Asked,
    /// Its end is deleted, or set to run on: the next paragraph continues it.
    pub continues: bool,
    /// Its style hides what a run does not show.
    pub hidden: bool,
    pub dropped_hidden: bool,
    pub dropped_sign: bool,
    /// It belongs to a table of contents.
    pub contents: bool,
    /// Lines of its text boxes, which stand after it.
    pub after: Vec<Line>,
}

/// A line that waits to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub text: String,
    pub level: Option<u8>,
}

/// What a run says, and whether a sign in it is not known. Line ends and TABs within a run are only
/// blanks of the XML; characters that have a meaning of their own in the text (docs/adr/0016) do not
/// come from a run.
pub(super) fn clean(text: &str) -> (String, bool) {
    let (mut out, mut dropped_sign) = (String::with_capacity(text.len()), false);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{fffc}' => {
                dropped_sign = true;
                out.push(signs::MISSING);
            }
            c if c.is_control() => {}
            // A hyphen that shows only where a line ends.
            '\u{ad}' => {}
            c => out.push(c),
        }
    }
    (out, dropped_sign)
}

/// A field: its instruction, then what it shows.
#[derive(Default)]
pub(super) struct Field {
    pub instruction: String,
    /// The instruction is over; what follows is shown.
    pub shown: bool,
    pub contents: bool,
    /// Text within the instruction, which is not shown unless the field never ends.
    pub unshown: String,
}
