//! The container of a Word document (ECMA-376 part 2): its parts and how they refer to each other.
//! Parts are only ever read, by name, into memory; nothing is unpacked to disk.

use super::super::page::{Budget, Meter, Page};
use super::super::refuse;
use super::counted::{Counted, is_over};
use super::xml::{self, Handler, Part, Tag};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::rc::Rc;
use zip::ZipArchive;
use zip::result::ZipError;

/// A relationship of a part.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The last step of its type, which transitional and strict documents share: `image`.
    pub kind: String,
    /// The part it leads to; outside addresses stay as they are.
    pub target: String,
    pub external: bool,
}

/// The relationships of a part by their ids.
pub(super) type Relations = HashMap<String, Relation>;

/// An open container. A copy reads on its own, so that a picture can be taken out while the text that
/// shows it is being read.
#[derive(Clone)]
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: Rc<HashMap<String, usize>>,
    file: String,
    budget: Budget,
}

impl<'a> Package<'a> {
    /// Opens a container and makes sure that it is a Word document without macros.
    pub(super) fn open(page: &Page, bytes: &'a [u8]) -> Result<Self> {
        let name = &page.name;
        let most = page.limits.parts;
        let too_many = || refuse::too_many(name, ("内部文件数", "parts"), most);
        if stated_entries(bytes) > most {
            return Err(too_many());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| broken(name, cause))?;
        if zip.len() > most {
            return Err(too_many());
        }
        let doubled = || {
            refuse::invalid(
                name,
                "内部有同名的两个文件，无法确定以哪个为准，请用Word或WPS打开后另存为.docx",
                "holds two parts of one name; open it and save it again as .docx",
            )
        };
        if zip.has_duplicate_names() {
            return Err(doubled());
        }
        let mut parts = HashMap::with_capacity(zip.len());
        for (index, raw) in zip.file_names_raw().enumerate() {
            let path = plain(&String::from_utf8_lossy(raw));
            if parts.insert(path, index).is_some() {
                return Err(doubled());
            }
        }
        let package = Self {
            zip,
            parts: Rc::new(parts),
            file: name.clone(),
            budget: page.budget.clone(),
        };
        package.check()?;
        Ok(package)
    }

    /// What the container is, by the parts it must have.
    fn check(&self) -> Result<()> {
        let has = |path: &str| self.parts.contains_key(path);
        let ends = |end: &str| self.parts.keys().any(|path| path.ends_with(end));
        let other = |zh: &str, en: &str| {
            refuse::invalid(
                &self.file,
                format!("是{zh}，不是文字文档，请提交.docx、.txt、.md或.html文件"),
                format!("is {en}, not a text document; send .docx, .txt, .md or .html"),
            )
        };
        if ends("vbaproject.bin") {
            return Err(refuse::invalid(
                &self.file,
                "带有宏，出于安全不予读取，请另存为不带宏的.docx再提交",
                "holds macros and is not read; save it as .docx without macros",
            ));
        }
        if has("encryptedpackage") {
            return Err(refuse::password(&self.file));
        }
        if has("[content_types].xml") {
            if has("xl/workbook.xml") || has("xl/workbook.bin") {
                return Err(other("表格文件（xlsx）", "a spreadsheet (xlsx)"));
            }
            if has("ppt/presentation.xml") {
                return Err(other("演示文件（pptx）", "a presentation (pptx)"));
            }
            return Ok(());
        }
        if has("word/document.xml") {
            return Ok(());
        }
        Err(other(
            "压缩包，里面没有Word文档的内容",
            "an archive without the parts of a Word document",
        ))
    }

