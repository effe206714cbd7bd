//! The connection: TCP, encrypted from the first byte or by STARTTLS.

use crate::config::{Imap, ImapTls};
use crate::mailboxes::model::Failure;
use std::fmt::Debug;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// What a session speaks over.
pub(super) trait Wire: AsyncRead + AsyncWrite + Debug + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Debug + Send + Sync + Unpin> Wire for T {}

/// Either kind of connection.
pub(super) type Line = Box<dyn Wire>;

type Client = async_imap::Client<Line>;

/// A client that was greeted, over an encrypted connection unless the settings say otherwise.
pub(super) async fn connect(place: &Imap) -> Result<Client, Failure> {
    let address = (place.host.as_str(), place.port);
    let tcp = TcpStream::connect(address).await;
    let tcp = tcp.map_err(|_| Failure::Unreachable)?;
    match place.tls {
        ImapTls::Wrapped => greeted(encrypted(place, tcp).await?).await,
        ImapTls::None => greeted(Box::new(tcp)).await,
        ImapTls::Required => {
            let mut client = async_imap::Client::new(tcp);
            greeting(client.read_response().await.map(|read| read.is_some()))?;
            let asked = client.run_command_and_check_ok("STARTTLS", None).await;
            asked.map_err(|_| Failure::Tls)?;
            // The server does not greet again.
            let line = encrypted(place, client.into_inner()).await?;
            Ok(async_imap::Client::new(line))
        }
    }
}

async fn greeted(line: Line) -> Result<Client, Failure> {
    let mut client = async_imap::Client::new(line);
    greeting(client.read_response().await.map(|read| read.is_some()))?;
    Ok(client)
}

fn greeting(read: std::io::Result<bool>) -> Result<(), Failure> {
    match read {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Failure::Broken),
    }
}

async fn encrypted(place: &Imap, tcp: TcpStream) -> Result<Line, Failure> {
    let name = ServerName::try_from(place.host.clone()).map_err(|_| Failure::Tls)?;
    let connector = TlsConnector::from(Arc::new(settings()?));
    let line = connector.connect(name, tcp).await;
    Ok(Box::new(line.map_err(|_| Failure::Tls)?))
}

/// The certificates that the system trusts (or those in SSL_CERT_FILE), as for our own mails.
fn settings() -> Result<ClientConfig, Failure> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|_| Failure::Tls)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
