//! The walk over the elements of a part: what each of them means for the text.
//!
//! Longer than 300 lines because it is one table of elements; what is done for them stands in
//! `write`, `flow` and `paragraph`.

use super::flow::{Flow, FlowKind, Table};
use super::numbering::Numbering;
use super::package::{Package, Relations};
use super::paragraph::{Field, Paragraph};
use super::signs;
use super::styles::Styles;
use super::xml::{Handler, Space, Tag};
use crate::documents::read::page::Page;
use crate::error::Result;
use std::collections::HashMap;

/// What holds for the whole document, all its parts together.
pub(super) struct Book {
    pub styles: Styles,
    pub numbering: Numbering,
    /// The text of each note, by its kind and id.
    pub notes: HashMap<(NoteKind, String), String>,
    /// The number of each note, in the order they are first referred to.
    pub numbered: HashMap<(NoteKind, String), usize>,
    /// What stands for a picture that was shown before, by its part.
    pub pictures: HashMap<String, String>,
    pub inserted: usize,
    pub deleted: usize,
    pub comments: usize,
}

impl Book {
    pub(super) fn new(styles: Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            notes: HashMap::new(),
            numbered: HashMap::new(),
            pictures: HashMap::new(),
            inserted: 0,
            deleted: 0,
            comments: 0,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// An element that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Other,
    Paragraph,
    ParagraphProperties,
    Numbering,
    /// Formatting of the mark that ends a paragraph.
    Mark,
    Run,
    RunProperties,
    Text {
        preserved: bool,
    },
    Instruction,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Flow,
    Content {
        contents: bool,
    },
    Alternatives {
        taken: bool,
    },
    /// A drawing or an embedded object: whether a picture of it was seen, and whether it is one of
    /// those that show something.
    Drawing {
        seen: bool,
        shows: bool,
    },
}

/// The walk over one part.
pub(super) struct Walk<'a, 'b> {
    pub page: &'a mut Page,
    pub book: &'a mut Book,
    pub relations: &'a Relations,
    pub package: Package<'b>,
    stack: Vec<Open>,
    /// The depth of the outermost element that is left out.
    skipped: Option<usize>,
    pub flows: Vec<Flow>,
    pub tables: Vec<Table>,
    pub paragraphs: Vec<Paragraph>,
    pub fields: Vec<Field>,
    /// The run is hidden.
    pub hidden: bool,
    /// Open content controls that hold a table of contents.
    pub contents: usize,
    /// Notes referred to since the last paragraph or table was written.
    pub pending: Vec<(NoteKind, String)>,
    /// Bytes waiting in cells, boxes and notes.
    pub held: usize,
    /// The note that is being read.
    pub note: Option<(NoteKind, String)>,
    pub alt: String,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(
        page: &'a mut Page,
        book: &'a mut Book,
        relations: &'a Relations,
        package: Package<'b>,
    ) -> Self {
        Self {
            page,
            book,
            relations,
            package,
            stack: Vec::new(),
            skipped: None,
            flows: vec![Flow::new(FlowKind::Body)],
            tables: Vec::new(),
            paragraphs: Vec::new(),
            fields: Vec::new(),
            hidden: false,
            contents: 0,
            pending: Vec::new(),
            held: 0,
            note: None,
            alt: String::new(),
        }
    }

    fn parent(&self) -> Open {
        self.stack.last().copied().unwrap_or(Open::Other)
    }

    fn skip(&mut self) -> Open {
        self.skipped = Some(self.stack.len());
        Open::Other
    }

    fn enter(&mut self, tag: &Tag<'_>) -> Result<Open> {
        Ok(match tag.space {
            Space::Word => self.enter_word(tag)?,
            Space::Math if tag.name == "t" => Open::Text { preserved: true },
            Space::Compatibility => self.alternative(tag),
            Space::Drawing | Space::Place | Space::Chart | Space::Vml => {
                self.enter_drawing(tag)?;
                Open::Other
            }
            _ => Open::Other,
        })
    }

