//! Public pages, rendered once and served from memory.
//!
//! The texts never change after publication; what changes is where the consultation stands in
//! time. So a page is kept until the next moment at which its words could differ (midnight in
//! Beijing covers the window's ends and the days left), and for at most fifteen seconds, so that what
//! another process imported or answered shows soon. A page that is made anew with the same bytes keeps
//! its packed forms; while somebody makes it, the others are given the last one.

use super::coding::Coding;
use actix_web::http::header::{HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

const KEPT_FOR: Duration = Duration::from_secs(15);
/// How long the last page may stand in for one that somebody is making.
const STANDS_IN_FOR: Duration = Duration::from_secs(25);
/// Bytes kept at most, all forms counted. Beyond it (somebody inventing addresses cannot get there,
/// because only pages that exist are kept) the old ones go, and if that is not enough, all.
const MOST_BYTES: usize = 160 * 1024 * 1024;

/// One form of a page as it goes out.
#[derive(Clone)]
pub struct Form {
    pub body: Bytes,
    pub headers: HeaderMap,
    pub etag: HeaderValue,
}

/// All forms of one page: as they are, and packed where that pays.
#[derive(Clone)]
pub struct Forms {
    pub plain: Form,
    pub gzip: Option<Form>,
    pub brotli: Option<Form>,
}

impl Forms {
    /// The form in a coding, or the plain one.
    #[must_use]
    pub fn of(&self, coding: Coding) -> &Form {
        match coding {
            Coding::Plain => None,
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Brotli => self.brotli.as_ref(),
        }
        .unwrap_or(&self.plain)
    }

    fn bytes(&self) -> usize {
        let packed = [&self.gzip, &self.brotli].into_iter().flatten();
        packed.fold(self.plain.body.len(), |sum, form| sum + form.body.len())
    }
}

/// A page and how long it is good for.
pub struct Kept {
    pub forms: Forms,
    made: Instant,
    until: Timestamp,
    /// Somebody is making it anew.
    renewing: AtomicBool,
}

impl Kept {
    /// A page that may be served until an instant.
    #[must_use]
    pub fn new(forms: Forms, until: Timestamp) -> Self {
        Self {
            forms,
            made: Instant::now(),
            until,
            renewing: AtomicBool::new(false),
        }
    }

    fn is_good(&self, now: Timestamp, others_make_it: impl FnOnce(&AtomicBool) -> bool) -> bool {
        let age = self.made.elapsed();
        now < self.until
            && (age < KEPT_FOR || (age < STANDS_IN_FOR && others_make_it(&self.renewing)))
    }
}

#[derive(Default)]
struct Pages {
    by_address: HashMap<String, Arc<Kept>>,
    bytes: usize,
    /// How often all pages were forgotten because something changed.
    cleared: u64,
}

impl Pages {
    fn make_room(&mut self, wanted: usize) {
        if self.bytes + wanted <= MOST_BYTES {
            return;
        }
        self.by_address
            .retain(|_, page| page.made.elapsed() < KEPT_FOR);
        self.bytes = self.by_address.values().map(|p| p.forms.bytes()).sum();
        if self.bytes + wanted > MOST_BYTES {
            self.by_address.clear();
            self.bytes = 0;
        }
    }
}

/// Rendered pages by address.
#[derive(Default)]
pub struct PageCache(RwLock<Pages>);

impl PageCache {
    /// The page at an address, if it is still good.
    #[must_use]
    pub fn get(&self, address: &str, now: Timestamp) -> Option<Arc<Kept>> {
        self.last(address)
            .filter(|page| page.is_good(now, |renewing| renewing.load(Ordering::Relaxed)))
    }

    /// [`PageCache::get`] for somebody who makes the page when it is not there: the first to ask
    /// for one that has grown old gets none and makes it.
    #[must_use]
    pub fn get_or_renew(&self, address: &str, now: Timestamp) -> Option<Arc<Kept>> {
        self.last(address)
            .filter(|page| page.is_good(now, |renewing| renewing.swap(true, Ordering::Relaxed)))
    }

    /// The page last kept at an address, good or not.
    #[must_use]
    pub fn last(&self, address: &str) -> Option<Arc<Kept>> {
        self.0.read().ok()?.by_address.get(address).cloned()
    }

    /// Keeps a page.
    pub fn put(&self, address: &str, page: Arc<Kept>) {
        let Ok(mut pages) = self.0.write() else {
            return;
        };
        let bytes = page.forms.bytes();
        if let Some(old) = pages.by_address.remove(address) {
            pages.bytes = pages.bytes.saturating_sub(old.forms.bytes());
        }
        pages.make_room(bytes);
        pages.bytes += bytes;
        pages.by_address.insert(address.to_owned(), page);
    }

    /// Forgets the page at an address, which could not be made anew.
    pub fn forget(&self, address: &str) {
        if let Ok(mut pages) = self.0.write()
            && let Some(old) = pages.by_address.remove(address)
        {
            pages.bytes = pages.bytes.saturating_sub(old.forms.bytes());
        }
    }

    /// Forgets the pages whose addresses begin with one of these.
    pub fn forget_below(&self, beginnings: &[String]) {
        let Ok(mut pages) = self.0.write() else {
            return;
        };
        let goes = |address: &String| beginnings.iter().any(|one| address.starts_with(one));
        pages.by_address.retain(|address, _| !goes(address));
        pages.bytes = pages.by_address.values().map(|p| p.forms.bytes()).sum();
    }

    /// Forgets all pages, after a change that readers should see at once.
    pub fn clear(&self) {
        if let Ok(mut pages) = self.0.write() {
            let cleared = pages.cleared + 1;
            *pages = Pages {
                cleared,
                ..Pages::default()
            };
        }
    }

    /// How often [`PageCache::clear`] was called.
    #[must_use]
    pub fn cleared(&self) -> u64 {
        self.0.read().map_or(0, |pages| pages.cleared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: usize) -> Arc<Kept> {
        let plain = Form {
            body: Bytes::from(vec![b'x'; bytes]),
            headers: HeaderMap::new(),
            etag: HeaderValue::from_static("\"x\""),
        };
        let forms = Forms {
            plain,
            gzip: None,
            brotli: None,
        };
        Arc::new(Kept::new(forms, Timestamp::MAX))
    }

    #[test]
    fn memory_is_bounded_and_counted_once() {
        let pages = PageCache::default();
        let half = MOST_BYTES / 2;
        for _ in 0..3 {
            pages.put("/a", page(half));
        }
        pages.put("/b", page(half));
        let now = Timestamp::UNIX_EPOCH;
        assert!(pages.get("/a", now).is_some() && pages.get("/b", now).is_some());
        pages.put("/c", page(1));
        assert!(pages.get("/a", now).is_none() && pages.get("/c", now).is_some());
    }

    #[test]
    fn a_page_is_not_served_past_its_instant() {
        let pages = PageCache::default();
        pages.put("/a", page(1));
        assert!(pages.get("/a", Timestamp::MAX).is_none());
    }
}
