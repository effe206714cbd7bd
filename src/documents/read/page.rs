//! The text being written: lines, headings, pictures and warnings, within the limits.

use super::{Format, Image, Limits, ReadWarning, SourceText, image, refuse};
use crate::error::Result;
use std::cell::Cell;
use std::rc::Rc;

/// Warnings of one code beyond this are counted, not listed.
const LISTED: usize = 50;

/// The bytes that may still be unpacked; shared by all that unpacks for one file.
#[derive(Clone)]
pub(super) struct Budget(Rc<Cell<usize>>);

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(Rc::new(Cell::new(bytes)))
    }

    /// Takes some; `false` when there is not enough.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    pub(super) fn left(&self) -> usize {
        self.0.get()
    }
}

/// The budget with what is needed to refuse a file that goes beyond it.
pub(super) struct Meter {
    name: String,
    budget: Budget,
    limit: usize,
}

impl Meter {
    /// Counts bytes that are kept or unpacked.
    pub(super) fn spend(&self, bytes: usize) -> Result<()> {
        if self.budget.take(bytes) {
            Ok(())
        } else {
            Err(refuse::expands(&self.name, self.limit))
        }
    }
}

/// The text being written.
pub(super) struct Page {
    pub name: String,
    pub limits: Limits,
    pub budget: Budget,
    text: String,
    /// 1-based number of the line that is written next.
    next: usize,
    headings: Vec<(usize, u8)>,
    contents: Vec<[usize; 2]>,
    images: Vec<Image>,
    warnings: Vec<ReadWarning>,
    unlisted: Vec<(&'static str, usize, usize)>,
}

impl Page {
    pub(super) fn new(name: &str, limits: &Limits) -> Self {
        Self {
            name: name.to_owned(),
            budget: Budget::new(limits.expanded_bytes),
            limits: limits.clone(),
            text: String::new(),
            next: 1,
            headings: Vec::new(),
            contents: Vec::new(),
            images: Vec::new(),
            warnings: Vec::new(),
            unlisted: Vec::new(),
        }
    }

    /// The 1-based number of the line that is written next.
    pub(super) fn next_line(&self) -> usize {
        self.next
    }

    /// Counts bytes that are kept or unpacked.
    pub(super) fn spend(&self, bytes: usize) -> Result<()> {
        if self.budget.take(bytes) {
            Ok(())
        } else {
            Err(self.over())
        }
    }

    /// The budget for what works beside the page.
    pub(super) fn meter(&self) -> Meter {
        Meter {
            name: self.name.clone(),
            budget: self.budget.clone(),
            limit: self.limits.expanded_bytes,
        }
    }

    /// The refusal of what unpacks to too much.
    pub(super) fn over(&self) -> crate::error::Error {
        refuse::expands(&self.name, self.limits.expanded_bytes)
    }

    /// Takes a whole text as it is, line ends included.
    pub(super) fn whole(&mut self, text: String) -> Result<()> {
        self.spend(text.len())?;
        self.next = self.next.saturating_add(text.matches('\n').count());
        self.text = text;
        Ok(())
    }

    /// Writes one paragraph; line breaks within it make more lines. The heading is its first line
    /// that holds anything.
    pub(super) fn line(&mut self, text: &str, level: Option<u8>) -> Result<()> {
        self.spend(text.len().saturating_add(1))?;
        if let (Some(level), false) = (level, text.trim().is_empty()) {
            let blank = text
                .split('\n')
                .take_while(|line| line.trim().is_empty())
                .count();
            self.headings
                .push((self.next.saturating_add(blank), level.clamp(1, 9)));
        }
        self.text.push_str(text);
        self.text.push('\n');
        let lines = text.matches('\n').count().saturating_add(1);
        self.next = self.next.saturating_add(lines);
        Ok(())
    }

    /// Writes the row of a table.
    pub(super) fn row(&mut self, cells: &[String]) -> Result<()> {
        self.line(&row(cells), None)
    }

