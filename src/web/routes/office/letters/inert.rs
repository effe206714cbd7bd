//! The markup of a letter made harmless: structure and words stay, everything that could load, run,
//! lead away, cover or send does not. Two steps: the tokenizer of html5ever rewrites what came into
//! a few plain elements without attributes (pictures become their words, links show their address),
//! nested no deeper than people write, so that building a tree takes time in proportion to the
//! letter; then `ammonia` cleans that once more by its own list and has the last word.

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult,
    Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::HashSet;

/// What may stay, all of it without attributes.
const KEPT: [&str; 40] = [
    "b",
    "blockquote",
    "br",
    "caption",
    "center",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "small",
];
/// Elements open at once beyond this are left out; their words stay.
const DEEPEST: usize = 64;
/// Characters shown of an address or of a picture's words.
const LONGEST: usize = 300;

/// Harmless markup with the same words. `picture` stands before a picture's own words.
pub(super) fn inert(html: &str, picture: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let sink = Sink(RefCell::new(Rewriter {
        picture: picture.to_owned(),
        ..Rewriter::default()
    }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut rewriter = tokenizer.sink.0.into_inner();
    while let Some(name) = rewriter.open.pop() {
        rewriter.end_tag(&name);
    }
    let nothing = HashSet::new;
    ammonia::Builder::empty()
        .tags(HashSet::from(KEPT))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(nothing())
        .strip_comments(true)
        .clean(&rewriter.out)
        .to_string()
}

struct Sink(RefCell<Rewriter>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut rewriter = self.0.borrow_mut();
        match token {
            CharacterTokens(text) if !rewriter.is_silent => rewriter.words(&text),
            TagToken(tag) if tag.kind == StartTag => return rewriter.start(&tag),
            TagToken(tag) => rewriter.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[derive(Default)]
struct Rewriter {
    out: String,
    picture: String,
    /// The elements that are open in `out`.
    open: Vec<String>,
    /// The addresses of the links that are open.
    links: Vec<String>,
    /// Inside a script, a style or a frame.
    is_silent: bool,
}

impl Rewriter {
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '\0' => {}
                c => self.out.push(c),
            }
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        match name {
            "script" | "style" | "iframe" | "noembed" | "noframes" | "title" => {
                self.is_silent = true;
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "img" | "image" => {
                let said = attribute(tag, "alt");
                let shown = match said.trim() {
                    "" => format!("［{}］", self.picture),
                    said => format!("［{}：{said}］", self.picture),
                };
                self.words(&shown);
            }
            "a" => self.links.push(attribute(tag, "href")),
            "br" | "hr" => self.start_tag(name),
            _ if KEPT.contains(&name) && self.open.len() < DEEPEST => {
                self.start_tag(name);
                self.open.push(name.to_owned());
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        self.is_silent = false;
        if name == "a" {
            let address = self.links.pop().unwrap_or_default();
            // Where a link led is shown when its words do not say it.
            let is_outward = address.contains(':') && !self.out.ends_with(&escaped(&address));
            if is_outward {
                self.words(&format!(" ‹{address}›"));
            }
            return;
        }
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            while self.open.len() > at {
                if let Some(inner) = self.open.pop() {
                    self.end_tag(&inner);
                }
            }
        }
    }

    fn start_tag(&mut self, name: &str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
    }

    fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

fn attribute(tag: &Tag, name: &str) -> String {
    let found = tag.attrs.iter().find(|attr| &*attr.name.local == name);
    let value = found.map(|attr| attr.value.to_string()).unwrap_or_default();
    value.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_and_words_stay() {
        let came = "<div class=x style='position:fixed'><h1 onclick=a()>标题</h1><p>一<br>二 &lt;b&gt;</p>\
            <table border=1><tr><td width=3>甲<td>乙</table></div>";
        let shown = inert(came, "图片");
        for kept in ["<h1>标题</h1>", "一<br>二 &lt;b&gt;", "<td>甲</td>", "乙"] {
            assert!(shown.contains(kept), "{kept}: {shown}");
        }
        assert!(
            !shown.contains("class") && !shown.contains("style") && !shown.contains("onclick"),
            "{shown}"
        );
    }

    #[test]
    fn pictures_become_words_and_links_show_where_they_led() {
        let shown = inert(
            "<img src=https://example.net/a.png alt='楼道\"><script>'><img><a href='https://example.net/x?a=1&b=2'>点这里</a>\
             <a href=https://example.net/y>https://example.net/y</a>",
            "图片",
        );
        assert!(
            shown.contains("［图片：楼道\"&gt;&lt;script&gt;］［图片］"),
            "{shown}"
        );
        assert!(
            shown.contains("点这里 ‹https://example.net/x?a=1&amp;b=2›"),
            "{shown}"
        );
        assert_eq!(shown.matches("https://example.net/y").count(), 1, "{shown}");
        assert!(!shown.contains("<img") && !shown.contains("<a"), "{shown}");
    }

    /// Deep nesting and many elements in time in proportion to their number.
    #[test]
    fn nesting_without_end_takes_no_time_without_end() {
        let start = std::time::Instant::now();
        for piece in [
            "<div>",
            "<b><p>",
            "<table><tr><td>",
            "<a href=x:y>",
            "<ul><li>",
            "<blockquote>",
            "</p>",
            "<b>",
        ] {
            let shown = inert(&format!("{}末尾", piece.repeat(100_000)), "图片");
            assert!(shown.contains("末尾"), "{piece}");
        }
        assert!(
            start.elapsed() < std::time::Duration::from_secs(20),
            "{:?}",
            start.elapsed()
        );
    }
}
