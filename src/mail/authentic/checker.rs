//! Checking a letter, as the settings say.

use super::checks::Checks;
use super::client::ClientInfo;
use super::dns::{LONGEST, cut_off, verify};
use super::stated::stated;
use crate::config::{Config, MailAuth};
use crate::error::{Error, Result};
use mail_auth::MessageAuthenticator;
use mail_auth::hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};

/// Answers that are remembered, each as long as its domain says.
const REMEMBERED: u64 = 4096;
/// One question; then it is asked once more.
const ONE_QUESTION: Duration = Duration::from_millis(1500);

/// Checks where letters come from; cheap to clone, shares what it remembers.
#[derive(Clone)]
pub struct Checker {
    asker: Option<MessageAuthenticator>,
    mail_host: Option<String>,
}

impl Checker {
    /// As `mail_auth`, `mail_auth_dns` and `mail_host` say.
    ///
    /// # Errors
    /// `Kind::Invalid` when the machine's own resolver is to be asked and none is set up.
    pub fn of(config: &Config) -> Result<Self> {
        let asker = match config.mail_auth {
            MailAuth::Off => None,
            MailAuth::Dns => Some(asker(config.mail_auth_dns)?),
        };
        Ok(Self {
            asker,
            mail_host: config.mail_host.clone(),
        })
    }

    /// What is known of where a letter comes from. Ends within five seconds, whatever the bytes and
    /// whatever the domain name system does. Without questions to it, what our own mail server
    /// wrote into the letter. Call it inside a tokio runtime.
    pub async fn check(&self, raw: &[u8], client: Option<ClientInfo>) -> Checks {
        let Some(asker) = self.asker.clone() else {
            let own = self.mail_host.as_deref();
            return own.and_then(|host| stated(raw, host)).unwrap_or_default();
        };
        let start = Instant::now();
        let (raw, own_host) = (raw.to_vec(), self.mail_host.clone().unwrap_or_default());
        let runtime = Handle::current();
        // A thread of its own: large letters take a while to hash, and what a hostile one may
        // trip over in the library ends there.
        let checked = tokio::task::spawn_blocking(move || {
            runtime.block_on(verify(&asker, &raw, client.as_ref(), &own_host, start))
        });
        match timeout_at(start + LONGEST, checked).await {
            Ok(Ok(checks)) => checks,
            Ok(Err(_)) | Err(_) => cut_off(),
        }
    }
}

fn asker(address: Option<SocketAddr>) -> Result<MessageAuthenticator> {
    let (config, mut options) = match address {
        Some(address) => (only(address), ResolverOpts::default()),
        None => read_system_conf().map_err(no_resolver)?,
    };
    options.timeout = ONE_QUESTION;
    options.attempts = 1;
    options.cache_size = REMEMBERED;
    options.edns0 = true;
    MessageAuthenticator::new(config, options).map_err(no_resolver)
}

fn only(address: SocketAddr) -> ResolverConfig {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    for connection in &mut server.connections {
        connection.port = address.port();
    }
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

fn no_resolver(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::invalid(
        "mail_auth 设为 dns，但本机没有可用的域名解析设置；请在 mail_auth_dns 里写上解析服务器地址，或把 mail_auth 改为 off",
        "mail_auth is dns, but this machine has no resolver set up; set mail_auth_dns to one, or mail_auth to off",
    )
    .caused_by(cause)
}
