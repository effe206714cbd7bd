//! The keys in use: one for each purpose of the site, and one for each consultation, wrapped by
//! the site's. Destroying a consultation's wrapped key makes its contact details unreadable for
//! good, in every backup too.

use super::model::Key;
use crate::error::Result;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

/// Cheap to clone; holds no key that a log could show.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    wrap: Key,
    storage: Key,
    receipt: Key,
    lookup: Key,
    idempotency: Key,
    session: Key,
    link: Key,
    check: String,
    opened: RwLock<HashMap<String, Key>>,
}

/// What people see of a key's check value.
#[must_use]
pub fn fingerprint(check: &str) -> &str {
    check.get(..8).unwrap_or(check)
}

impl Vault {
    /// Derives the site's keys.
    ///
    /// # Errors
    /// Never in practice (see [`Key::derive`]).
    pub fn new(site: &Key) -> Result<Self> {
        Ok(Self(Arc::new(Keys {
            wrap: site.derive("jianyan wrap v1")?,
            storage: site.derive("jianyan storage v1")?,
            receipt: site.derive("jianyan receipt v1")?,
            lookup: site.derive("jianyan lookup v1")?,
            idempotency: site.derive("jianyan idempotency v1")?,
            session: site.derive("jianyan session v1")?,
            link: site.derive("jianyan link v1")?,
            check: site.derive("jianyan check v1")?.keyed_hash(&["site"])?,
            opened: RwLock::new(HashMap::new()),
        })))
    }

    /// A value that shows which site key this is without telling it.
    #[must_use]
    pub fn check(&self) -> &str {
        &self.0.check
    }

    /// The first eight digits of [`Vault::check`]: enough to tell which of several key files is meant.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        fingerprint(self.check())
    }

    /// Makes the data key of a new consultation and answers it wrapped, as it is stored.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub fn new_data_key(&self, consultation: &str) -> Result<Vec<u8>> {
        self.0.wrap.seal(Key::generate()?.bytes(), consultation)
    }

    /// The data key of a consultation, unwrapped once and then kept.
    ///
    /// # Errors
    /// `Kind::Internal` when the site key is not the one it was wrapped with.
    pub fn data_key(&self, consultation: &str, wrapped: &[u8]) -> Result<Key> {
        let cached = self
            .0
            .opened
            .read()
            .ok()
            .and_then(|keys| keys.get(consultation).cloned());
        if let Some(key) = cached {
            return Ok(key);
        }
        let plain = self.0.wrap.open(wrapped, consultation)?;
        let bytes: [u8; 32] = plain
            .try_into()
            .map_err(|_| crate::error::Error::internal("a wrapped key of the wrong length"))?;
        let key = Key::from_bytes(bytes);
        if let Ok(mut keys) = self.0.opened.write() {
            keys.insert(consultation.to_owned(), key.clone());
        }
        Ok(key)
    }

    /// Seals the files in storage.
    #[must_use]
    pub fn storage(&self) -> &Key {
        &self.0.storage
    }

    /// Makes receipt numbers from submissions' identifiers.
    #[must_use]
    pub fn receipt(&self) -> &Key {
        &self.0.receipt
    }

    /// Hashes what rows are found by.
    #[must_use]
    pub fn lookup(&self) -> &Key {
        &self.0.lookup
    }

    /// Recognises the same form or letter when it comes again.
    #[must_use]
    pub fn idempotency(&self) -> &Key {
        &self.0.idempotency
    }

    /// Signs what people get to carry: links in mails, marks of time in forms, look-ups that were
    /// allowed. Each use names its purpose first.
    #[must_use]
    pub fn link(&self) -> &Key {
        &self.0.link
    }

    /// Ties a form of the office to the session it was shown in.
    #[must_use]
    pub fn session(&self) -> &Key {
        &self.0.session
    }
}