    /// Says that the lines from `first` to the last written belong to a table of contents.
    pub(super) fn contents(&mut self, first: usize) {
        let last = self.next.saturating_sub(1).max(first);
        match self.contents.last_mut() {
            Some(stretch) if stretch[1].saturating_add(1) >= first => stretch[1] = last,
            _ => self.contents.push([first, last]),
        }
    }

    /// Keeps a picture and answers what stands for it in the text. What is no picture a browser
    /// shows is left out with a warning.
    pub(super) fn picture(&mut self, bytes: &[u8], alt: &str) -> Result<String> {
        let Some(media_type) = image::media_type(bytes) else {
            return Ok(self.picture_left_out("是网页不能显示的格式"));
        };
        if self.images.len() >= self.limits.images {
            return Err(refuse::too_many(
                &self.name,
                ("图片数", "pictures"),
                self.limits.images,
            ));
        }
        self.spend(bytes.len())?;
        self.images.push(Image {
            media_type,
            bytes: bytes.to_vec(),
            alt: alt.trim().to_owned(),
            sha256: crate::ids::sha256(bytes),
        });
        Ok(format!("\u{fffc}（图片{}）", self.images.len()))
    }

    /// What stands for a picture that is not kept, and the warning about it.
    pub(super) fn picture_left_out(&mut self, why: &str) -> String {
        self.warn("picture-left-out", format!("此处有一幅图片没有保留：{why}"));
        "（图片未保留）".to_owned()
    }

    /// A warning about the line that is written next.
    pub(super) fn warn(&mut self, code: &'static str, message: impl Into<String>) {
        self.warn_at(self.next, code, message);
    }

    pub(super) fn warn_at(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        let same = |warning: &&ReadWarning| warning.code == code;
        if let Some(more) = self.unlisted.iter_mut().find(|more| more.0 == code) {
            more.1 = more.1.saturating_add(1);
            return;
        }
        if self.warnings.iter().filter(same).count() >= LISTED {
            self.unlisted.push((code, 1, line));
            return;
        }
        self.warnings.push(ReadWarning {
            code,
            message: message.into(),
            line,
        });
    }

    /// The finished text.
    pub(super) fn finish(mut self, sha256: String, format: Format) -> Result<SourceText> {
        if self.text.trim().is_empty() {
            return Err(refuse::empty(&self.name));
        }
        for [first, last] in self.contents.clone() {
            self.warn_at(
                first,
                "table-of-contents",
                format!("第{first}行至第{last}行是目录，不是正文"),
            );
        }
        for (code, count, line) in std::mem::take(&mut self.unlisted) {
            self.warnings.push(ReadWarning {
                code,
                message: format!("从这里起，同样的情况还有{count}处"),
                line,
            });
        }
        self.warnings.sort_by_key(|warning| warning.line);
        Ok(SourceText {
            name: self.name,
            sha256,
            text: self.text,
            format,
            images: self.images,
            headings: self.headings,
            contents: self.contents,
            warnings: self.warnings,
        })
    }
}

/// The row of a table as one line.
pub(super) fn row(cells: &[String]) -> String {
    let mut line = String::from("\t");
    for cell in cells {
        line.push_str(cell);
        line.push('\t');
    }
    line
}

/// The text of a cell: its paragraphs joined by U+2028, no TAB and no line end within.
pub(super) fn cell(text: &str) -> String {
    text.replace('\t', " ").replace('\n', "\u{2028}")
}

/// A paragraph outside tables: one that begins and ends with a TAB would pass for a row.
pub(super) fn plain(text: String) -> String {
    let row = |line: &str| line.len() > 1 && line.starts_with('\t') && line.ends_with('\t');
    if !text.split('\n').any(row) {
        return text;
    }
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| match line.strip_prefix('\t') {
            Some(rest) if row(line) => format!(" {rest}"),
            _ => line.to_owned(),
        })
        .collect();
    lines.join("\n")
}