    /// Opens a part for reading; `None` when there is none of that name.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<Counted<impl Read>>> {
        let Some(index) = self.parts.get(&plain(path)) else {
            return Ok(None);
        };
        let budget = self.budget.clone();
        let entry = self
            .zip
            .by_index(*index)
            .map_err(|cause| broken(&self.file, cause))?;
        Ok(Some(Counted::new(entry, budget)))
    }

    /// All bytes of a part.
    pub(super) fn bytes(&mut self, page: &Page, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(mut part) = self.part(path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        match part.read_to_end(&mut bytes) {
            Ok(_) => Ok(Some(bytes)),
            Err(cause) if is_over(&cause) => Err(page.over()),
            Err(cause) => Err(broken(&page.name, ZipError::Io(cause))),
        }
    }

    /// Reads the XML of a part; `false` when there is none.
    pub(super) fn read(
        &mut self,
        page: &Page,
        path: &str,
        handler: &mut dyn Handler,
    ) -> Result<bool> {
        let place = Part::new(page, path);
        let Some(part) = self.part(path)? else {
            return Ok(false);
        };
        xml::read(&place, part, handler)?;
        Ok(true)
    }

    /// What a part refers to; that of the whole container for the path "".
    pub(super) fn relations(&mut self, page: &Page, path: &str) -> Result<Relations> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let lies = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        let mut reading = ReadRelations {
            meter: page.meter(),
            folder,
            found: Relations::new(),
        };
        self.read(page, &lies, &mut reading)?;
        Ok(reading.found)
    }

    /// The part that holds the text.
    pub(super) fn main(&mut self, page: &Page) -> Result<String> {
        let relations = self.relations(page, "")?;
        let main = relations
            .into_values()
            .find(|relation| relation.kind == "officeDocument" && !relation.external);
        let path = main.map_or_else(|| "word/document.xml".to_owned(), |found| found.target);
        if self.parts.contains_key(&plain(&path)) {
            return Ok(path);
        }
        Err(refuse::invalid(
            &self.file,
            "里面没有正文部分，不是完整的Word文档，请用Word或WPS打开后另存为.docx",
            "has no main part; open it and save it again as .docx",
        ))
    }
}

/// Names of parts are compared without case; some programs write `\` or a leading `/`.
fn plain(path: &str) -> String {
    path.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

/// The number of entries as the end record has it, so that a container with millions of them is not
/// taken in first. The last record counts; the comment after it is at most 65,535 bytes.
fn stated_entries(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(65_557);
    let tail = bytes.get(from..).unwrap_or_default();
    let found = tail
        .windows(12)
        .rev()
        .find(|window| window.starts_with(b"PK\x05\x06"));
    match found {
        Some([.., low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    }
}

fn broken(name: &str, cause: ZipError) -> Error {
    let locked = matches!(&cause, ZipError::UnsupportedArchive(what) if what.contains("assword"))
        || matches!(cause, ZipError::InvalidPassword);
    if locked {
        return refuse::password(name).caused_by(cause);
    }
    refuse::invalid(
        name,
        "的压缩容器已损坏，不是完整的.docx文件，请用Word或WPS打开后另存再提交",
        "is a broken container, not a whole .docx; open it and save it again",
    )
    .caused_by(cause)
}

struct ReadRelations<'a> {
    meter: Meter,
    folder: &'a str,
    found: Relations,
}

impl Handler for ReadRelations<'_> {
    fn open(&mut self, tag: &Tag<'_>) -> Result<()> {
        if tag.name != "Relationship" {
            return Ok(());
        }
        let (Some(id), Some(kind), Some(target)) = (
            tag.attribute("Id"),
            tag.attribute("Type"),
            tag.attribute("Target"),
        ) else {
            return Ok(());
        };
        self.meter.spend(256)?;
        let external = tag.attribute("TargetMode").as_deref() == Some("External");
        let target = if external {
            target.into_owned()
        } else {
            resolve(self.folder, &target)
        };
        self.found.insert(
            id.into_owned(),
            Relation {
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target,
                external,
            },
        );
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        Ok(())
    }

    fn text(&mut self, _text: &str) -> Result<()> {
        Ok(())
    }
}

/// A target as a path from the root of the container.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}