    /// Of alternatives the first is taken: it is what the newest program shows.
    fn alternative(&mut self, tag: &Tag<'_>) -> Open {
        if tag.name == "AlternateContent" {
            return Open::Alternatives { taken: false };
        }
        match self.stack.last_mut() {
            Some(Open::Alternatives { taken }) if !*taken => {
                *taken = true;
                Open::Other
            }
            Some(Open::Alternatives { .. }) => self.skip(),
            _ => Open::Other,
        }
    }

    fn enter_drawing(&mut self, tag: &Tag<'_>) -> Result<()> {
        match (tag.space, tag.name) {
            (Space::Place, "docPr") => {
                let described = tag
                    .attribute("descr")
                    .filter(|words| !words.trim().is_empty());
                let described = described.or_else(|| tag.attribute("title"));
                self.alt = described.unwrap_or_default().into_owned();
            }
            (Space::Vml, "shape" | "rect") => {
                self.alt = tag.attribute("alt").unwrap_or_default().into_owned();
            }
            (Space::Drawing, "blip") => {
                self.picture(
                    tag.attribute("embed")
                        .or_else(|| tag.attribute("link"))
                        .as_deref(),
                )?;
            }
            (Space::Vml, "imagedata") => {
                self.picture(
                    tag.attribute("id")
                        .or_else(|| tag.attribute("relid"))
                        .as_deref(),
                )?;
            }
            (Space::Chart, "chart" | "relIds") => {
                if let Some(Open::Drawing { shows, .. }) = self.drawing() {
                    *shows = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn drawing(&mut self) -> Option<&mut Open> {
        self.stack
            .iter_mut()
            .rev()
            .find(|open| matches!(open, Open::Drawing { .. }))
    }

    /// Writes a picture into the paragraph that shows it.
    fn picture(&mut self, id: Option<&str>) -> Result<()> {
        if let Some(Open::Drawing { seen, .. }) = self.drawing() {
            *seen = true;
        }
        let shown = self.shown(id.unwrap_or_default())?;
        self.mark(&shown);
        Ok(())
    }

    fn shown(&mut self, id: &str) -> Result<String> {
        let Some(relation) = self.relations.get(id) else {
            return Ok(self.page.picture_left_out("文件里没有这幅图片"));
        };
        if relation.external {
            return Ok(self.page.picture_left_out("图片在别处，没有存在文件里"));
        }
        let path = relation.target.clone();
        if let Some(known) = self.book.pictures.get(&path) {
            return Ok(known.clone());
        }
        let shown = match self.package.bytes(self.page, &path)? {
            Some(bytes) => self.page.picture(&bytes, &self.alt)?,
            None => self.page.picture_left_out("文件里没有这幅图片"),
        };
        self.book.pictures.insert(path, shown.clone());
        Ok(shown)
    }

    fn enter_word(&mut self, tag: &Tag<'_>) -> Result<Open> {
        let parent = self.parent();
        Ok(match (parent, tag.name) {
            (_, "p") => {
                self.begin_paragraph();
                Open::Paragraph
            }
            (Open::Paragraph, "pPr") => Open::ParagraphProperties,
            (Open::ParagraphProperties, "numPr") => Open::Numbering,
            (Open::ParagraphProperties, "rPr") => Open::Mark,
            (
                Open::ParagraphProperties | Open::Numbering | Open::Mark,
                "pStyle" | "outlineLvl" | "ilvl" | "numId" | "specVanish" | "del" | "moveFrom"
                | "ins" | "moveTo",
            ) => {
                self.paragraph_property(parent, tag);
                Open::Other
            }
            (Open::RunProperties, "vanish" | "rStyle") => {
                match tag.name {
                    "vanish" => self.hidden = tag.on(),
                    _ => self.hidden |= self.book.styles.hides(&tag.value().unwrap_or_default()),
                }
                Open::Other
            }
            (Open::RowProperties | Open::CellProperties, _) => self.table_property(tag),
            (
                _,
                "pPrChange" | "rPrChange" | "tblPrChange" | "tblPrExChange" | "trPrChange"
                | "tcPrChange" | "sectPrChange" | "tblGridChange" | "numberingChange" | "delText"
                | "delInstrText" | "ffData" | "fldData",
            ) => self.skip(),
            (_, "del" | "moveFrom") => {
                self.book.deleted = self.book.deleted.saturating_add(1);
                self.skip()
            }
            (_, "ins" | "moveTo") => {
                self.book.inserted = self.book.inserted.saturating_add(1);
                Open::Other
            }
            (_, "r") => {
                self.hidden = self.paragraphs.last().is_some_and(|open| open.hidden);
                Open::Run
            }
            (Open::Run, "rPr") => Open::RunProperties,
            (_, "t") => Open::Text {
                preserved: tag.attribute("space").as_deref() == Some("preserve"),
            },
            (_, "instrText") => Open::Instruction,
            (Open::Run, _) => self.enter_run(tag)?,
            (_, "fldSimple") => Open::Content {
                contents: self.simple_field(tag),
            },
            (_, "tbl") => {
                self.tables.push(Table::default());
                Open::Table
            }
            (_, "tr") => Open::Row,
            (Open::Row, "trPr") => Open::RowProperties,
            (_, "tc") => {
                self.begin_flow(FlowKind::Cell);
                Open::Cell
            }
            (Open::Cell, "tcPr") => Open::CellProperties,
            (_, "txbxContent") => {
                self.begin_flow(FlowKind::Box);
                Open::Flow
            }
            (_, "footnote" | "endnote") if self.note.is_none() => {
                // The lines between text and notes are notes of a kind of their own.
                if tag.attribute("type").is_some_and(|kind| kind != "normal") {
                    return Ok(self.skip());
                }
                let kind = match tag.name {
                    "footnote" => NoteKind::Foot,
                    _ => NoteKind::End,
                };
                let id = tag.attribute("id").unwrap_or_default().into_owned();
                self.note = Some((kind, id));
                self.begin_flow(FlowKind::Note);
                Open::Flow
            }
            (_, "sdt") => Open::Content { contents: false },
            (_, "docPartGallery") => {
                if tag.value().as_deref() == Some("Table of Contents") {
                    self.control_holds_contents();
                }
                Open::Other
            }
            (_, "rt") => {
                self.page.warn("ruby-left-out", "字上的注音没有保留");
                self.skip()
            }
            (_, "altChunk" | "subDoc") => {
                self.page
                    .warn("part-not-read", "此处插入了另一份文件，没有读取");
                Open::Other
            }
            _ => Open::Other,
        })
    }

    /// What stands directly in a run.
    fn enter_run(&mut self, tag: &Tag<'_>) -> Result<Open> {
        match tag.name {
            "br" if matches!(tag.attribute("type").as_deref(), Some("page" | "column")) => {}
            "br" | "cr" => self.put('\n'),
            "tab" | "ptab" => self.put('\t'),
            "noBreakHyphen" => self.put('-'),
            "sym" => self.sign(tag),
            "footnoteReference" => self.refer(NoteKind::Foot, tag),
            "endnoteReference" => self.refer(NoteKind::End, tag),
            "commentReference" => self.book.comments = self.book.comments.saturating_add(1),
            "fldChar" => self.field(tag),
            "drawing" | "pict" => {
                return Ok(Open::Drawing {
                    seen: false,
                    shows: false,
                });
            }
            "object" => {
                return Ok(Open::Drawing {
                    seen: false,
                    shows: true,
                });
            }
            _ => {}
        }
        Ok(Open::Other)
    }

    fn sign(&mut self, tag: &Tag<'_>) {
        let font = tag.attribute("font").unwrap_or_default().into_owned();
        let code = tag.attribute("char");
        let code = code.and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        match code.and_then(|code| signs::sign(&font, code)) {
            Some(c) => self.put(c),
            None => {
                if let Some(open) = self.paragraphs.last_mut() {
                    open.dropped_sign = true;
                }
                self.put(signs::MISSING);
            }
        }
    }

    fn paragraph_property(&mut self, parent: Open, tag: &Tag<'_>) {
        let Some(open) = self.paragraphs.last_mut() else {
            return;
        };
        match (parent, tag.name) {
            (Open::ParagraphProperties, "pStyle") => {
                let style = tag.value().unwrap_or_default().into_owned();
                let resolved = self.book.styles.paragraph(Some(&style));
                open.hidden = resolved.hidden;
                open.contents |= resolved.contents;
                open.style = Some(style);
            }
            (Open::ParagraphProperties, "outlineLvl") => open.outline = tag.number(),
            (Open::Numbering, "ilvl") => open.asked.level = tag.number(),
            (Open::Numbering, "numId") => {
                open.asked.number = Some(tag.value().unwrap_or_default().into_owned());
            }
            (Open::Mark, "specVanish") => open.continues |= tag.on(),
            (Open::Mark, "del" | "moveFrom") => {
                open.continues = true;
                self.book.deleted = self.book.deleted.saturating_add(1);
            }
            (Open::Mark, "ins" | "moveTo") => {
                self.book.inserted = self.book.inserted.saturating_add(1);
            }
            _ => {}
        }
    }

    fn table_property(&mut self, tag: &Tag<'_>) -> Open {
        let Some(table) = self.tables.last_mut() else {
            return Open::Other;
        };
        let row = &mut table.row;
        let count = || tag.number().and_then(|count| usize::try_from(count).ok());
        match tag.name {
            "gridBefore" => row.skip(count().unwrap_or(0)),
            "gridAfter" => row.after = count().unwrap_or(0),
            "del" => {
                row.deleted = true;
                self.book.deleted = self.book.deleted.saturating_add(1);
            }
            "ins" => self.book.inserted = self.book.inserted.saturating_add(1),
            "gridSpan" => row.cell.span = count().unwrap_or(1),
            "vMerge" | "hMerge" => {
                row.cell.continues = tag.value().as_deref() != Some("restart");
            }
            "cellDel" => {
                row.cell.deleted = true;
                self.book.deleted = self.book.deleted.saturating_add(1);
            }
            "trPrChange" | "tcPrChange" => return self.skip(),
            _ => {}
        }
        Open::Other
    }

    fn control_holds_contents(&mut self) {
        let control = self
            .stack
            .iter_mut()
            .rev()
            .find(|open| matches!(open, Open::Content { .. }));
        if let Some(Open::Content { contents }) = control
            && !*contents
        {
            *contents = true;
            self.contents = self.contents.saturating_add(1);
        }
    }

    fn leave(&mut self, open: Open) -> Result<()> {
        match open {
            Open::Paragraph => self.end_paragraph(),
            // Formulas stand beside runs and are never hidden by one.
            Open::Run => {
                self.hidden = false;
                Ok(())
            }
            Open::Cell => self.end_cell(),
            Open::Row => self.end_row(),
            Open::Table => self.end_table(),
            Open::Flow => self.end_flow(),
            Open::Content { contents: true } => {
                self.contents = self.contents.saturating_sub(1);
                Ok(())
            }
            Open::Drawing {
                seen: false,
                shows: true,
            } => {
                let shown = self.page.picture_left_out("是图表或嵌入的对象");
                self.mark(&shown);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Handler for Walk<'_, '_> {
    fn open(&mut self, tag: &Tag<'_>) -> Result<()> {
        let open = match self.skipped {
            Some(_) => Open::Other,
            None => self.enter(tag)?,
        };
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        let open = self.stack.pop().unwrap_or(Open::Other);
        match self.skipped {
            Some(depth) if depth == self.stack.len() => self.skipped = None,
            Some(_) => {}
            None => self.leave(open)?,
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        match self.parent() {
            _ if self.skipped.is_some() => {}
            Open::Text { preserved: true } => self.say(text),
            // Blanks around a text count only where it says so.
            Open::Text { preserved: false } => {
                self.say(text.trim_matches(['\u{20}', '\t', '\r', '\n']));
            }
            Open::Instruction => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
        Ok(())
    }
}
