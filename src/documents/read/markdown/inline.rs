//! Marks within a line of Markdown: emphasis, code, links, pictures, notes, tags.
//!
//! One pass: what was looked for in vain is not looked for again on the same line, so the time
//! grows with its length.

use crate::documents::read::image;
use crate::documents::read::page::Page;
use crate::error::Result;
use std::collections::HashMap;

/// Marks of emphasis still open that a closing one is compared with.
const NEAR: usize = 32;

pub(super) struct Inline<'a> {
    page: &'a mut Page,
    notes: &'a HashMap<&'a str, &'a str>,
    numbered: &'a mut HashMap<String, usize>,
    /// Notes referred to for the first time, by name.
    first: Vec<String>,
    out: Vec<Bit>,
    /// Places in `out` of `[` that are open.
    brackets: Vec<usize>,
}

enum Bit {
    Text(String),
    /// A run of one mark; whether it can open and close.
    Run {
        mark: char,
        length: usize,
        opens: bool,
        closes: bool,
    },
    /// `[` or `![`.
    Bracket {
        picture: bool,
    },
    Gone,
}

impl<'a> Inline<'a> {
    pub(super) fn new(
        page: &'a mut Page,
        notes: &'a HashMap<&'a str, &'a str>,
        numbered: &'a mut HashMap<String, usize>,
    ) -> Self {
        Self {
            page,
            notes,
            numbered,
            first: Vec::new(),
            out: Vec::new(),
            brackets: Vec::new(),
        }
    }

