//! Consultations lately looked up, with the sections of their drafts, so that the form's way in does
//! not ask the database for the same notice thousands of times a second. Kept for a few seconds
//! only: a change made by another process is seen soon.

use crate::consultations::model::Consultation;
use crate::documents::published::{SectionRef, no_such_section};
use crate::error::Result;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

const KEPT_FOR: Duration = Duration::from_secs(2);

/// A consultation and where its sections are.
pub struct Looked {
    pub consultation: Consultation,
    by_anchor: HashMap<String, String>,
}

impl Looked {
    /// A consultation with the sections of one version of its draft.
    #[must_use]
    pub fn new(consultation: Consultation, sections: Vec<SectionRef>) -> Self {
        let by_anchor = sections
            .into_iter()
            .map(|section| (section.anchor, section.id))
            .collect();
        Self {
            consultation,
            by_anchor,
        }
    }

    /// The identifier of the section with this anchor.
    ///
    /// # Errors
    /// `Kind::Invalid` when the draft has no such section.
    pub fn section_id(&self, anchor: &str) -> Result<String> {
        self.by_anchor
            .get(anchor)
            .cloned()
            .ok_or_else(no_such_section)
    }
}

/// Consultations by short name.
#[derive(Default)]
pub struct Known(RwLock<HashMap<String, (Instant, Arc<Looked>)>>);

impl Known {
    /// The consultation, if it was looked up a moment ago.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<Arc<Looked>> {
        let known = self.0.read().ok()?;
        known
            .get(slug)
            .filter(|(at, _)| at.elapsed() < KEPT_FOR)
            .map(|(_, looked)| Arc::clone(looked))
    }

    /// Forgets one, to have it looked up anew.
    pub fn forget(&self, slug: &str) {
        if let Ok(mut known) = self.0.write() {
            known.remove(slug);
        }
    }

    /// Remembers one. Only names that exist come here, so the map stays as small as the site.
    pub fn put(&self, consultation: Consultation, sections: Vec<SectionRef>) -> Arc<Looked> {
        let looked = Arc::new(Looked::new(consultation, sections));
        if let Ok(mut known) = self.0.write() {
            let slug = looked.consultation.slug.clone();
            known.insert(slug, (Instant::now(), Arc::clone(&looked)));
        }
        looked
    }
}
