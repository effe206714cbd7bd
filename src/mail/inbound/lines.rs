//! Lines of a letter with what their markup says about them: what `html` and `plain` hand to `words`.

/// What markup (a class, a tag, a `>` in front) says about a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    #[default]
    None,
    /// Certainly quoted: `>`, `blockquote type=cite`, a class a mailer uses for its quotes.
    Quote,
    /// In a plain `blockquote`: a quote only if the line before says so.
    Indented,
    /// In a signature block.
    Signature,
    /// Not shown by a browser.
    Hidden,
}

/// One line of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub mark: Mark,
}

impl Line {
    /// The line as patterns see it: half-width, `&nbsp;` and odd blanks as one blank, `*` and `|`
    /// of plain-text bold and tables gone.
    #[must_use]
    pub fn shadow(&self) -> String {
        let mut shadow = String::with_capacity(self.text.len());
        let mut blank = false;
        let mut rest = self.text.as_str();
        loop {
            // Plain stretches first: `&nbsp;` is rare.
            let (before, after) = match rest.split_once("&nbsp;") {
                Some((before, after)) => (before, Some(after)),
                None => (rest, None),
            };
            for c in before.chars() {
                let c = crate::width::half(c);
                if c.is_whitespace() {
                    blank = true;
                } else if c != '*' {
                    if blank && !shadow.is_empty() {
                        shadow.push(' ');
                    }
                    blank = false;
                    shadow.push(c);
                }
            }
            match after {
                Some(after) => (rest, blank) = (after, true),
                None => return shadow,
            }
        }
    }

    /// Whether there is nothing on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let text = self.text.trim_start();
        text.is_empty() || text.starts_with('&') && text.replace("&nbsp;", "").trim().is_empty()
    }
}

/// A plain-text body as lines. `>` marks a quote, but `>5%` or `>=` is somebody's comparison.
#[must_use]
pub fn plain(text: &str, flowed: bool, delsp: bool) -> Vec<Line> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let rows = text.trim_end_matches('\n').split('\n').map(str::to_owned);
    let line = |text: String| Line {
        mark: if is_quoted(&text) {
            Mark::Quote
        } else {
            Mark::None
        },
        text,
    };
    let mut lines: Vec<Line> = if flowed {
        unflow(rows, delsp).into_iter().map(line).collect()
    } else {
        rows.map(line).collect()
    };
    while lines.last().is_some_and(Line::is_blank) {
        lines.pop();
    }
    lines
}

fn is_quoted(text: &str) -> bool {
    let Some(rest) = text
        .trim_start_matches([' ', '\u{feff}'])
        .strip_prefix(['>', '＞'])
    else {
        return false;
    };
    !rest.starts_with(|c: char| c.is_ascii_digit() || c == '=' || c == '＝')
}

/// RFC 3676: a line that ends in a blank goes on in the next one of the same quote depth; the
/// signature separator does not flow.
fn unflow(rows: impl Iterator<Item = String>, delsp: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open: Option<usize> = None;
    for row in rows {
        let depth = row.bytes().take_while(|&b| b == b'>').count();
        let (marks, rest) = row.split_at_checked(depth).unwrap_or(("", &row));
        let text = rest.strip_prefix(' ').unwrap_or(rest);
        let flows = text.ends_with(' ') && text != "-- ";
        let text_kept = if flows && delsp {
            text.strip_suffix(' ').unwrap_or(text)
        } else {
            text
        };
        match out.last_mut() {
            Some(last) if open == Some(depth) && text != "-- " => last.push_str(text_kept),
            _ if depth > 0 => out.push(format!("{marks} {text_kept}")),
            _ => out.push(text_kept.to_owned()),
        }
        open = flows.then_some(depth);
    }
    out
}
