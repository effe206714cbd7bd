//! Opening what the settings name: key, database, storage.

use super::output::about;
use crate::clock::{Clock, SystemClock};
use crate::config::{Config, load_from_environment};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::db::storage::Storage;
use crate::db::{Address, Database, Db};
use crate::documents::model::reference::Place;
use crate::documents::published::{self, PublishedDocument, SectionRef};
use crate::error::{Error, Kind, Result};
use crate::intake::email::Mailroom;
use crate::intake::model::contact::Office;
use crate::mail::inbound::Desk;
use crate::privacy::belongs;
use crate::privacy::site_key;
use crate::privacy::vault::Vault;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

    /// What receives the letters of a consultation.
    pub(super) fn mailroom(&self, consultation: Consultation) -> Result<Mailroom> {
        let (sections, documents) = self.database.read_now(|db| texts(db, &consultation))?;
        let contact = &consultation.contact;
        let office = Office {
            phones: contact.phone.iter().cloned().collect(),
            emails: contact.email.iter().cloned().collect(),
        };
        Ok(Mailroom {
            database: self.database.clone(),
            storage: self.storage.clone(),
            vault: self.vault.clone(),
            clock: Arc::clone(&self.clock),
            desk: Desk {
                office,
                places: places(&documents).into(),
            },
            consultation: Arc::new(consultation),
            sections,
            mail_host: self.config.mail_host.clone(),
            letter_limit: self.config.letter_limit_bytes,
            attachment_limit: self.config.attachment_limit_bytes,
            scanned: self.config.clamd.is_some(),
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

fn texts(
    db: &mut Db,
    consultation: &Consultation,
) -> Result<(Vec<SectionRef>, Vec<PublishedDocument>)> {
    Ok((
        published::sections(db, &consultation.id, consultation.version)?,
        published::documents(db, &consultation.id, consultation.version)?,
    ))
}

fn places(documents: &[PublishedDocument]) -> Vec<Place> {
    published::draft(documents).map_or_else(Vec::new, |draft| draft.outline.reference_places())
}