    /// The words of a line, and the notes it is the first to refer to.
    pub(super) fn read(mut self, text: &str) -> Result<(String, Vec<String>)> {
        let (mut no_end, mut no_code) = (false, [false; 8]);
        let mut rest = text;
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            let next = after.chars().next();
            let taken = match c {
                '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => {
                    self.text(next.into_iter().collect::<String>());
                    after.get(1..).unwrap_or_default()
                }
                '`' => self.code(rest, &mut no_code),
                '*' | '_' | '~' => self.run(rest, c, before),
                '!' if next == Some('[') => {
                    self.bracket(true);
                    after.get(1..).unwrap_or_default()
                }
                '[' if after.starts_with('^') => match self.note(after) {
                    Some(rest) => rest,
                    None => self.literal(c, after),
                },
                '[' => {
                    self.bracket(false);
                    after
                }
                ']' => self.close(after, &mut no_end)?,
                '<' => self.tag(after),
                '&' => self.entity(after),
                c => self.literal(c, after),
            };
            let length = rest.len() - taken.len();
            before = rest
                .get(..length)
                .and_then(|read| read.chars().next_back())
                .unwrap_or(c);
            rest = taken;
        }
        self.pair();
        let words = self.out.iter().map(shown).collect();
        Ok((words, self.first))
    }

    fn literal<'t>(&mut self, c: char, after: &'t str) -> &'t str {
        match self.out.last_mut() {
            Some(Bit::Text(text)) => text.push(c),
            _ => self.out.push(Bit::Text(c.to_string())),
        }
        after
    }

    fn text(&mut self, text: impl Into<String>) {
        match self.out.last_mut() {
            Some(Bit::Text(last)) => last.push_str(&text.into()),
            _ => self.out.push(Bit::Text(text.into())),
        }
    }

    fn bracket(&mut self, picture: bool) {
        self.brackets.push(self.out.len());
        self.out.push(Bit::Bracket { picture });
    }

    fn code<'t>(&mut self, rest: &'t str, none: &mut [bool; 8]) -> &'t str {
        let inner = rest.trim_start_matches('`');
        let length = rest.len() - inner.len();
        let fence = "`".repeat(length);
        let known = none.get(length).copied().unwrap_or(true);
        let end = (!known).then(|| inner.find(&fence)).flatten();
        match end {
            Some(end) => {
                self.text(inner.get(..end).unwrap_or_default().trim());
                inner.get(end + length..).unwrap_or_default()
            }
            None => {
                if let Some(none) = none.get_mut(length) {
                    *none = true;
                }
                self.text(fence);
                inner
            }
        }
    }

    fn run<'t>(&mut self, rest: &'t str, mark: char, before: char) -> &'t str {
        let after = rest.trim_start_matches(mark);
        let length = rest.len() - after.len();
        let next = after.chars().next().unwrap_or(' ');
        // Within a word, _ is a letter like others.
        let within = mark == '_' && before.is_alphanumeric() && next.is_alphanumeric();
        let strikes = mark != '~' || length == 2;
        self.out.push(Bit::Run {
            mark,
            length,
            opens: !next.is_whitespace() && !within && strikes,
            closes: !before.is_whitespace() && !within && strikes,
        });
        after
    }

    fn note<'t>(&mut self, after: &'t str) -> Option<&'t str> {
        let (name, rest) = after.strip_prefix('^')?.split_once(']')?;
        if !self.notes.contains_key(name) {
            return None;
        }
        let next = self.numbered.len() + 1;
        let number = match self.numbered.get(name) {
            Some(number) => *number,
            None => {
                self.numbered.insert(name.to_owned(), next);
                self.first.push(name.to_owned());
                next
            }
        };
        self.text(format!("〔注{number}〕"));
        Some(rest)
    }

    /// `]`: with `(address)` or `[name]` after it, a link or a picture ends.
    fn close<'t>(&mut self, after: &'t str, no_end: &mut bool) -> Result<&'t str> {
        let Some(open) = self.brackets.pop() else {
            return Ok(self.literal(']', after));
        };
        let end = match after.chars().next() {
            Some('(') if !*no_end => ')',
            Some('[') if !*no_end => ']',
            _ => return Ok(self.literal(']', after)),
        };
        let Some((address, rest)) = after.get(1..).and_then(|inner| inner.split_once(end)) else {
            *no_end = true;
            return Ok(self.literal(']', after));
        };
        let Some(Bit::Bracket { picture }) = self.out.get(open) else {
            return Ok(rest);
        };
        if *picture {
            let alt: Vec<Bit> = self.out.drain(open..).collect();
            let alt: String = alt.iter().map(shown).collect();
            let shown = match image::data_address(address) {
                Some(bytes) => self.page.picture(&bytes, alt.trim_start_matches("!["))?,
                None => self.page.picture_left_out("图片在别处，没有存在文件里"),
            };
            self.text(shown);
        } else if let Some(bit) = self.out.get_mut(open) {
            *bit = Bit::Gone;
        }
        Ok(rest)
    }

    /// A tag of HTML prints nothing; `<br>` breaks the line, `<address>` is the address.
    fn tag<'t>(&mut self, after: &'t str) -> &'t str {
        let opens = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let end = after.find(['<', '>']);
        let Some(inner) = end
            .filter(|end| opens && after.get(*end..).is_some_and(|rest| rest.starts_with('>')))
            .and_then(|end| after.get(..end))
        else {
            return self.literal('<', after);
        };
        let rest = after.get(inner.len() + 1..).unwrap_or_default();
        let name: String = inner
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if name.eq_ignore_ascii_case("br") {
            self.text("\n");
        } else if inner.contains("://") || inner.contains('@') && !inner.contains(' ') {
            self.text(inner);
        }
        rest
    }

    fn entity<'t>(&mut self, after: &'t str) -> &'t str {
        const KNOWN: [(&str, &str); 8] = [
            ("nbsp;", " "),
            ("amp;", "&"),
            ("lt;", "<"),
            ("gt;", ">"),
            ("quot;", "\""),
            ("emsp;", "\u{3000}"),
            ("ldquo;", "“"),
            ("rdquo;", "”"),
        ];
        let found = KNOWN
            .iter()
            .find_map(|(name, sign)| Some((after.strip_prefix(name)?, *sign)));
        match found {
            Some((rest, sign)) => {
                self.text(sign);
                rest
            }
            None => self.literal('&', after),
        }
    }

    /// Takes off the runs that have a partner of the same mark and length.
    fn pair(&mut self) {
        let mut open: Vec<(usize, char, usize)> = Vec::new();
        for at in 0..self.out.len() {
            let Some(Bit::Run {
                mark,
                length,
                opens,
                closes,
            }) = self.out.get(at)
            else {
                continue;
            };
            let (mark, length, opens) = (*mark, *length, *opens);
            let partner = closes
                .then(|| {
                    let near = open.iter().rev().take(NEAR);
                    near.clone()
                        .position(|(_, other, run)| *other == mark && *run == length)
                })
                .flatten();
            if let Some(above) = partner {
                open.truncate(open.len() - above);
                let first = open.pop().map(|(place, _, _)| place);
                for place in first.into_iter().chain([at]) {
                    if let Some(bit) = self.out.get_mut(place) {
                        *bit = Bit::Gone;
                    }
                }
            } else if opens {
                open.push((at, mark, length));
            }
        }
    }
}

fn shown(bit: &Bit) -> String {
    match bit {
        Bit::Text(text) => text.clone(),
        Bit::Run { mark, length, .. } => mark.to_string().repeat(*length),
        Bit::Bracket { picture: true } => "![".to_owned(),
        Bit::Bracket { picture: false } => "[".to_owned(),
        Bit::Gone => String::new(),
    }
}
