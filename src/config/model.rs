//! What can be set.

use crate::documents::read::Limits;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Changes that may wait to be written at once, unless set otherwise: what a slow disk still writes
/// within a few seconds.
pub const WRITES_WAITING: usize = 4096;

/// All settings with their defaults.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…`. Default: `sqlite:jianyan-data/jianyan.db`.
    pub database_url: String,
    /// Where the service listens. Default: `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// Folder of stored files and, unless set otherwise, of the key. Default: `jianyan-data`.
    pub data_dir: PathBuf,
    /// File with the site key; made on the first start. Default: `site.key` in the data folder.
    pub site_key_file: Option<PathBuf>,
    /// Name at the top of every page. Default: `建言`.
    pub site_name: String,
    /// The address people reach the site by, without a slash at the end. Default:
    /// `http://127.0.0.1:8080`. With `https://` the staff cookie is marked Secure.
    pub public_url: String,
    /// Largest body of a form, in bytes. Default: 256 KiB.
    pub form_limit_bytes: usize,
    /// Largest file that is read as a plan, in bytes. Default: 20 MiB.
    pub plan_limit_bytes: usize,
    /// Most that the text, XML and pictures of a plan may unpack to, in bytes. Default: 128 MiB.
    pub plan_expanded_limit_bytes: usize,
    /// Seconds that converting a plan with LibreOffice may take. Default: 60.
    pub plan_convert_seconds: u64,
    /// Largest letter that is read by machine, in bytes; larger ones are kept and set aside.
    /// Default: 50 MiB.
    pub letter_limit_bytes: usize,
    /// Largest attachment kept with a submission, in bytes. Default: 20 MiB.
    pub attachment_limit_bytes: usize,
    /// The name of the receiving mail server, whose `Received` line tells when a letter came.
    /// Unset: the topmost line is believed.
    pub mail_host: Option<String>,
    /// Sites that may show a section in a frame, each as `https://host`. Default: none.
    pub frame_allowed: Vec<String>,
    /// Minutes without a request after which a staff session ends. Default: 30.
    pub session_idle_minutes: i64,
    /// Hours after which a staff session ends in any case. Default: 12.
    pub session_hours: i64,
    /// How long contact details are kept after the decision, as the consent notice says it.
    /// Default: 24 months.
    pub retention_months: u32,
    /// Threads that answer requests. Default: one for each processor.
    pub workers: Option<usize>,
    /// Forms and other changes that may wait to be written at once; who comes beyond that is told at
    /// once to send again in a moment, with the text kept. Default: 4096.
    pub writes_waiting: usize,
    /// `json` (default) or `text`.
    pub log_format: String,
    /// What is logged, in the syntax of tracing's filters. Default: `info`.
    pub log_filter: String,
}

impl Config {
    /// How much a plan file may ask for.
    #[must_use]
    pub fn read_limits(&self) -> Limits {
        Limits {
            file_bytes: self.plan_limit_bytes,
            expanded_bytes: self.plan_expanded_limit_bytes,
            convert_seconds: self.plan_convert_seconds,
            ..Limits::default()
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite:jianyan-data/jianyan.db".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data_dir: PathBuf::from("jianyan-data"),
            site_key_file: None,
            site_name: "建言".to_owned(),
            public_url: "http://127.0.0.1:8080".to_owned(),
            form_limit_bytes: 256 * 1024,
            plan_limit_bytes: 20 * 1024 * 1024,
            plan_expanded_limit_bytes: 128 * 1024 * 1024,
            plan_convert_seconds: 60,
            letter_limit_bytes: 50 * 1024 * 1024,
            attachment_limit_bytes: 20 * 1024 * 1024,
            mail_host: None,
            frame_allowed: Vec::new(),
            session_idle_minutes: 30,
            session_hours: 12,
            retention_months: 24,
            workers: None,
            writes_waiting: WRITES_WAITING,
            log_format: "json".to_owned(),
            log_filter: "info".to_owned(),
        }
    }
}

impl Config {
    /// The file that holds the site key.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.site_key_file
            .clone()
            .unwrap_or_else(|| self.data_dir.join("site.key"))
    }
}
