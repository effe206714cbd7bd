//! Reading the XML of a part: elements with their namespace, text, depth and offsets. Nothing is
//! expanded but the five entities of XML and character references; a document type is refused.

use super::super::page::Page;
use super::super::refuse;
use super::counted::is_over;
use crate::error::{Error, Result};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::{NsReader, XmlVersion};
use std::borrow::Cow;
use std::io::BufRead;

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
            format!(
                "is broken: {path} at byte {at} {}; open it and save it again as .docx",
                what.1
            ),
        )
    }

    /// What a failure while reading means.
    pub(super) fn unread(&self, at: u64, cause: quick_xml::Error) -> Error {
        if let quick_xml::Error::Io(io) = &cause
            && is_over(io)
        {
            return refuse::expands(&self.file, self.expanded);
        }
        self.broken(at, ("不是有效的XML", "is not valid XML"))
            .caused_by(cause)
    }
}

/// Reads a part to its end.
///
/// # Errors
/// `Invalid` with part and offset for XML that is not well-formed, that nests deeper than the limit
/// or that declares a document type; `TooLarge` beyond the limit of what may be unpacked; what the
/// handler answers.
pub(super) fn read<R: BufRead>(
    part: &Part<'_>,
    source: R,
    handler: &mut dyn Handler,
) -> Result<()> {
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
