//! What every request can reach. Nothing here is global.

use super::cache::PageCache;
use super::known::Known;
use super::limits::Guardrails;
use super::shelf::Shelf;
use super::site_map::SiteMap;
use super::upload::transit::Transit;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::db::storage::Storage;
use crate::identity::password::Hashing;
use crate::intake::upload::take::Taker;
use crate::privacy::vault::Vault;
use std::sync::Arc;

/// The parts of a running service.
pub struct App {
    pub config: Config,
    pub database: Database,
    pub vault: Vault,
    pub storage: Storage,
    pub clock: Arc<dyn Clock>,
    pub pages: PageCache,
    pub shelf: Shelf,
    pub known: Known,
    pub site_map: SiteMap,
    /// Limits, marks of time, proof of work.
    pub guardrails: Guardrails,
    /// Checks passwords, a few at a time.
    pub hashing: Hashing,
    /// Takes the files of the public's form.
    pub taker: Taker,
    /// Counts what is on its way in.
    pub transit: Transit,
    /// One sentence over every page, in both languages: the demonstration's.
    pub banner: Option<crate::words::Both>,
}

impl App {
    /// Joins the parts.
    pub fn new(
        config: Config,
        database: Database,
        vault: Vault,
        storage: Storage,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            guardrails: Guardrails::of(&config, &vault),
            hashing: Hashing::default(),
            taker: Taker::of(&config),
            transit: Transit::of(&config),
            config,
            database,
            vault,
            storage,
            clock,
            pages: PageCache::default(),
            shelf: Shelf::default(),
            known: Known::default(),
            site_map: SiteMap::default(),
            banner: None,
        }
    }

    /// Whether people reach the site over TLS, so that the cookie must be marked Secure.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.config.public_url.starts_with("https://")
    }
}
