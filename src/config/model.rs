//! What can be set.

use super::address::ClamdAddress;
use super::network::Network;
use super::{Mailbox, Smtp};
use crate::documents::read::Limits;
use crate::error::{Error, Result};
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Changes that may wait to be written at once, unless set otherwise: what a slow disk still writes
/// within a few seconds.
pub const WRITES_WAITING: usize = 4096;

/// How letters are checked for where they come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailAuth {
    /// Only what our own mail server wrote into them is believed.
    #[default]
    Off,
    /// By asking the domain name system.
    Dns,
}

/// All settings with their defaults. Some hold passwords: what prints them (`Debug`) shows none of
/// them.
#[derive(Clone, Deserialize)]
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
    /// Largest body of a form without its files, in bytes. Default: 1 MiB.
    pub form_limit_bytes: usize,
    /// Seconds in which a form must arrive, and each piece of one with files. Default: 60.
    pub form_seconds: u64,
    /// Largest file that is read as a plan, in bytes. Default: 20 MiB.
    pub plan_limit_bytes: usize,
    /// Most that the text, XML and pictures of a plan may unpack to, in bytes. Default: 128 MiB.
    pub plan_expanded_limit_bytes: usize,
    /// Seconds that converting a plan with LibreOffice may take. Default: 60.
    pub plan_convert_seconds: u64,
    /// Whether LibreOffice may convert files where it cannot be kept from the network. Default: no.
    pub convert_without_isolation: bool,
    /// Largest letter that is read by machine, in bytes; larger ones are kept and set aside.
    /// Default: 50 MiB.
    pub letter_limit_bytes: usize,
    /// Largest attachment kept with a submission, in bytes. Default: 20 MiB.
    pub attachment_limit_bytes: usize,
    /// Files at most with one submission of the public's form. Default: 10.
    pub upload_files: usize,
    /// Largest file of the public's form, in bytes. Default: 20 MiB.
    pub upload_limit_bytes: usize,
    /// Hours for which a file waits for the form it was chosen in to be sent. Default: 24.
    pub upload_keep_hours: i64,
    /// Seconds that a whole form with files may take to arrive. Default: 1800.
    pub upload_seconds: u64,
    /// Bytes of files that may be on their way in at once. Default: 1 GiB.
    pub upload_in_flight_bytes: usize,
    /// Of those, from one address (IPv6: /64). Default: 128 MiB.
    pub upload_in_flight_per_address_bytes: usize,
    /// Bytes of files that may wait for their form to be sent. Default: 5 GiB.
    pub upload_waiting_bytes: u64,
    /// Free bytes on the data folder's disk below which no file is taken. Default: 1 GiB.
    pub disk_free_bytes: u64,
    /// The virus scanner (ClamAV's daemon): `tcp://host:port` or `unix:/path`. Unset: none.
    pub clamd: Option<ClamdAddress>,
    /// Seconds that the virus scanner may take for one step. Default: 30.
    pub clamd_seconds: u64,
    /// Reverse proxies whose `X-Forwarded-For` is believed, as addresses or networks. Default:
    /// this machine.
    pub trusted_proxies: Vec<Network>,
    /// Submissions an hour from one address (IPv6: /64). 0: no limit. Default: 30.
    pub submit_per_hour: u32,
    /// Of those, how many at once. Default: 15.
    pub submit_burst: u32,
    /// Look-ups of receipts an hour from one address. 0: no limit. Default: 120.
    pub look_up_per_hour: u32,
    /// Of those, how many at once. Default: 20.
    pub look_up_burst: u32,
    /// Attempts to sign in an hour from one address. 0: no limit. Default: 60.
    pub sign_in_per_hour: u32,
    /// Of those, how many at once. Default: 20.
    pub sign_in_burst: u32,
    /// Requests to follow an hour from one address. 0: no limit. Default: 20.
    pub follow_per_hour: u32,
    /// Of those, how many at once. Default: 10.
    pub follow_burst: u32,
    /// Files an hour from one address. 0: no limit. Default: 200.
    pub upload_per_hour: u32,
    /// Of those, how many at once. Default: 50.
    pub upload_burst: u32,
    /// How many times as much a whole network (IPv4: /24, IPv6: /48) may do. Default: 10.
    pub network_times: u32,
    /// Forms a minute on the whole site from which browsers are asked for work. 0: never.
    /// Default: 600.
    pub attack_per_minute: u32,
    /// How much work, in leading zero bits of a SHA-256. 0: none is asked for. Default: 18.
    pub work_bits: u8,
    /// Seconds that people without scripts wait instead of the work. Default: 30.
    pub no_script_wait_seconds: i64,
    /// Seconds within which nobody fills in a form. Default: 3.
    pub form_min_seconds: i64,
    /// The name of the receiving mail server, whose `Received` line tells when a letter came.
    /// Unset: the topmost line is believed.
    pub mail_host: Option<String>,
    /// Mailboxes that are read. Default: none.
    pub mailboxes: Vec<Mailbox>,
    /// Seconds that one step with a mailbox's server may take. Default: 60.
    pub mailbox_timeout_seconds: u64,
    /// Whether SPF, DKIM, DMARC and ARC are checked by asking the domain name system. Default: off.
    pub mail_auth: MailAuth,
    /// The resolver that is asked. Unset: the machine's own.
    pub mail_auth_dns: Option<SocketAddr>,
    /// The mail server that takes our mails, `smtp://…` or `smtps://…`. Unset: mails wait.
    pub smtp_url: Option<String>,
    /// The address our mails come from. Needed with `smtp_url`.
    pub mail_from: Option<String>,
    /// Where answers to our mails go. Unset: the address that the notice names.
    pub mail_reply_to: Option<String>,
    /// Seconds that sending one mail may take. Default: 60.
    pub mail_timeout_seconds: u64,
    /// Most mails a minute; 0, the default, for no limit.
    pub mail_per_minute: u32,
    /// Letters from one address that are acknowledged within an hour, and mails to one address that
    /// nobody confirmed; 0 for no limit. Default: 10.
    pub mail_answers_per_hour: u32,
    /// Private key that signs our mails (DKIM), a PEM file. Unset: they are not signed here.
    pub dkim_key_file: Option<PathBuf>,
    /// The name of the key in the DNS. Needed with `dkim_key_file`.
    pub dkim_selector: Option<String>,
    /// The domain that signs. Default: the one of `mail_from`.
    pub dkim_domain: Option<String>,
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
            convert_without_isolation: self.convert_without_isolation,
            ..Limits::default()
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").finish_non_exhaustive()
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
            form_limit_bytes: 1024 * 1024,
            form_seconds: 60,
            plan_limit_bytes: 20 * 1024 * 1024,
            plan_expanded_limit_bytes: 128 * 1024 * 1024,
            plan_convert_seconds: 60,
            convert_without_isolation: false,
            letter_limit_bytes: 50 * 1024 * 1024,
            attachment_limit_bytes: 20 * 1024 * 1024,
            upload_files: 10,
            upload_limit_bytes: 20 * 1024 * 1024,
            upload_keep_hours: 24,
            upload_seconds: 1800,
            upload_in_flight_bytes: 1024 * 1024 * 1024,
            upload_in_flight_per_address_bytes: 128 * 1024 * 1024,
            upload_waiting_bytes: 5 * 1024 * 1024 * 1024,
            disk_free_bytes: 1024 * 1024 * 1024,
            clamd: None,
            clamd_seconds: 30,
            trusted_proxies: Network::this_machine(),
            submit_per_hour: 30,
            submit_burst: 15,
            look_up_per_hour: 120,
            look_up_burst: 20,
            sign_in_per_hour: 60,
            sign_in_burst: 20,
            follow_per_hour: 20,
            follow_burst: 10,
            upload_per_hour: 200,
            upload_burst: 50,
            network_times: 10,
            attack_per_minute: 600,
            work_bits: 18,
            no_script_wait_seconds: 30,
            form_min_seconds: 3,
            mail_host: None,
            mailboxes: Vec::new(),
            mailbox_timeout_seconds: 60,
            mail_auth: MailAuth::Off,
            mail_auth_dns: None,
            smtp_url: None,
            mail_from: None,
            mail_reply_to: None,
            mail_timeout_seconds: 60,
            mail_per_minute: 0,
            mail_answers_per_hour: 10,
            dkim_key_file: None,
            dkim_selector: None,
            dkim_domain: None,
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
    /// The mail server that takes our mails, when one is set.
    ///
    /// # Errors
    /// `Kind::Invalid` when the setting is none; it never repeats the password.
    pub fn smtp(&self) -> Result<Option<Smtp>> {
        let parsed = self.smtp_url.as_deref().map(Smtp::parse).transpose();
        parsed.map_err(|reason| {
            Error::invalid(
                format!("smtp_url 有误：{reason}"),
                format!("smtp_url {reason}"),
            )
        })
    }
}
