//! The way out: SMTP over kept connections.

use super::dkim::Signer;
use super::message::{From, Mail, address, write};
use super::{message_id, refusal};
use crate::config::{Config, Smtp, SmtpTls};
use crate::error::{Error, Kind, Result};
use crate::jobs::model::{Outcome, Reason};
use crate::privacy::vault::Vault;
use jiff::Timestamp;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::sync::Arc;
use std::time::Duration;

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Connections kept open to the mail server.
const CONNECTIONS: u32 = 8;

/// Sends mails as the settings say. Cheap to clone.
#[derive(Clone)]
pub struct Mailer(Arc<Parts>);

struct Parts {
    transport: Transport,
    from: From,
    domain: String,
    patience: Duration,
    signer: Option<Signer>,
    vault: Vault,
}

impl Mailer {
    /// A mailer by the settings; `None` when no mail server is set. Call it inside the runtime in
    /// which mails are sent: it keeps its connections there.
    ///
    /// # Errors
    /// `Kind::Invalid` for settings by which no mail can be sent.
    pub fn new(config: &Config, vault: &Vault) -> Result<Option<Self>> {
        let Some(smtp) = config.smtp()? else {
            return Ok(None);
        };
        let from = config.mail_from.as_deref().unwrap_or_default();
        let from = From {
            name: config.site_name.clone(),
            address: address(from)?,
        };
        let domain = from.address.domain().to_owned();
        let patience = Duration::from_secs(config.mail_timeout_seconds);
        Ok(Some(Self(Arc::new(Parts {
            transport: transport(&smtp, &domain, patience)?,
            signer: Signer::of(config, &domain)?,
            from,
            domain,
            patience,
            vault: vault.clone(),
        }))))
    }

    /// Sends a mail; the same job's mail has the same Message-ID each time.
    ///
    /// # Errors
    /// Only for faults of ours: what the mail server says is an outcome.
    pub async fn send(&self, mail: &Mail, job: &str, now: Timestamp) -> Result<Outcome> {
        let parts = &self.0;
        let id = message_id::of_job(&parts.vault, job, &parts.domain)?;
        let written = match write(mail, &parts.from, &id, now) {
            Ok(written) => written,
            Err(error) if error.kind() == Kind::Invalid => {
                return Ok(Outcome::Never(Reason::Address));
            }
            Err(error) => return Err(error),
        };
        let bytes = match &parts.signer {
            Some(signer) => signer.sign(written.bytes, now)?,
            None => written.bytes,
        };
        // The library's own time-out is for each step; this one is for the whole of it.
        let sending = parts.transport.send_raw(&written.envelope, &bytes);
        Ok(match tokio::time::timeout(parts.patience, sending).await {
            Ok(Ok(_)) => Outcome::Done,
            Ok(Err(error)) => refusal::outcome(&error),
            Err(_) => Outcome::Later(Reason::Timeout),
        })
    }
}

fn transport(smtp: &Smtp, domain: &str, patience: Duration) -> Result<Transport> {
    let encrypted = || {
        TlsParameters::new(smtp.host.clone()).map_err(|cause| {
            Error::new(
                Kind::Invalid,
                "smtp_url 的服务器名不能用于加密连接，或系统缺少根证书",
                "the host of smtp_url cannot be used for TLS, or the system has no root certificates",
            )
            .caused_by(cause.to_string())
        })
    };
    let tls = match smtp.tls {
        SmtpTls::Wrapped => Tls::Wrapper(encrypted()?),
        SmtpTls::Required => Tls::Required(encrypted()?),
        SmtpTls::Opportunistic => Tls::Opportunistic(encrypted()?),
        SmtpTls::None => Tls::None,
    };
    let mut builder = Transport::builder_dangerous(&smtp.host)
        .port(smtp.port)
        .tls(tls)
        .timeout(Some(patience))
        .hello_name(ClientId::Domain(domain.to_owned()))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS));
    if let Some((user, password)) = &smtp.credentials {
        builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
    }
    Ok(builder.build())
}
