//! The article of a page as lines.
//!
//! Longer than 300 lines because a page is written in one pass whose steps share its state.

use super::list::List;
use super::survey::{Found, is_navigation};
use super::table::{Cell, Piece, Table};
use super::tree::{Element, Visitor, attribute};
use crate::documents::read::image;
use crate::documents::read::page::{self, Page};
use crate::error::{Error, Result};
use crate::markup::is_block;
use html5ever::tokenizer::Tag;

/// The second pass over a page.
pub(super) struct Writer<'a> {
    page: &'a mut Page,
    found: Found,
    /// Whether the element that holds the article is open.
    inside: bool,
    /// The depth of a block for finding one's way that is being left out.
    skipped: Option<usize>,
    /// Where lines go: the article, then each open cell.
    pieces: Vec<Piece>,
    tables: Vec<Table>,
    lists: Vec<List>,
    current: String,
    level: Option<u8>,
    blank: Blank,
    preformatted: usize,
    failed: Option<Error>,
}

/// White space that was read and not yet written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    None,
    Space,
    /// It holds a line end of the source, which between Chinese characters is no space.
    Line,
}

impl<'a> Writer<'a> {
    pub(super) fn new(page: &'a mut Page, found: Found) -> Self {
        Self {
            page,
            inside: found.article.is_none(),
            found,
            skipped: None,
            pieces: vec![Piece::default()],
            tables: Vec::new(),
            lists: Vec::new(),
            current: String::new(),
            level: None,
            blank: Blank::None,
            preformatted: 0,
            failed: None,
        }
    }

    /// Writes the lines into the text, the title first.
    pub(super) fn finish(mut self) -> Result<()> {
        self.break_line();
        if let Some(error) = self.failed {
            return Err(error);
        }
        let article = self.pieces.into_iter().next().unwrap_or_default();
        let compact = |text: &str| -> String {
            text.chars()
                .filter(|c| !c.is_whitespace())
                .take(400)
                .collect()
        };
        let has_own = article.levels.iter().any(|(_, level)| *level == 1);
        if let Some(title) = self.found.title
            && !has_own
            && !compact(&article.text).contains(&compact(&title))
        {
            self.page.line(&title, Some(1))?;
        }
        let mut levels = article.levels.iter().peekable();
        let lines = article.text.split_terminator('\n').enumerate();
        let mut started = false;
        for (index, line) in lines {
            let level = levels
                .next_if(|(at, _)| *at == index)
                .map(|(_, level)| *level);
            started |= !line.trim().is_empty();
            if started {
                self.page.line(line, level)?;
            }
        }
        Ok(())
    }

    fn is_on(&self) -> bool {
        self.inside && self.skipped.is_none()
    }

