//! Mail goes out encrypted, from the first byte or by STARTTLS, to a server whose certificate is
//! trusted, and to no other. The service is the real one: it reads what the system trusts.

use crate::killed::{open, wait, waiting};
use crate::support::Client;
use crate::support::process::{Installation, notice_for_today};
use diesel::prelude::*;
use jianyan::db::schema::jobs;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// An authority, and a certificate of it for `localhost`.
struct Trust {
    authority: String,
    server: Arc<ServerConfig>,
}

fn trust() -> Trust {
    let mut own = CertificateParams::default();
    own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(own, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = names.signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    Trust {
        authority: authority.pem(),
        server: Arc::new(server),
    }
}

/// What a server heard after encryption began.
type Heard = Arc<Mutex<Vec<String>>>;

/// A server that takes everything; with `starttls` it begins in clear and offers nothing else.
fn server(trust: &Trust, starttls: bool) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, config) = (Heard::default(), Arc::clone(&trust.server));
    let kept = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (config, heard) = (Arc::clone(&config), Arc::clone(&kept));
            // A caller that does not trust us goes away in the middle: nothing to be done.
            std::thread::spawn(move || serve(stream.unwrap(), config, starttls, &heard));
        }
    });
    (address, heard)
}

fn serve(
    mut stream: TcpStream,
    config: Arc<ServerConfig>,
    starttls: bool,
    heard: &Heard,
) -> std::io::Result<()> {
    if starttls {
        stream.write_all(b"220 localhost\r\n")?;
        line(&mut stream)?;
        stream.write_all(b"250-localhost\r\n250 STARTTLS\r\n")?;
        assert_eq!(
            line(&mut stream)?,
            "STARTTLS",
            "in clear nothing else is said"
        );
        stream.write_all(b"220 go on\r\n")?;
    }
    let connection = ServerConnection::new(config).unwrap();
    let mut secret = BufReader::new(StreamOwned::new(connection, stream));
    if !starttls {
        secret.get_mut().write_all(b"220 localhost\r\n")?;
    }
    let mut in_data = false;
    loop {
        let mut said = String::new();
        if secret.read_line(&mut said)? == 0 {
            return Ok(());
        }
        let said = said.trim_end();
        heard.lock().unwrap().push(said.to_owned());
        let answer = match said {
            "." => "250 taken",
            _ if in_data => continue,
            "DATA" => "354 go on",
            "QUIT" => "221 goodbye",
            _ if said.starts_with("EHLO") => "250-localhost\r\n250 AUTH PLAIN",
            _ if said.starts_with("AUTH") => "235 welcome",
            _ => "250 well",
        };
        in_data = said == "DATA";
        write!(secret.get_mut(), "{answer}\r\n")?;
    }
}

/// A line, read byte by byte: what follows belongs to the encryption.
fn line(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut said = Vec::new();
    let mut byte = [0];
    while byte != *b"\n" {
        stream.read_exact(&mut byte)?;
        said.push(byte[0]);
    }
    Ok(String::from_utf8(said).unwrap().trim_end().to_owned())
}

/// The service with one comment that is to be acknowledged.
fn installation(url: &str, authority: Option<&str>) -> Installation {
    let mut installation = Installation::new();
    installation.set("JIANYAN_DATABASE_URL", "sqlite:jianyan.db");
    let notice = installation.file("notice.txt", notice_for_today());
    let arguments = ["import", notice.to_str().unwrap(), "--slug", "plan"];
    installation.run(&arguments).good();
    installation.set("JIANYAN_SMTP_URL", url);
    installation.set("JIANYAN_MAIL_FROM", "no-reply@example.org");
    installation.set("JIANYAN_LOG_FILTER", "trace");
    let trusted = trust().authority;
    let file = installation.file("trusted.pem", authority.unwrap_or(&trusted));
    installation.set("SSL_CERT_FILE", file.to_str().unwrap());
    installation
}

fn comment(base: &str) {
    let fields = [
        ("section", "2.2.4"),
        ("text", "充电棚请装遮雨板。"),
        ("sender_kind", "person"),
        ("name", "沈知秋"),
        ("email", "shenzhiqiu@example.com"),
        ("consent", "yes"),
    ];
    let mut citizen = Client::new(base);
    citizen.post("/c/plan/submissions", &fields).receipt();
}

#[test]
fn mail_goes_out_encrypted_and_signed_in() {
    for starttls in [false, true] {
        let trust = trust();
        let (address, heard) = server(&trust, starttls);
        let scheme = if starttls { "smtp" } else { "smtps" };
        let url = format!("{scheme}://post:geheim%2F1@localhost:{}", address.port());
        let mut installation = installation(&url, Some(&trust.authority));
        let (mut running, base) = installation.serve();
        comment(&base);
        let database = open(&installation);
        wait("the mail", || waiting(&database) == 0);
        running.signal("TERM");
        assert_eq!(running.end(), 0);
        let heard = heard.lock().unwrap().join("\n");
        // "\0post\0geheim/1" in base64.
        assert!(heard.contains("AUTH PLAIN AHBvc3QAZ2VoZWltLzE="), "{heard}");
        assert!(
            heard.contains("RCPT TO:<shenzhiqiu@example.com>"),
            "{heard}"
        );
        let log = running.err.lock().unwrap().join("\n");
        for secret in ["geheim", "AHBvc3QA", "shenzhiqiu", "沈知秋"] {
            assert!(!log.contains(secret), "{secret} stands in the log");
        }
    }
}

#[test]
fn a_certificate_that_nobody_trusts_gets_nothing() {
    let trust = trust();
    let (address, heard) = server(&trust, false);
    let url = format!("smtps://post:geheim@localhost:{}", address.port());
    let mut installation = installation(&url, None);
    let (_running, base) = installation.serve();
    comment(&base);
    let database = open(&installation);
    let reason = || -> Option<String> {
        let rows = jobs::table.select(jobs::last_error);
        database.read_now(|db| Ok(rows.first(db)?)).unwrap()
    };
    wait("a failure", || reason().is_some());
    assert_eq!(reason().as_deref(), Some("tls"));
    assert!(heard.lock().unwrap().is_empty(), "not a word was said");
}
