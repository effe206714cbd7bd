//! Consultations lately looked up, so that the form's way in does not ask the database for the
//! same notice thousands of times a second. Kept for a few seconds only: a change made by another
//! process is seen soon.

use crate::consultations::model::Consultation;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

const KEPT_FOR: Duration = Duration::from_secs(2);

/// Consultations by short name.
#[derive(Default)]
pub struct Known(RwLock<HashMap<String, (Instant, Arc<Consultation>)>>);

impl Known {
    /// The consultation, if it was looked up a moment ago.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<Arc<Consultation>> {
        let known = self.0.read().ok()?;
        known
            .get(slug)
            .filter(|(at, _)| at.elapsed() < KEPT_FOR)
            .map(|(_, consultation)| Arc::clone(consultation))
    }

    /// Remembers one. Only names that exist come here, so the map stays as small as the site.
    pub fn put(&self, consultation: Consultation) -> Arc<Consultation> {
        let kept = Arc::new(consultation);
        if let Ok(mut known) = self.0.write() {
            known.insert(kept.slug.clone(), (Instant::now(), Arc::clone(&kept)));
        }
        kept
    }
}
