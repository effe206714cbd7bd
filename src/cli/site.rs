//! Opening what the settings name: key, database, storage.

use super::folders;
use super::output::about;
use crate::clock::{Clock, SystemClock};
use crate::config::environment::own_variables;
use crate::config::{Config, load_from_environment};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::db::storage::Storage;
use crate::db::{Address, Database};
use crate::error::{Error, Kind, Result, why};
use crate::intake::mailrooms::Mailrooms;
use crate::intake::references::names_files;
use crate::mail::authentic::Checker;
use crate::mailboxes::fetch::Fetcher;
use crate::privacy::belongs;
use crate::privacy::site_key;
use crate::privacy::vault::Vault;
use crate::private_files;
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

    /// Where the settings came from, for the log: names only, since values may hold passwords.
    pub(super) fn told(&self) -> String {
        let names = own_variables().into_iter();
        let names = names.map(|name| name.to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name != "JIANYAN_CONFIG").collect();
        names.sort();
        told(self.config.as_deref(), &names)
    }
}

fn told(file: Option<&Path>, variables: &[String]) -> String {
    let named = variables.join(" ");
    match (file, variables.is_empty()) {
        (Some(file), true) => format!("settings: from {}", file.display()),
        (Some(file), false) => format!("settings: from {}, and from {named}", file.display()),
        (None, false) => format!("settings: from {named}; no file was named (--config FILE)"),
        (None, true) => "settings: none were given, neither a file (--config FILE) nor JIANYAN_* \
                         variables; the defaults hold"
            .to_owned(),
    }
}

impl Site {
    /// Opens an installation with the machine's clock.
    pub(super) fn open(options: &ConfigOptions) -> Result<Self> {
        Self::with(options.read()?, Arc::new(SystemClock))
    }

    /// Opens an installation.
    pub(super) fn with(config: Config, clock: Arc<dyn Clock>) -> Result<Self> {
        private_files::make_folder(&config.data_dir).map_err(|cause| {
            let (shown, why) = (config.data_dir.display(), why(&cause));
            Error::new(
                Kind::Unavailable,
                format!("无法创建数据文件夹 {shown}：{}；请检查data_dir的路径和权限", why.zh),
                format!("cannot make the data folder {shown}: {}; check the path in data_dir and its permissions", why.en),
            )
            .caused_by(cause)
        })?;
        let address = Address::parse(&config.database_url)?;
        let (key_file, folder) = (config.key_file(), config.data_dir.join("storage"));
        let looked = Database::look(&address, |db| {
            let expected = belongs::expected(db)?;
            let filled = expected.is_some() && names_files(db)?;
            Ok((expected, filled))
        })?;
        let (expected, filled) = looked.unwrap_or_default();
        let known = belongs::look(expected.as_deref(), &key_file)?;
        folders::belong(expected.is_some(), filled, &folder)?;
        if known.is_none() {
            site_key::must_be_makeable(&key_file)?;
        }
        let database = Database::open_for(&address, config.writes_waiting)?;
        let place = key_file.clone();
        let vault = database.write_now(move |db| belongs::settle(db, &place))?;
        folders::tighten(&address, &key_file, &folder);
        let storage = Storage::open(&folder, vault.storage())?;
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

#[cfg(test)]
mod tests {
    use super::told;
    use std::path::Path;

    #[test]
    fn where_settings_came_from_is_said() {
        let names = [
            "JIANYAN_DATABASE_URL".to_owned(),
            "JIANYAN_LISTEN".to_owned(),
        ];
        let file = Some(Path::new("/etc/jianyan.toml"));
        assert!(told(None, &[]).contains("none were given"));
        assert!(told(None, &names).contains("JIANYAN_LISTEN; no file was named"));
        assert_eq!(told(file, &[]), "settings: from /etc/jianyan.toml");
        assert!(told(file, &names).ends_with("toml, and from JIANYAN_DATABASE_URL JIANYAN_LISTEN"));
    }
}
