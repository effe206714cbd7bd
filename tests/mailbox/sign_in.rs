//! Signing in: encrypted by STARTTLS or from the first byte, with a certificate that is trusted and
//! with none other; by a token; and with the ID that some providers want.

use crate::desk::{Reader, USER, letter, registered};
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::process::{Installation, notice_for_today};
use crate::support::{Backend, TestSite};
use jianyan::config::Mailbox;
use jianyan::mailboxes::model::Failure;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

#[test]
fn only_a_trusted_server_gets_the_password() {
    let mut installation = Installation::new();
    let mut own = CertificateParams::default();
    own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(own, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = names.signed_by(&key, &authority).unwrap();
    let trusted = installation.file("authority.pem", authority.pem());
    let stranger =
        CertifiedIssuer::self_signed(CertificateParams::default(), KeyPair::generate().unwrap())
            .unwrap();
    let strange = installation.file("stranger.pem", stranger.pem());
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(
        folder.path(),
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )
    .unwrap();
    let (pem, key_pem) = (
        folder.path().join("server.pem"),
        folder.path().join("server.key"),
    );
    std::fs::write(&pem, certificate.pem()).unwrap();
    std::fs::write(&key_pem, key.serialize_pem()).unwrap();
    let Some(server) = Dovecot::encrypted(&pem, &key_pem) else {
        return;
    };
    installation.set("JIANYAN_DATABASE_URL", "sqlite:jianyan.db");
    let notice = installation.file("notice.txt", notice_for_today());
    installation
        .run(&["import", notice.to_str().unwrap(), "--slug", "plan"])
        .good();
    let starttls = format!("imap://{USER}:{PASSWORD}@localhost:{}", server.imap.port());
    let wrapped = format!(
        "imaps://{USER}:{PASSWORD}@localhost:{}",
        server.imaps.port()
    );
    for (number, address) in [&starttls, &wrapped].into_iter().enumerate() {
        server.deliver(USER, &letter(number));
        let fetch = |certificates: &std::path::Path| {
            let mut command = installation.command(&["mail", "fetch"]);
            command.env("JIANYAN_MAILBOXES", address);
            command.env("SSL_CERT_FILE", certificates);
            let output = command.output().unwrap();
            (
                output.status.code().unwrap(),
                String::from_utf8(output.stdout).unwrap()
                    + &String::from_utf8(output.stderr).unwrap(),
            )
        };
        let (code, said) = fetch(&strange);
        assert!(
            code == 1 && said.contains("no encrypted connection"),
            "{address}: {said}"
        );
        let (code, said) = fetch(&trusted);
        assert!(
            code == 0 && said.contains("1 registered"),
            "{address}: {said} {}",
            server.log()
        );
    }
    assert!(
        !server.log().contains("Aborted login (auth failed"),
        "{}",
        server.log()
    );
}

/// A server that says what it was told to, and writes down what it heard.
fn scripted(answers: Vec<(&'static str, &'static str)>) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heard);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            stream.write_all(b"* OK ready\r\n").unwrap();
            let mut known = false;
            while let Some(Ok(line)) = lines.next() {
                kept.lock().unwrap().push(line.clone());
                let (tag, command) = line.split_once(' ').unwrap_or(("", &line));
                known |= command.starts_with("ID ");
                let verb = command.split(' ').next().unwrap().to_ascii_uppercase();
                let told = answers.iter().find(|(wanted, _)| *wanted == verb);
                let answer = match (told, verb.as_str(), known) {
                    (_, "EXAMINE" | "SELECT", false) => {
                        "$ NO EXAMINE Unsafe Login. Please contact kefu@example.com for help\r\n"
                    }
                    (Some((_, answer)), ..) => *answer,
                    (None, "UID", _) => "* SEARCH\r\n$ OK done\r\n",
                    _ => "$ OK done\r\n",
                };
                if stream
                    .write_all(answer.replace('$', tag).as_bytes())
                    .is_err()
                {
                    break;
                }
            }
        }
    });
    (address, heard)
}

const FOLDER: &str =
    "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\n$ OK [READ-ONLY] done\r\n";

#[test]
fn who_asks_for_an_id_gets_it_before_the_folder() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let with_id = "* CAPABILITY IMAP4rev1 ID\r\n$ OK done\r\n";
    let (address, heard) = scripted(vec![("CAPABILITY", with_id), ("EXAMINE", FOLDER)]);
    let reader = Reader::of(&site);
    assert_eq!(
        reader.look(&format!("imap://a:b@{address}/?tls=none")),
        Ok(registered(0))
    );
    let commands = heard.lock().unwrap().join("\n");
    let (id, examine) = (
        commands.find("ID (\"name\" \"jianyan\"").unwrap(),
        commands.find("EXAMINE").unwrap(),
    );
    assert!(id < examine, "{commands}");
    let without = "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n";
    let (address, _) = scripted(vec![("CAPABILITY", without), ("EXAMINE", FOLDER)]);
    assert_eq!(
        reader.look(&format!("imap://a:b@{address}/?tls=none")),
        Err(Failure::Folder)
    );
}

#[test]
fn a_token_comes_from_a_command() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let capabilities = "* CAPABILITY IMAP4rev1 ID AUTH=XOAUTH2\r\n$ OK done\r\n";
    let (address, heard) = scripted(vec![
        ("CAPABILITY", capabilities),
        ("AUTHENTICATE", "+ \r\n"),
        (
            "DXNLCJ1HAGV4YW1WBGUUB3JNAWF1DGG9QMVHCMVYIHRVA2VULTEYMWEB",
            "",
        ),
        ("EXAMINE", FOLDER),
    ]);
    let url = format!("imap://a%40example.org@{address}/?tls=none");
    let look = |command: &str| {
        let mailbox = Mailbox::read(&url, None, Some(command.to_owned())).unwrap();
        Reader::of(&site)
            .patience(std::time::Duration::from_secs(3))
            .look_into(&mailbox)
    };
    for bad in ["exit 1", "true", "echo 'two words'", "printf 'a\\001b'"] {
        assert_eq!(look(bad), Err(Failure::Token), "{bad}");
    }
    // It has none of our variables (the tests' own are such), and what it leaves behind when it is late
    // ends with it.
    let folder = tempfile::tempdir().unwrap();
    let said = folder.path().join("said");
    let path = said.display();
    let asked =
        format!("env > {path}; (while :; do echo on >> {path}; sleep 0.1; done) & sleep 60");
    let late = look(&asked);
    assert!(
        matches!(late, Err(Failure::Token | Failure::Timeout)),
        "{late:?}"
    );
    let text = std::fs::read_to_string(&said).unwrap();
    assert!(
        text.contains("PATH=") && !text.contains("JIANYAN_"),
        "{text}"
    );
    std::thread::sleep(std::time::Duration::from_millis(500));
    let before = std::fs::metadata(&said).unwrap().len();
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(std::fs::metadata(&said).unwrap().len(), before);
    // What the server answers to the token does not matter here: that it came, and how, does.
    let _ = look("echo token-123; echo more");
    let heard = heard.lock().unwrap().join("\n");
    assert!(heard.contains("AUTHENTICATE XOAUTH2"), "{heard}");
    let token = jianyan_base64("user=a@example.org\x01auth=Bearer token-123\x01\x01");
    assert!(heard.contains(&token), "{heard}");
}

fn jianyan_base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let mut three = [0_u8; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for index in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * index)) as usize & 63] as char;
            out.push(if index <= chunk.len() { letter } else { '=' });
        }
    }
    out
}
