//! Opening what the settings name: key, database, storage.

use super::output::about;
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, load_from_environment};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::db::storage::Storage;
use crate::db::{Address, Database};
use crate::error::{Error, Kind, Result};
use crate::intake::mailrooms::Mailrooms;
use crate::mail::authentic::Checker;
use crate::mailboxes::fetch::Fetcher;
use crate::privacy::belongs;
use crate::privacy::site_key;
use crate::privacy::vault::Vault;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Where the settings are.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ConfigOptions {
    /// The settings, a TOML file; variables JIANYAN_* win over it
    #[arg(long, env = "JIANYAN_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// The parts of an installation.
pub(super) struct Site {
    pub(super) config: Config,
    pub(super) database: Database,
    pub(super) vault: Vault,
    pub(super) storage: Storage,
    pub(super) clock: Arc<dyn Clock>,
}

impl ConfigOptions {
    /// Reads the settings.
    pub(super) fn read(&self) -> Result<Config> {
        load_from_environment(self.config.as_deref())
    }
}

impl Site {
    /// Opens an installation with the machine's clock.
    pub(super) fn open(options: &ConfigOptions) -> Result<Self> {
        Self::with(options.read()?, Arc::new(SystemClock))
    }

    /// Opens an installation.
    pub(super) fn with(config: Config, clock: Arc<dyn Clock>) -> Result<Self> {
        make_folder(&config.data_dir).map_err(|cause| {
            let shown = config.data_dir.display();
            Error::new(
                Kind::Unavailable,
                format!("建不了数据文件夹 {shown}，请检查路径和权限"),
                format!("cannot make the data folder {shown}; check its path and permissions"),
            )
            .caused_by(cause)
        })?;
        let key = site_key::load_or_create(&config.key_file())?;
        let vault = Vault::new(&key)?;
        let address = Address::parse(&config.database_url)?;
        let database = Database::open_for(&address, config.writes_waiting)?;
        let owner = vault.clone();
        database.write_now(move |db| belongs::check(db, &owner))?;
        let storage = Storage::open(&config.data_dir.join("storage"), vault.storage())?;
        Ok(Self {
            config,
            database,
            vault,
            storage,
            clock,
        })
    }

    /// The consultation with a short name.
    pub(super) fn consultation(&self, slug: &str) -> Result<Consultation> {
        let now = self.clock.now();
        let found = self.database.read_now(|db| find::by_slug(db, slug, now));
        found.map_err(|error| about(slug, error))
    }

    /// What receives the letters of the consultations.
    pub(super) fn mailrooms(&self) -> Mailrooms {
        Mailrooms::new(
            self.config.clone(),
            self.database.clone(),
            self.storage.clone(),
            self.vault.clone(),
            Arc::clone(&self.clock),
        )
    }
}

impl Site {
    /// What looks into mailboxes.
    ///
    /// # Errors
    /// `Kind::Invalid` when `mail_auth` asks for a resolver that is not there.
    pub(super) fn fetcher(&self) -> Result<Fetcher> {
        Ok(Fetcher {
            rooms: Arc::new(self.mailrooms()),
            checker: Checker::of(&self.config)?,
            mail_host: self.config.mail_host.clone(),
            patience: Duration::from_secs(self.config.mailbox_timeout_seconds),
            letter_limit: self.config.letter_limit_bytes,
        })
    }
}

/// Makes the data folder for the service alone: it holds the key, letters and the database.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
