//! Beginning an import: files are read and kept, and what they state is noted.

use super::model::{Edits, Import};
use super::{store, text};
use crate::audit::model::{Action, Actor, NewEvent};
use crate::audit::record::record;
use crate::clock::Clock;
use crate::consultations::facts::FactsForm;
use crate::db::Db;
use crate::db::storage::Storage;
use crate::documents::model::Outline;
use crate::documents::model::published::{ImageRef, SourceFile};
use crate::documents::outline::outline;
use crate::documents::read::{self, Limits, SourceText};
use crate::error::{Error, Result};
use crate::ids::new_id;
use serde_json::json;

/// Files handed in at most.
pub const MOST_FILES: usize = 10;

/// A file as it was handed in.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Files that were read.
#[derive(Clone, Debug)]
pub struct Material {
    pub text: SourceText,
    pub sources: Vec<SourceFile>,
    pub outline: Outline,
}

impl Material {
    /// Refuses files without a text that opinions can be asked on.
    ///
    /// # Errors
    /// `Kind::Invalid`.
    pub fn must_hold_plan(&self) -> Result<()> {
        if self
            .outline
            .plan()
            .is_some_and(|plan| !plan.nodes.is_empty())
        {
            return Ok(());
        }
        let name = &self.text.name;
        Err(Error::invalid(
            format!("“{name}”里没有找到征求意见稿正文（没有“一、”“第一条”等条款），请检查文件"),
            format!(
                "{name}: no draft was found, nothing that begins with 一、 or 第一条; check the file"
            ),
        ))
    }
}

/// Reads files, in the order in which they are given, as one text. Nothing is kept.
///
/// # Errors
/// What is wrong with the first file that cannot be read; `Kind::Invalid` without a file, or with
/// too many.
pub fn read_files(files: &[File], limits: &Limits) -> Result<Material> {
    if files.is_empty() {
        return Err(Error::invalid("请先选择文件", "choose a file first"));
    }
    if files.len() > MOST_FILES {
        return Err(Error::invalid(
            format!("一次最多{MOST_FILES}个文件，请分次导入或合成一个文件"),
            format!("at most {MOST_FILES} files at a time; join some of them"),
        ));
    }
    let mut texts = Vec::with_capacity(files.len());
    let mut sources = Vec::with_capacity(files.len());
    for file in files {
        let text = read::from_bytes(&file.name, &file.bytes, limits)?;
        sources.push(SourceFile {
            name: file.name.clone(),
            sha256: text.sha256.clone(),
            bytes: u64::try_from(file.bytes.len()).map_err(Error::internal)?,
        });
        texts.push(text);
    }
    let text = text::join(texts);
    let outline = outline(&text);
    Ok(Material {
        text,
        sources,
        outline,
    })
}

/// Keeps the files, their text and their pictures: before the import that refers to them is
/// stored, so that it never names a file that is not there.
///
/// # Errors
/// `Kind::Unavailable` when the disk cannot be written.
pub fn keep(storage: &Storage, files: &[File], material: &Material) -> Result<String> {
    for file in files {
        storage.keep(&file.bytes)?;
    }
    for image in &material.text.images {
        storage.keep(&image.bytes)?;
    }
    storage.keep(material.text.text.as_bytes())
}

/// Stores an import of what was read and kept; answers its identifier.
///
/// # Errors
/// `Kind::Forbidden` for somebody who may only look.
pub fn start(
    db: &mut Db,
    actor: &Actor,
    clock: &dyn Clock,
    material: &Material,
    text_sha256: &str,
    revises: Option<&str>,
) -> Result<String> {
    actor.must_be_able_to_change()?;
    let now = clock.now();
    let (_, staff_id, staff_name) = actor.parts();
    let import = Import {
        id: new_id(now)?,
        consultation_id: revises.map(str::to_owned),
        sources: material.sources.clone(),
        text_sha256: text_sha256.to_owned(),
        images: images(&material.text),
        stated: text::stated(&material.text),
        warnings: text::warnings(&material.text),
        edits: Edits::default(),
        facts: FactsForm::from_outline(&material.outline),
        links: None,
        revision: 0,
        created_by_name: staff_name.to_owned(),
        created_at: now,
        changed_at: now,
        published: None,
        discarded_at: None,
    };
    store::insert(db, &import, staff_id)?;
    let hashes: Vec<&str> = import
        .sources
        .iter()
        .map(|file| file.sha256.as_str())
        .collect();
    record(
        db,
        actor,
        now,
        &NewEvent {
            consultation: import.logged_under(),
            action: Action::ImportStarted,
            subject: "import",
            subject_id: &import.id,
            detail: json!({"sources": hashes}),
        },
    )?;
    Ok(import.id)
}

/// The pictures of a text, as they are referred to once their bytes are kept.
#[must_use]
pub fn images(text: &SourceText) -> Vec<ImageRef> {
    text.images
        .iter()
        .map(|image| ImageRef {
            sha256: image.sha256.clone(),
            media_type: image.media_type.to_owned(),
            alt: image.alt.clone(),
        })
        .collect()
}
