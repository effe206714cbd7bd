//! A site of its own for a measurement: `jianyan serve` as a process, with its settings as they are
//! shipped, in a folder that is removed afterwards.

use crate::figure::Result;
use crate::process::{Running, free_address};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jianyan::clock::{Clock, SystemClock, beijing};
use jianyan::db::{Address, Database};
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, from_bytes};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The consultation's short name.
pub const SLUG: &str = "bench";

const PROGRAM: &str = env!("CARGO_BIN_EXE_jianyan");
const NOTICE: &str = include_str!("../../assets/demo/notice.txt");
/// The days that stand in the notice.
const OPENS: &str = "2025年5月29日";
const CLOSES: &str = "2025年6月28日";

/// See the module's description.
pub struct Site {
    server: Option<Running>,
    pub database_url: String,
    _database: Option<OwnDatabase>,
    pub address: SocketAddr,
    /// Anchors of the draft's sections.
    pub sections: Vec<String>,
    folder: TempDir,
}

impl Site {
    /// A running site on SQLite whose window is open.
    pub fn on_sqlite() -> Result<Self> {
        let folder = new_folder()?;
        let url = format!("sqlite:{}", folder.path().join("jianyan.db").display());
        Self::new(folder, url, None, NOTICE)
    }

    /// The same with a plan of 2 MB and 5,000 sections.
    pub fn large() -> Result<Self> {
        let folder = new_folder()?;
        let url = format!("sqlite:{}", folder.path().join("jianyan.db").display());
        Self::new(folder, url, None, &crate::plan::notice())
    }

    /// The same on PostgreSQL, in a database that is dropped afterwards; `None` without a server.
    pub fn on_postgres() -> Result<Option<Self>> {
        let admin = std::env::var("JIANYAN_TEST_POSTGRES").unwrap_or_default();
        if admin.is_empty() {
            return Ok(None);
        }
        let (database, url) = OwnDatabase::create(admin)?;
        Self::new(new_folder()?, url, Some(database), NOTICE).map(Some)
    }

    fn new(
        folder: TempDir,
        database_url: String,
        database: Option<OwnDatabase>,
        text: &str,
    ) -> Result<Self> {
        let address = free_address()?;
        let today = SystemClock.now().to_zoned(beijing()).date();
        let notice = notice(text, today);
        let mut site = Self {
            server: None,
            database_url,
            _database: database,
            address,
            sections: sections(&notice)?,
            folder,
        };
        site.write("notice.txt", &notice)?;
        site.write("config.toml", &site.settings())?;
        site.import()?;
        site.start()?;
        Ok(site)
    }

    fn settings(&self) -> String {
        format!(
            "database_url = {:?}\nlisten = \"{}\"\npublic_url = \"http://{}\"\ndata_dir = {:?}\n",
            self.database_url,
            self.address,
            self.address,
            self.folder().join("data")
        )
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        std::fs::write(self.folder().join(name), text).map_err(|cause| format!("{name}: {cause}"))
    }

    /// The program with the settings of this site alone.
    fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("JIANYAN_")) {
            command.env_remove(name);
        }
        command.env("JIANYAN_CONFIG", self.folder().join("config.toml"));
        command
    }

    fn import(&self) -> Result<()> {
        let notice = self.folder().join("notice.txt");
        let done = self
            .command()
            .arg("import")
            .arg(notice)
            .args(["--slug", SLUG])
            .output()
            .map_err(|cause| format!("{PROGRAM}: {cause}"))?;
        if done.status.success() {
            return Ok(());
        }
        Err(String::from_utf8_lossy(&done.stderr).into_owned())
    }

    /// Starts the service and waits for its first answer.
    pub fn start(&mut self) -> Result<()> {
        let log = self.folder().join("log");
        let out = File::create(&log).map_err(|cause| cause.to_string())?;
        let mut server = Running::start(self.command().arg("serve").stderr(out))?;
        server.ready(self.address, "/healthz").map_err(|fault| {
            format!(
                "{fault}\n{}",
                std::fs::read_to_string(log).unwrap_or_default()
            )
        })?;
        self.server = Some(server);
        Ok(())
    }

    /// Ends the service.
    pub fn stop(&mut self) {
        self.server = None;
    }

    /// The service's memory.
    pub fn resident_mib(&self) -> Result<f64> {
        self.server
            .as_ref()
            .ok_or_else(|| "the service does not run".to_owned())?
            .resident_mib()
    }

    /// Where this site keeps everything.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How many submissions the database holds.
    pub fn submissions(&self) -> Result<u64> {
        use jianyan::db::schema::submissions::dsl::submissions;
        let count = Address::parse(&self.database_url)
            .and_then(|address| Database::open(&address))
            .and_then(|database| {
                database.read_now(|db| Ok(submissions.count().get_result::<i64>(db)?))
            })
            .map_err(|error| error.to_string())?;
        u64::try_from(count).map_err(|cause| cause.to_string())
    }
}

fn new_folder() -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix("jianyan-bench-")
        .tempdir()
        .map_err(|cause| format!("no temporary folder: {cause}"))
}

/// A notice with a window around today.
fn notice(text: &str, today: Date) -> String {
    let words = |date: Date| format!("{}年{}月{}日", date.year(), date.month(), date.day());
    text.replace(OPENS, &words(today.saturating_sub(10.days())))
        .replace(CLOSES, &words(today.saturating_add(20.days())))
}

fn sections(notice: &str) -> Result<Vec<String>> {
    let source = from_bytes("notice.txt", notice.as_bytes(), &Limits::default())
        .map_err(|error| error.to_string())?;
    let outline = outline(&source);
    let plan = outline.plan().ok_or("the notice holds no draft")?;
    Ok(plan.walk().into_iter().map(|place| place.anchor).collect())
}

/// A database on the test server, dropped with this.
struct OwnDatabase {
    admin: String,
    name: String,
}

impl OwnDatabase {
    fn create(admin: String) -> Result<(Self, String)> {
        let random = jianyan::ids::random::<8>().map_err(|error| error.to_string())?;
        let name = format!("bench_{}", jianyan::ids::hex(&random));
        let (base, query) = admin
            .split_once('?')
            .map_or((admin.as_str(), String::new()), |(base, query)| {
                (base, format!("?{query}"))
            });
        let server = base
            .rsplit_once('/')
            .map_or(base, |(server, _)| server)
            .to_owned();
        let url = format!("{server}/{name}{query}");
        let database = Self { admin, name };
        database.run(&format!("CREATE DATABASE {}", database.name))?;
        Ok((database, url))
    }

    fn run(&self, statement: &str) -> Result<()> {
        let mut connection =
            diesel::PgConnection::establish(&self.admin).map_err(|cause| cause.to_string())?;
        connection
            .batch_execute(statement)
            .map_err(|cause| cause.to_string())
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        if let Err(fault) = self.run(&statement) {
            eprintln!("the database {} stays: {fault}", self.name);
        }
    }
}
