//! What the walk writes: paragraphs with their labels, tables, text boxes, notes.

use super::flow::{Flow, FlowKind};
use super::paragraph::{self, Field, Line, Paragraph};
use super::walk::{Book, NoteKind, Walk};
use super::xml::Tag;
use crate::documents::read::page::{self, Page};
use crate::error::Result;

/// Fields within each other.
const FIELDS: usize = 64;
/// What a note takes beside its text.
const NOTE: usize = 128;

impl Book {
    /// The warnings about the document as a whole.
    pub(super) fn tell(&self, page: &mut Page) {
        let (inserted, deleted) = (self.inserted, self.deleted);
        if inserted.saturating_add(deleted) > 0 {
            page.warn_at(
                1,
                "tracked-changes",
                format!(
                    "文件带有修订标记，已按全部接受读取：插入{inserted}处，删除{deleted}处，请核对是否定稿"
                ),
            );
        }
        if self.comments > 0 {
            page.warn_at(
                1,
                "comments-left-out",
                format!("文件带有{}条批注，没有读取", self.comments),
            );
        }
        if let Some(figures) = &self.numbering.unknown {
            page.warn_at(
                1,
                "numbering-figures",
                format!("自动编号用了不认识的数字形式“{figures}”，已写成阿拉伯数字，请核对"),
            );
        }
    }
}

impl Walk<'_, '_> {
    pub(super) fn begin_paragraph(&mut self) {
        let style = self.book.styles.paragraph(None);
        self.paragraphs.push(Paragraph {
            hidden: style.hidden,
            contents: style.contents,
            ..Paragraph::default()
        });
        self.hidden = false;
    }

    /// Adds text of a run, without the characters that have a meaning of their own here.
    pub(super) fn say(&mut self, text: &str) {
        let (text, dropped_sign) = paragraph::clean(text);
        if let Some(open) = self.paragraphs.last_mut() {
            open.dropped_sign |= dropped_sign;
        }
        self.mark(&text);
    }

    /// Adds text: to the paragraph, to a field's instruction, or nowhere when it is hidden.
    pub(super) fn mark(&mut self, text: &str) {
        let in_contents = self.contents > 0 || self.fields.iter().any(|field| field.contents);
        let Some(open) = self.paragraphs.last_mut() else {
            return;
        };
        open.contents |= in_contents;
        if self.hidden {
            open.dropped_hidden |= !text.trim().is_empty();
        } else if let Some(field) = self.fields.iter_mut().find(|field| !field.shown) {
            field.unshown.push_str(text);
        } else {
            open.text.push_str(text);
        }
    }

    /// Adds a character that has a meaning: a line end, a TAB, a sign.
    pub(super) fn put(&mut self, c: char) {
        let unshown = self.fields.iter().any(|field| !field.shown);
        if let Some(open) = self.paragraphs.last_mut()
            && !self.hidden
            && !unshown
        {
            open.text.push(c);
        }
    }

    /// A note of which number is referred to.
    pub(super) fn refer(&mut self, kind: NoteKind, tag: &Tag<'_>) {
        let key = (kind, tag.attribute("id").unwrap_or_default().into_owned());
        let next = self.book.numbered.len().saturating_add(1);
        let number = *self.book.numbered.entry(key.clone()).or_insert_with(|| {
            self.pending.push(key);
            next
        });
        self.mark(&format!("〔注{number}〕"));
    }

