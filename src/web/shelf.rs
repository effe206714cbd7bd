//! Published texts kept in memory as they were read: a version never changes, so its sections are
//! found and counted once and not each time a page is made anew.

use super::public::para::{Picture, Pictures};
use super::search::Corpus;
use crate::consultations::model::Consultation;
use crate::db::Database;
use crate::documents::model::published::{PublishedDocument, Version};
use crate::documents::model::{DocumentKind, Node, NodeKind, Place};
use crate::documents::published;
use crate::error::Result;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Versions kept at most; a site has a handful that are read at one time.
const MOST: usize = 24;

/// One version of a consultation's texts.
pub struct Texts {
    pub version: Option<Version>,
    pub texts: Vec<Text>,
    pub pictures: Pictures,
}

/// One text with its sections in a row.
pub struct Text {
    pub document: PublishedDocument,
    /// In the order of the text, parents before children.
    pub sections: Vec<Section>,
    /// Indices of the sections at the top.
    pub top: Vec<usize>,
    by_anchor: HashMap<String, usize>,
    pub(super) corpus: OnceLock<Corpus>,
}

/// One section and where it stands.
pub struct Section {
    pub anchor: String,
    /// As people write it: `二/(三)/8`.
    pub path: String,
    pub kind: NodeKind,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    /// 0 at the top.
    pub depth: usize,
    /// The way down the outline: the index among the siblings, from the top.
    way: Vec<usize>,
}

impl Section {
    /// Bullets are read on their section's page; everything else has one of its own.
    #[must_use]
    pub fn has_page(&self) -> bool {
        self.kind != NodeKind::Bullet
    }
}

impl Text {
    /// A text, its sections found.
    #[must_use]
    pub fn new(document: PublishedDocument) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        let mut top = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut by_anchor = HashMap::new();
        for Place {
            node,
            ancestors,
            anchor,
            path,
        } in document.outline.walk()
        {
            let index = sections.len();
            open.truncate(ancestors.len());
            let parent = open.last().copied();
            let mut way = Vec::with_capacity(ancestors.len() + 1);
            match parent.and_then(|parent| sections.get_mut(parent)) {
                Some(parent) => {
                    way.extend_from_slice(&parent.way);
                    way.push(parent.children.len());
                    parent.children.push(index);
                }
                None => {
                    way.push(top.len());
                    top.push(index);
                }
            }
            by_anchor.insert(anchor.clone(), index);
            sections.push(Section {
                anchor,
                path,
                kind: node.kind,
                parent,
                children: Vec::new(),
                depth: ancestors.len(),
                way,
            });
            open.push(index);
        }
        Self {
            document,
            sections,
            top,
            by_anchor,
            corpus: OnceLock::new(),
        }
    }

    /// The index of the section with this anchor.
    #[must_use]
    pub fn find(&self, anchor: &str) -> Option<usize> {
        self.by_anchor.get(anchor).copied()
    }

    /// The node of a section.
    #[must_use]
    pub fn node(&self, index: usize) -> Option<&Node> {
        let mut way = self.sections.get(index)?.way.iter();
        let first = self.document.outline.nodes.get(*way.next()?)?;
        way.try_fold(first, |node, step| node.children.get(*step))
    }

    /// The sections above one, from the top.
    #[must_use]
    pub fn above(&self, index: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut here = index;
        while let Some(parent) = self.sections.get(here).and_then(|section| section.parent) {
            above.push(parent);
            here = parent;
        }
        above.reverse();
        above
    }

    /// The section itself, or the nearest one above that has a page.
    #[must_use]
    pub fn page_of(&self, index: usize) -> usize {
        let mut here = index;
        while let Some(section) = self.sections.get(here) {
            match section.parent {
                Some(parent) if !section.has_page() => here = parent,
                _ => break,
            }
        }
        here
    }
}

impl Texts {
    /// One version of a consultation's texts, by the documents read from its file.
    #[must_use]
    pub fn new(slug: &str, version: Option<Version>, documents: Vec<PublishedDocument>) -> Self {
        let images = version.iter().flat_map(|version| &version.images);
        let pictures = images.enumerate().map(|(index, image)| Picture {
            src: format!("/c/{slug}/images/{}", image.sha256),
            alt: if image.alt.is_empty() {
                format!("图片{}", index + 1)
            } else {
                image.alt.clone()
            },
        });
        Self {
            pictures: Pictures(pictures.collect()),
            texts: documents.into_iter().map(Text::new).collect(),
            version,
        }
    }

    /// The text that opinions are asked on.
    #[must_use]
    pub fn draft(&self) -> Option<&Text> {
        self.first(DocumentKind::Draft)
            .or_else(|| self.first(DocumentKind::AdoptedPlan))
    }

    /// The first text of a kind.
    #[must_use]
    pub fn first(&self, kind: DocumentKind) -> Option<&Text> {
        self.texts.iter().find(|text| text.document.kind == kind)
    }

    /// The attachments, in the order of the file.
    pub fn attachments(&self) -> impl Iterator<Item = &Text> {
        self.texts
            .iter()
            .filter(|text| text.document.kind == DocumentKind::Attachment)
    }
}

/// The versions lately read, the latest last, by consultation and number.
#[derive(Default)]
pub struct Shelf(Mutex<Vec<(String, i32, Arc<Texts>)>>);

impl Shelf {
    /// The texts of a version of a consultation, read from the database when they are not here.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn texts(
        &self,
        database: &Database,
        consultation: &Consultation,
        number: i32,
        now: Timestamp,
    ) -> Result<Arc<Texts>> {
        if let Some(texts) = self.get(&consultation.id, number) {
            return Ok(texts);
        }
        let (id, slug) = (consultation.id.clone(), consultation.slug.clone());
        let texts = database
            .read(move |db| {
                let documents = published::documents(db, &id, number)?;
                let mut versions = published::versions(db, &id, now)?;
                versions.retain(|version| version.number == number);
                Ok(Texts::new(&slug, versions.pop(), documents))
            })
            .await?;
        let texts = Arc::new(texts);
        self.put(&consultation.id, number, &texts);
        Ok(texts)
    }

    fn get(&self, id: &str, number: i32) -> Option<Arc<Texts>> {
        let mut kept = self.0.lock().ok()?;
        let at = kept
            .iter()
            .position(|(known, of, _)| known == id && *of == number)?;
        let found = kept.remove(at);
        let texts = Arc::clone(&found.2);
        kept.push(found);
        Some(texts)
    }

    fn put(&self, id: &str, number: i32, texts: &Arc<Texts>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.retain(|(known, of, _)| known != id || *of != number);
            if kept.len() >= MOST {
                kept.remove(0);
            }
            kept.push((id.to_owned(), number, Arc::clone(texts)));
        }
    }
}
