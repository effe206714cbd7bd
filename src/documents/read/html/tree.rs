//! The open elements of a page while it is read. No tree is built: building one can take quadratic
//! time on hostile nesting, and lines need only what is open.

use crate::markup::{is_block, is_void};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink,
    TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements whose inside is no markup.
pub(super) const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "noframes", "iframe", "xmp", "noembed",
];

/// Elements that are not text of the page.
const DROPPED: [&str; 22] = [
    "script", "style", "title", "textarea", "noframes", "iframe", "noembed", "head", "noscript",
    "template", "object", "select", "button", "svg", "nav", "footer", "aside", "audio", "video",
    "canvas", "dialog", "rt",
];

/// An open element.
pub(super) struct Element {
    pub name: String,
    /// Counted from the first element of the page.
    pub ordinal: usize,
    /// Neither it nor anything in it is text of the page.
    pub dropped: bool,
}

/// What is told about a page, in order. An end of processing is asked for by answering `false`.
pub(super) trait Visitor {
    fn open(&mut self, element: &Element, tag: &Tag, depth: usize) -> bool;
    /// An element without an inside, such as a line break.
    fn single(&mut self, tag: &Tag) -> bool;
    fn close(&mut self, element: &Element, depth: usize) -> bool;
    fn text(&mut self, text: &str) -> bool;
}

/// Reads a page; answers `false` when elements nest deeper than `deepest`.
pub(super) fn walk(html: &str, deepest: usize, visitor: &mut dyn Visitor) -> bool {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let sink = Sink(RefCell::new(Reader {
        visitor,
        stack: Vec::new(),
        ordinal: 0,
        deepest,
        too_deep: false,
        over: false,
    }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut reader = tokenizer.sink.0.into_inner();
    while !reader.stack.is_empty() {
        reader.pop();
    }
    !reader.too_deep
}

struct Sink<'a>(RefCell<Reader<'a>>);

struct Reader<'a> {
    visitor: &'a mut dyn Visitor,
    stack: Vec<Element>,
    ordinal: usize,
    deepest: usize,
    too_deep: bool,
    over: bool,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => reader.text(&text),
            TagToken(tag) if tag.kind == StartTag => return reader.open(&tag),
            TagToken(tag) if tag.kind == EndTag => reader.end(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader<'_> {
    fn dropped(&self) -> bool {
        self.over || self.stack.last().is_some_and(|element| element.dropped)
    }

    fn text(&mut self, text: &str) {
        if !self.dropped() && !self.visitor.text(text) {
            self.over = true;
        }
    }

    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        self.close_implied(name);
        let raw = match name {
            "title" | "textarea" => Some(RawKind::Rcdata),
            _ if RAW.contains(&name) => Some(RawKind::Rawtext),
            _ => None,
        };
        if is_void(name) {
            // What a page says of itself stands in its head, which is no text.
            let told = !self.over && (name == "meta" || !self.dropped());
            if told && !self.visitor.single(tag) {
                self.over = true;
            }
            return TokenSinkResult::Continue;
        }
        let dropped = self.dropped() || DROPPED.contains(&name) || is_hidden(tag);
        // Marks within a line are not followed, unless something in them is hidden: pages leave
        // them open by the hundred.
        let followed = dropped || raw.is_some() || is_block(name) || is_part(name);
        if followed {
            self.ordinal += 1;
            let element = Element {
                name: name.to_owned(),
                ordinal: self.ordinal,
                dropped,
            };
            if self.stack.len() >= self.deepest {
                self.too_deep = true;
                self.over = true;
            } else {
                if !dropped && !self.visitor.open(&element, tag, self.stack.len()) {
                    self.over = true;
                }
                self.stack.push(element);
            }
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// End tags that HTML lets a writer leave out.
    fn close_implied(&mut self, name: &str) {
        let ends = |open: &str| match open {
            "head" => is_block(name) && name != "head",
            "p" => is_block(name),
            "li" => name == "li",
            "dd" | "dt" => matches!(name, "dd" | "dt"),
            "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "tfoot"),
            "tr" => matches!(name, "tr" | "tbody" | "tfoot"),
            "thead" | "tbody" => matches!(name, "tbody" | "tfoot"),
            "a" => name == "a",
            "option" => name == "option",
            _ => false,
        };
        while self.stack.last().is_some_and(|top| ends(&top.name)) {
            self.pop();
        }
    }

    fn end(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        let near = self
            .stack
            .iter()
            .rev()
            .take(64)
            .take_while(|open| !(open.name == "table" && is_cell_part(name)))
            .position(|element| element.name == name);
        let Some(near) = near else {
            if name == "p" || name == "br" {
                // Browsers take a stray end of these for an empty one.
                let _ = self.dropped() || self.visitor.text("\n");
            }
            return;
        };
        // An unclosed mark within a line does not close what is around it.
        for _ in 0..=near {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(element) = self.stack.pop() else {
            return;
        };
        if !element.dropped && !self.over && !self.visitor.close(&element, self.stack.len()) {
            self.over = true;
        }
    }
}

fn is_cell_part(name: &str) -> bool {
    matches!(
        name,
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "li"
    )
}

/// Elements that are no blocks and bear on the lines all the same.
fn is_part(name: &str) -> bool {
    matches!(
        name,
        "a" | "td" | "th" | "caption" | "summary" | "details" | "option" | "hgroup"
    )
}

/// The value of an attribute.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs
        .iter()
        .take(64)
        .find(|attr| &*attr.name.local == name)
        .map(|attr| &*attr.value)
}

fn is_hidden(tag: &Tag) -> bool {
    if attribute(tag, "hidden").is_some() {
        return true;
    }
    let Some(style) = attribute(tag, "style").filter(|style| style.len() < 4096) else {
        return false;
    };
    let plain: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_ascii_lowercase();
    plain.contains("display:none") || plain.contains("visibility:hidden")
}