    fn flush_blank(&mut self, next: char) {
        let last = self.current.chars().next_back();
        let wide = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}');
        let needed = match self.blank {
            Blank::None => false,
            Blank::Space => last.is_some(),
            Blank::Line => last.is_some_and(|last| !(wide(last) && wide(next))),
        };
        if needed {
            self.current.push(' ');
        }
        self.blank = Blank::None;
    }

    /// Ends the line if there is anything on it.
    fn break_line(&mut self) {
        if self.current.trim().is_empty() {
            self.current.clear();
            self.blank = Blank::None;
        } else {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.current);
        self.blank = Blank::None;
        let line = page::plain(line);
        let level = self.level.filter(|_| !line.trim().is_empty());
        if let Some(piece) = self.pieces.last_mut() {
            piece.line(line.trim_end_matches(' '), level);
        }
    }

    fn picture(&mut self, tag: &Tag) {
        let alt = attribute(tag, "alt").unwrap_or_default();
        let shown = match attribute(tag, "src").and_then(image::data_address) {
            Some(bytes) => self.page.picture(&bytes, alt),
            None => Ok(self
                .page
                .picture_left_out("网页里的图片在别处，没有存在文件里")),
        };
        match shown {
            Ok(shown) => {
                self.flush_blank('图');
                self.current.push_str(&shown);
            }
            Err(error) => self.failed = Some(error),
        }
    }

    fn item(&mut self, tag: &Tag) {
        if let Some(list) = self.lists.last_mut() {
            let label = list.next(tag);
            self.current.push_str(&label);
        }
    }

    fn open_part(&mut self, name: &str, tag: &Tag) {
        match name {
            "table" => {
                let role = attribute(tag, "role");
                self.tables
                    .push(Table::new(matches!(role, Some("presentation" | "none"))));
            }
            "td" | "th" => self.pieces.push(Piece::default()),
            "ol" | "ul" => self.lists.push(List::of(tag)),
            "li" => self.item(tag),
            "pre" => self.preformatted += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.level = name
                    .chars()
                    .nth(1)
                    .and_then(|c| c.to_digit(10))
                    .and_then(|n| u8::try_from(n).ok());
            }
            _ => {}
        }
        if matches!(name, "td" | "th") {
            let columns = self.tables.last_mut().map_or(1, |table| {
                table.spans(attribute(tag, "colspan"), attribute(tag, "rowspan"))
            });
            // What the cell itself takes, and the columns it covers.
            if let Err(error) = self.page.spend(columns.saturating_mul(96)) {
                self.failed = Some(error);
            }
        }
    }

    fn close_part(&mut self, name: &str) {
        match name {
            "td" | "th" if self.pieces.len() > 1 => {
                let piece = self.pieces.pop().unwrap_or_default();
                match self.tables.last_mut() {
                    Some(table) => table.push(Cell::of(piece)),
                    None => self.append(piece),
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "table" => {
                if let Some(table) = self.tables.pop() {
                    let whole_page = self.found.article.is_none();
                    let most = self.page.budget.left();
                    let Some((piece, nested)) = table.finish(whole_page, most) else {
                        self.failed = Some(self.page.over());
                        return;
                    };
                    if nested {
                        self.page.warn(
                            "nested-table",
                            "表格的单元格里还有表格，里面的各行已接在该单元格的文字后面，请核对",
                        );
                    }
                    self.append(piece);
                }
            }
            "ol" | "ul" => {
                self.lists.pop();
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.level = None,
            _ => {}
        }
    }

    fn append(&mut self, piece: Piece) {
        if let Some(open) = self.pieces.last_mut() {
            open.append(piece);
        }
    }
}

fn breaks(name: &str) -> bool {
    is_block(name) || matches!(name, "td" | "th" | "caption" | "summary" | "option")
}

impl Visitor for Writer<'_> {
    fn open(&mut self, element: &Element, tag: &Tag, depth: usize) -> bool {
        if self.found.article == Some(element.ordinal) {
            self.inside = true;
        }
        if !self.is_on() {
            return true;
        }
        if self.found.article.is_none() && is_navigation(tag) {
            self.break_line();
            self.skipped = Some(depth);
            return true;
        }
        if breaks(&element.name) {
            self.break_line();
        }
        self.open_part(&element.name, tag);
        self.failed.is_none()
    }

    fn single(&mut self, tag: &Tag) -> bool {
        if self.is_on() {
            match &*tag.name {
                "br" => self.end_line(),
                "hr" => self.break_line(),
                "img" => self.picture(tag),
                _ => {}
            }
        }
        self.failed.is_none()
    }

    fn close(&mut self, element: &Element, depth: usize) -> bool {
        if self.skipped == Some(depth) {
            self.skipped = None;
            return true;
        }
        if self.is_on() {
            if breaks(&element.name) {
                self.break_line();
            }
            self.close_part(&element.name);
        }
        if self.found.article == Some(element.ordinal) {
            self.break_line();
            self.inside = false;
        }
        self.failed.is_none()
    }

    fn text(&mut self, text: &str) -> bool {
        if !self.is_on() {
            return true;
        }
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.end_line(),
                '\r' if self.preformatted > 0 => {}
                '\t' | ' ' if self.preformatted > 0 => self.current.push(c),
                '\n' | '\r' | '\u{c}' => self.blank = Blank::Line,
                '\t' | ' ' => {
                    if self.blank == Blank::None {
                        self.blank = Blank::Space;
                    }
                }
                // Blanks that a writer put there to be seen.
                '\u{a0}' | '\u{2002}' | '\u{2003}' => {
                    self.flush_blank(' ');
                    self.current.push(' ');
                }
                '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
                '\u{2028}' | '\u{2029}' => self.blank = Blank::Line,
                '\u{fffc}' => {
                    self.page
                        .warn("sign-unknown", "此处有不认识的符号，写作〓，请核对");
                    self.current.push('〓');
                }
                c if c.is_control() => {}
                c => {
                    self.flush_blank(c);
                    self.current.push(c);
                }
            }
        }
        self.failed.is_none()
    }
}
