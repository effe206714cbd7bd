//! Public pages, rendered once and served from memory.
//!
//! The texts never change after publication; what changes is where the consultation stands in
//! time. So a page is kept until the next moment at which its words could differ (midnight in
//! Beijing covers the window's ends and the days left), and for at most fifteen seconds, so that what
//! another process imported or answered shows soon.

use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

const KEPT_FOR: Duration = Duration::from_secs(15);
/// Pages kept at most; beyond it (somebody inventing addresses cannot get there, because only
/// pages that exist are kept) the oldest state is simply dropped.
const MOST: usize = 20_000;

/// A page as it goes out.
#[derive(Clone)]
pub struct Kept {
    pub body: Bytes,
    pub headers: HeaderMap,
    pub etag: HeaderValue,
    made: Instant,
    until: Timestamp,
}

impl Kept {
    /// A page that may be served until an instant.
    #[must_use]
    pub fn new(body: Bytes, headers: HeaderMap, etag: HeaderValue, until: Timestamp) -> Self {
        Self {
            body,
            headers,
            etag,
            made: Instant::now(),
            until,
        }
    }
}

/// Rendered pages by address.
#[derive(Default)]
pub struct PageCache(RwLock<HashMap<String, Arc<Kept>>>);

impl PageCache {
    /// The page at an address, if it is still good.
    #[must_use]
    pub fn get(&self, address: &str, now: Timestamp) -> Option<Arc<Kept>> {
        let pages = self.0.read().ok()?;
        pages
            .get(address)
            .filter(|page| now < page.until && page.made.elapsed() < KEPT_FOR)
            .cloned()
    }

    /// Keeps a page.
    pub fn put(&self, address: &str, page: Kept) -> Arc<Kept> {
        let page = Arc::new(page);
        if let Ok(mut pages) = self.0.write() {
            if pages.len() >= MOST {
                pages.clear();
            }
            pages.insert(address.to_owned(), Arc::clone(&page));
        }
        page
    }

    /// Forgets all pages, after a change that readers should see at once.
    pub fn clear(&self) {
        if let Ok(mut pages) = self.0.write() {
            pages.clear();
        }
    }
}
