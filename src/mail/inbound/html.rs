//! HTML mail to lines of text.
//!
//! The tokenizer is html5ever's (the parser of Servo, conforming to the WHATWG standard). No tree
//! is built: a tree builder takes quadratic time on deep nesting, and a letter needs only its
//! lines, its blocks and the classes that mark quotes. Scripts, styles, images and everything
//! remote are never run, kept or loaded.

use super::html_marks::{self, Element};
use super::lines::{Line, Mark};
use crate::markup::{is_block, is_void};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult,
    Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements open at once beyond this are not tracked.
const DEEPEST: usize = 5000;

/// The visible lines of an HTML document, in order, blank ones between paragraphs left out.
#[must_use]
pub fn lines(html: &str) -> Vec<Line> {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(
        Sink(RefCell::new(Reader::default())),
        TokenizerOpts::default(),
    );
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    reader.break_line();
    reader.lines
}

struct Sink(RefCell<Reader>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => reader.text(&text),
            TagToken(tag) => {
                if tag.kind == StartTag {
                    return reader.open(&tag);
                }
                reader.close(&tag.name);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    current: String,
    stack: Vec<Element>,
    /// A mark that holds to the end of the document (Outlook's `appendonsend`).
    rest: Option<Mark>,
    silent: usize,
    preformatted: usize,
    pending_blank: bool,
    items: Vec<Option<u32>>,
}

impl Reader {
    fn mark(&self) -> Mark {
        let inner = self.stack.last().map_or(Mark::None, |element| element.mark);
        match self.rest {
            Some(mark) if inner != Mark::Hidden => mark,
            _ => inner,
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        for c in text.chars() {
            if self.preformatted > 0 && c == '\n' {
                self.force_line();
            } else if self.preformatted > 0 && c != '\r' {
                self.current.push(c);
            } else if c.is_whitespace() && c != '\u{3000}' {
                self.pending_blank = true;
            } else if !matches!(c, '\u{200b}' | '\u{feff}' | '\0') {
                if self.pending_blank && !self.current.is_empty() {
                    self.current.push(' ');
                }
                self.pending_blank = false;
                self.current.push(c);
            }
        }
    }

    /// Ends the line if there is anything on it.
    fn break_line(&mut self) {
        if !self.current.trim().is_empty() {
            self.force_line();
        }
        self.current.clear();
        self.pending_blank = false;
    }

    fn force_line(&mut self) {
        let text = std::mem::take(&mut self.current);
        self.lines.push(Line {
            text: text.trim_end().to_owned(),
            mark: self.mark(),
        });
        self.pending_blank = false;
    }

    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if is_block(name) {
            self.break_line();
        }
        self.close_implied(name);
        match name {
            "br" => self.force_line(),
            "td" | "th" => self.pending_blank = true,
            "ol" => self.items.push(Some(0)),
            "ul" => self.items.push(None),
            "li" => self.item(),
            _ => {}
        }
        if let Some(mark) = html_marks::rest_of_document(tag) {
            self.rest = Some(mark);
        }
        let raw = match name {
            "script" | "style" | "noframes" | "iframe" | "xmp" | "noembed" => {
                Some(RawKind::Rawtext)
            }
            "title" | "textarea" => Some(RawKind::Rcdata),
            _ => None,
        };
        if is_void(name) || tag.self_closing && raw.is_none() && !is_block(name) {
            return TokenSinkResult::Continue;
        }
        if self.stack.len() < DEEPEST {
            let element = Element::of(tag, self.stack.last());
            self.silent += usize::from(element.silent);
            self.preformatted += usize::from(element.preformatted);
            self.stack.push(element);
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// End tags that HTML lets a writer leave out: `</head>` before the body, `</p>` before a block,
    /// `</li>` and `</td>` before the next.
    fn close_implied(&mut self, name: &str) {
        let Some(top) = self.stack.last().map(|element| element.name.clone()) else {
            return;
        };
        let implied = match &*top {
            "head" => is_block(name) && name != "title",
            "p" => is_block(name),
            "li" | "td" | "th" | "tr" | "dd" | "dt" | "option" => top == name,
            _ => false,
        };
        if implied {
            self.close(&top);
        }
    }

    fn item(&mut self) {
        let bullet = match self.items.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}. ")
            }
            _ => "• ".to_owned(),
        };
        self.current.push_str(&bullet);
    }

    fn close(&mut self, name: &str) {
        if is_block(name) {
            self.break_line();
        }
        if matches!(name, "ol" | "ul") {
            self.items.pop();
        }
        let near = self
            .stack
            .iter()
            .rev()
            .take(64)
            .position(|element| element.name == name);
        for _ in 0..near.map_or(0, |depth| depth + 1) {
            if let Some(element) = self.stack.pop() {
                self.silent -= usize::from(element.silent);
                self.preformatted -= usize::from(element.preformatted);
            }
        }
    }
}
