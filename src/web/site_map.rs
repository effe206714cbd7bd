//! The site map kept in memory: making it reads the texts of the whole site.

use super::cache::PageCache;
use super::feed::sitemap::Sitemap;
use crate::error::Result;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// As long as programs are told that they may keep it.
const KEPT_FOR: Duration = Duration::from_secs(300);

struct Kept {
    made: Instant,
    /// [`PageCache::cleared`] before it was made.
    cleared: u64,
    map: Arc<Sitemap>,
}

/// The site map last made.
#[derive(Default)]
pub struct SiteMap(Mutex<Option<Kept>>);

impl SiteMap {
    /// The site map, made anew when it is old or something was published since; others who ask
    /// meanwhile wait for it.
    ///
    /// # Errors
    /// What `make` reports.
    pub async fn get_or_make<F, Fut>(&self, pages: &PageCache, make: F) -> Result<Arc<Sitemap>>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Sitemap>>,
    {
        let mut kept = self.0.lock().await;
        let cleared = pages.cleared();
        if let Some(good) = &*kept
            && good.cleared == cleared
            && good.made.elapsed() < KEPT_FOR
        {
            return Ok(Arc::clone(&good.map));
        }
        let map = Arc::new(make().await?);
        *kept = Some(Kept {
            made: Instant::now(),
            cleared,
            map: Arc::clone(&map),
        });
        Ok(map)
    }
}