    /// The parts of a field: begin, separate, end.
    pub(super) fn field(&mut self, tag: &Tag<'_>) {
        match tag.attribute("fldCharType").as_deref() {
            // Fields are nested by hand, a few deep; more of them are never ended.
            Some("begin") => {
                if self.fields.len() >= FIELDS {
                    self.fields.clear();
                }
                self.fields.push(Field::default());
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                    field.contents = is_contents(&field.instruction);
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// A field in one element; whether it is a table of contents.
    pub(super) fn simple_field(&mut self, tag: &Tag<'_>) -> bool {
        let contents = is_contents(&tag.attribute("instr").unwrap_or_default());
        self.contents = self.contents.saturating_add(usize::from(contents));
        contents
    }

    pub(super) fn begin_flow(&mut self, kind: FlowKind) {
        let mut flow = Flow::new(kind);
        flow.fields = std::mem::take(&mut self.fields);
        flow.hidden = self.hidden;
        self.flows.push(flow);
    }

    /// Closes the innermost place; what was open around it goes on.
    pub(super) fn close_flow(&mut self) -> Option<Flow> {
        if self.flows.len() < 2 {
            return None;
        }
        let mut flow = self.flows.pop()?;
        self.fields = std::mem::take(&mut flow.fields);
        self.hidden = flow.hidden;
        if let Some(carried) = flow.carried.take() {
            flow.lines.push(Line {
                text: carried.text,
                level: None,
            });
            flow.lines.extend(carried.after);
        }
        Some(flow)
    }

    /// Whether what is written now ends up within a line.
    pub(super) fn is_flat(&self) -> bool {
        let flat = |flow: &Flow| matches!(flow.kind, FlowKind::Cell | FlowKind::Note);
        self.flows.iter().any(flat)
    }

    pub(super) fn end_paragraph(&mut self) -> Result<()> {
        let Some(mut open) = self.paragraphs.pop() else {
            return Ok(());
        };
        self.close_instructions(&mut open);
        self.tell_of(&open);
        let Some(flow) = self.flows.last_mut() else {
            return Ok(());
        };
        if let Some(mut carried) = flow.carried.take() {
            carried.text.push_str(&open.text);
            carried.after.append(&mut open.after);
            open.text = carried.text;
            open.after = carried.after;
        }
        if open.continues {
            flow.carried = Some(open);
            return Ok(());
        }
        let style = self.book.styles.paragraph(open.style.as_deref());
        let label = self
            .book
            .numbering
            .label(&open.asked, &style, &mut self.book.styles);
        let level = open.outline.or(style.outline).filter(|level| *level < 9);
        let level = level.and_then(|level| u8::try_from(level.saturating_add(1)).ok());
        // In place: a paragraph can be nearly as large as what may be unpacked.
        open.text.insert_str(0, &label.unwrap_or_default());
        let text = std::mem::take(&mut open.text);
        let contents = open.contents;
        let mut lines = vec![Line { text, level }];
        lines.append(&mut open.after);
        self.take(lines, contents)
    }

    /// A field whose instruction never ends hides nothing: what stands in it is shown.
    fn close_instructions(&mut self, open: &mut Paragraph) {
        let mut told = false;
        for field in self.fields.iter_mut().filter(|field| !field.shown) {
            if !field.unshown.is_empty() {
                let text = std::mem::take(&mut field.unshown);
                open.text.push_str(&text);
                told = true;
            }
            field.shown = true;
            field.contents = is_contents(&field.instruction);
        }
        if told {
            self.page.warn(
                "field-unclosed",
                "此处有一个没有结束的域，其中的文字照录，请核对",
            );
        }
    }

    fn tell_of(&mut self, open: &Paragraph) {
        if open.dropped_hidden {
            self.page
                .warn("hidden-text", "此处有隐藏文字，打印时看不到，没有读取");
        }
        if open.dropped_sign {
            self.page
                .warn("sign-unknown", "此处有不认识的符号，写作〓，请核对");
        }
    }

    /// Hands lines to the place that is open: the text itself writes them at once.
    pub(super) fn take(&mut self, mut lines: Vec<Line>, contents: bool) -> Result<()> {
        let flat = self.is_flat();
        let Some(flow) = self.flows.last_mut() else {
            return Ok(());
        };
        if flow.kind != FlowKind::Body {
            let added: usize = lines.iter().map(|line| line.text.len() + 32).sum();
            self.held = self.held.saturating_add(added);
            if self.held > self.page.budget.left() {
                return Err(self.page.over());
            }
            if flat {
                lines.iter_mut().for_each(|line| line.level = None);
            }
            flow.lines.append(&mut lines);
            return Ok(());
        }
        let first = self.page.next_line();
        for line in lines {
            self.page.line(&page::plain(line.text), line.level)?;
        }
        if contents {
            self.page.contents(first);
        }
        self.write_notes()
    }

    /// The notes referred to, each as a line.
    pub(super) fn write_notes(&mut self) -> Result<()> {
        self.held = 0;
        for key in std::mem::take(&mut self.pending) {
            let number = self.book.numbered.get(&key).copied().unwrap_or(0);
            let text = self.book.notes.get(&key).cloned();
            if text.is_none() {
                self.page
                    .warn("note-missing", format!("文件里没有注{number}的内容"));
            }
            let text = text.unwrap_or_default();
            self.page.line(&format!("〔注{number}〕{text}"), None)?;
        }
        Ok(())
    }

    /// A text box ends: its lines stand after the paragraph it is fixed to. Or a note.
    pub(super) fn end_flow(&mut self) -> Result<()> {
        let Some(flow) = self.close_flow() else {
            return Ok(());
        };
        if flow.kind == FlowKind::Note {
            if let Some(key) = self.note.take() {
                self.page.spend(NOTE)?;
                let text = flow.flat().trim().to_owned();
                self.book.notes.insert(key, text);
            }
            return Ok(());
        }
        if let Some(open) = self.paragraphs.last_mut() {
            open.after.extend(flow.lines);
            return Ok(());
        }
        self.take(flow.lines, false)
    }
}

fn is_contents(instruction: &str) -> bool {
    instruction
        .split_whitespace()
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
}
