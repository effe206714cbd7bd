//! Reading the XML of a part: elements with their namespace, text, depth and offsets. Nothing is
//! expanded but the five entities of XML and character references; a document type is refused.

use super::super::page::{Budget, Page};
use super::super::refuse;
use crate::error::{Error, Result};
use quick_xml::{NsReader, XmlVersion};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use std::borrow::Cow;
use std::io::{BufRead, Read};

/// Bytes without any `<` or `>`: no text of a document, no picture is written that way.
const LONGEST_RUN: usize = 16 * 1024 * 1024;

/// The vocabularies a document mixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Formulas (OMML).
    Math,
    /// Markup compatibility: alternatives for older programs.
    Compatibility,
    /// DrawingML: the main vocabulary.
    Drawing,
    /// DrawingML: the place of a drawing in a document.
    Place,
    /// Charts and diagrams, which are pictures without a picture.
    Chart,
    /// The older drawings (VML).
    Vml,
    /// Everything else, relationships and content types included.
    Other,
}

fn space(name: &str) -> Space {
    match name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/drawingml/2006/main"
        | "http://purl.oclc.org/ooxml/drawingml/main" => Space::Drawing,
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => Space::Place,
        "http://schemas.openxmlformats.org/drawingml/2006/chart"
        | "http://purl.oclc.org/ooxml/drawingml/chart"
        | "http://schemas.openxmlformats.org/drawingml/2006/diagram"
        | "http://purl.oclc.org/ooxml/drawingml/diagram" => Space::Chart,
        "urn:schemas-microsoft-com:vml" => Space::Vml,
        _ => Space::Other,
    }
}

/// The start of an element.
pub(super) struct Tag<'a> {
    pub space: Space,
    pub name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of an attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        // Checking for doubled names costs the square of their number; no element has many.
        let mut all = self.start.attributes();
        let found = all
            .with_checks(false)
            .take(64)
            .flatten()
            .find(|one| one.key.local_name().as_ref() == name)?;
        found
            .normalized_value(XmlVersion::Explicit1_0)
            .ok()
            .map(|value| Cow::Owned(value.into_owned()))
    }

    /// The `val` attribute.
    pub(super) fn value(&self) -> Option<Cow<'_, str>> {
        self.attribute("val")
    }

    /// A whole number, by default that in `val`.
    pub(super) fn number(&self) -> Option<i64> {
        self.value()?.trim().parse().ok()
    }

    /// An element that switches something on unless its value says otherwise.
    pub(super) fn on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// What is told about the elements and the text of a part, in order.
pub(super) trait Handler {
    fn open(&mut self, tag: &Tag<'_>) -> Result<()>;
    fn close(&mut self) -> Result<()>;
    fn text(&mut self, text: &str) -> Result<()>;
}

/// A part while it is unpacked: every byte is counted, whatever its header said of its size.
pub(super) struct Counted<R> {
    inner: R,
    buffer: Vec<u8>,
    at: usize,
    run: usize,
    budget: Budget,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R, budget: Budget) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            at: 0,
            run: 0,
            budget,
        }
    }
}

/// The mark of an error that says a limit was passed.
#[derive(Debug)]
struct Over;

impl std::fmt::Display for Over {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("more than the limit after unpacking")
    }
}

impl std::error::Error for Over {}

fn over() -> std::io::Error {
    std::io::Error::other(Over)
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let held = self.fill_buf()?;
        let length = held.len().min(out.len());
        if let (Some(from), Some(to)) = (held.get(..length), out.get_mut(..length)) {
            to.copy_from_slice(from);
        }
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.at >= self.buffer.len() {
            self.buffer.resize(16 * 1024, 0);
            let length = self.inner.read(&mut self.buffer)?;
            self.buffer.truncate(length);
            self.at = 0;
            if !self.budget.take(length) {
                return Err(over());
            }
            let after = self.buffer.iter().rev().position(|b| matches!(b, b'<' | b'>'));
            self.run = after.unwrap_or_else(|| self.run.saturating_add(length));
            if self.run > LONGEST_RUN {
                return Err(over());
            }
        }
        Ok(self.buffer.get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.at.saturating_add(amount).min(self.buffer.len());
    }
}

/// Whether an error of reading says that a limit was passed.
pub(super) fn is_over(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Over>())
}

/// What is needed to say where something is wrong.
pub(super) struct Part<'a> {
    pub file: String,
    pub path: &'a str,
    pub depth: usize,
    pub expanded: usize,
}

impl<'a> Part<'a> {
    pub(super) fn new(page: &Page, path: &'a str) -> Self {
        Self {
            file: page.name.clone(),
            path,
            depth: page.limits.depth,
            expanded: page.limits.expanded_bytes,
        }
    }

    fn broken(&self, at: u64, what: (&str, &str)) -> Error {
        let path: String = self.path.chars().filter(|c| !c.is_control()).collect();
        refuse::invalid(
            &self.file,
            format!(
                "已损坏：{path}第{at}字节处{}，请用Word或WPS打开后另存为.docx再提交",
                what.0
            ),
            format!("is broken: {path} at byte {at} {}; open it and save it again as .docx", what.1),
        )
    }

    /// What a failure while reading means.
    pub(super) fn unread(&self, at: u64, cause: quick_xml::Error) -> Error {
        if let quick_xml::Error::Io(io) = &cause
            && is_over(io)
        {
            return refuse::expands(&self.file, self.expanded);
        }
        self.broken(at, ("不是有效的XML", "is not valid XML")).caused_by(cause)
    }
}

/// Reads a part to its end.
///
/// # Errors
/// `Invalid` with part and offset for XML that is not well-formed, that nests deeper than the limit
/// or that declares a document type; `TooLarge` beyond the limit of what may be unpacked; what the
/// handler answers.
pub(super) fn read<R: BufRead>(part: &Part<'_>, source: R, handler: &mut dyn Handler) -> Result<()> {
    let mut reader = NsReader::from_reader(source);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(cause) => {
                let at = reader.error_position().max(at);
                return Err(part.unread(at, cause));
            }
        };
        match event {
            Event::Start(start) => {
                depth = depth.saturating_add(1);
                if depth > part.depth {
                    return Err(part.broken(at, ("嵌套过深", "nests too deep")));
                }
                let (resolved, local) = reader.resolver().resolve_element(start.name());
                let space = match resolved {
                    ResolveResult::Bound(Namespace(name)) => space(name),
                    _ => Space::Other,
                };
                handler.open(&Tag {
                    space,
                    name: local.into_inner(),
                    start: &start,
                })?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                handler.close()?;
            }
            Event::Text(text) => handler.text(&text.xml10_content())?,
            Event::CData(text) => handler.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let c = match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let Some(c) = c else {
                    return Err(part.broken(at, ("有未知的实体", "names an unknown entity")));
                };
                handler.text(c.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => {
                return Err(part.broken(at, ("有文档类型声明", "declares a document type")));
            }
            Event::Eof if depth > 0 => {
                return Err(part.broken(at, ("意外结束", "ends too early")));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
