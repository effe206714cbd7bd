//! What no browser sends: bodies and fields made to break something. The answer is a page that says
//! what is wrong, or the comment as it was written; never a fault of ours, never half a comment.

use crate::on_both;
use crate::receipt::dump;
use crate::support::multipart::{self, packed};
use crate::support::{Backend, Reply, TestSite};
use crate::window::form;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const FORM: &str = "/c/plan/submissions";
const FORM_TYPE: &str = "application/x-www-form-urlencoded";

fn encoded(fields: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(fields).unwrap()
}

/// The right form with one field's value put in as it is, already encoded.
fn with_raw(name: &str, raw: &str) -> String {
    let fields: Vec<(&str, &str)> = form("路灯太暗。")
        .into_iter()
        .filter(|(key, _)| *key != name)
        .collect();
    format!("{}&{name}={raw}", encoded(&fields))
}

fn post(site: &TestSite, body: &str) -> Reply {
    site.client().post_raw(FORM, FORM_TYPE, body.as_bytes())
}

fn stored(site: &TestSite) -> usize {
    dump(site, "submissions").len()
}

on_both! {
    /// Each field missing, doubled, and of a type it cannot have.
    fn every_field_missing_doubled_or_wrong(site: TestSite) {
        site.publish_sample();
        let fields = form("路灯太暗。");
        for (name, _) in &fields {
            let missing: Vec<(&str, &str)> = fields.iter().filter(|(key, _)| key != name).copied().collect();
            let status = post(&site, &encoded(&missing)).status;
            let needed = matches!(*name, "text" | "sender_kind" | "name" | "phone" | "consent");
            assert_eq!(status, if needed { 422 } else { 303 }, "without {name}");
            // The first of two counts, whichever of them is the right one.
            let doubled = format!("{}&{name}=2", encoded(&fields));
            assert_eq!(post(&site, &doubled).status, 303, "{name} twice");
            let before: Vec<(&str, &str)> = [(*name, "\u{0}")].into_iter().chain(fields.iter().copied()).collect();
            let status = post(&site, &encoded(&before)).status;
            assert_eq!(status, 422, "{name} with NUL first");
            for odd in [format!("{name}[]"), format!("{name}[a][b]"), format!("{name}.0")] {
                let arrays = encoded(&fields).replace(&format!("{name}="), &format!("{}=", odd.replace('[', "%5B").replace(']', "%5D")));
                let status = post(&site, &arrays).status;
                assert!(matches!(status, 303 | 422), "{odd}: {status}");
            }
        }
    }

    /// NUL, halves of surrogates, bytes that are no UTF-8, marks that turn the writing around: the
    /// page comes back, or the words go in and come out the same.
    fn bytes_that_are_no_words(site: TestSite) {
        site.publish_sample();
        for name in ["text", "name", "organisation", "phone", "email", "address", "section", "sender_kind", "consent"] {
            for raw in ["%00", "a%00b", "%ED%A0%80", "%ED%B0%80x", "%FF%FE", "%C3", "%F4%90%80%80", "%E2%80%AEx", "%0D%0ABcc%3A%20x%40example.com", "%7F", "%1B%5B31m", "%", "%zz", "%u0041"] {
                let before = stored(&site);
                let reply = post(&site, &with_raw(name, raw));
                assert!(matches!(reply.status, 303 | 422), "{name}={raw}: {}", reply.status);
                assert!(reply.status == 303 || stored(&site) == before, "{name}={raw}");
            }
        }
        for row in dump(&site, "remarks") {
            assert!(!row.contains('\0') && !row.contains("\\u0000"), "{row}");
        }
    }

    /// A word of a million letters is refused for its length, a name of emoji is a name.
    fn endless_words_and_names_of_emoji(site: TestSite) {
        site.publish_sample();
        for name in ["text", "name", "email", "address", "phone", "section", "sender_kind"] {
            let reply = post(&site, &with_raw(name, &"a".repeat(1_100_000)));
            assert_eq!(reply.status, 413, "{name}");
            let within = post(&site, &with_raw(name, &"a".repeat(200_000)));
            assert_eq!(within.status, 422, "{name}");
        }
        assert_eq!(stored(&site), 0);
        let emoji = encoded(&[("name", "👨‍👩‍👧‍👦🌈")]);
        let reply = post(&site, &with_raw("name", emoji.trim_start_matches("name=")));
        assert!(matches!(reply.status, 303 | 422), "{}", reply.status);
    }
}

/// Ten million bytes, in both kinds of form: refused at the limit, and the next request is served.
#[test]
fn ten_million_bytes() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let address = site.base.trim_start_matches("http://").to_owned();
    for media_type in [FORM_TYPE, "text/plain", "application/json"] {
        let mut stream = TcpStream::connect(&address).unwrap();
        let head = format!(
            "POST {FORM} HTTP/1.1\r\nHost: x\r\nContent-Type: {media_type}\r\nContent-Length: 10000000\r\n\r\ntext="
        );
        stream.write_all(head.as_bytes()).unwrap();
        let piece = [b'a'; 100_000];
        let sent = (0..100)
            .take_while(|_| stream.write_all(&piece).is_ok())
            .count();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let said = String::from_utf8_lossy(&answer);
        let refused = said.starts_with("HTTP/1.1 413") || said.starts_with("HTTP/1.1 422");
        assert!(refused || sent < 100, "{media_type}: {said}");
    }
    let large = "很".repeat(50_000);
    let reply = site
        .client()
        .post_raw(FORM, multipart::TYPE, &packed(&form(&large), &[]));
    assert_eq!(reply.status, 422, "one field of a form with files");
    assert_eq!(stored(&site), 0);
    assert_eq!(post(&site, &encoded(&form("路灯太暗。"))).status, 303);
}

/// A content type that is another, none, or lies.
#[test]
fn other_content_types() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let body = encoded(&form("路灯太暗。"));
    for media_type in [
        "text/plain",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x",
        "x",
        "application/x-www-form-urlencoded-not",
        "\u{ff}",
    ] {
        let reply = site.client().post_raw(FORM, media_type, body.as_bytes());
        assert_eq!(reply.status, 422, "{media_type}");
    }
    assert_eq!(stored(&site), 0);
    let with_charset = format!("{}; charset=UTF-8", FORM_TYPE.to_uppercase());
    assert_eq!(
        site.client()
            .post_raw(FORM, &with_charset, body.as_bytes())
            .status,
        303
    );
    // The same fields in a form with files.
    let reply = site
        .client()
        .post_raw(FORM, multipart::TYPE, &packed(&form("另一条。"), &[]));
    assert_eq!(reply.status, 303);
}

/// Forms with files that are cut short, nested, endless in parts, or odd in their heads.
#[test]
fn broken_forms_with_files() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let whole = packed(&form("路灯太暗。"), &[("a.txt", b"words")]);
    for cut in [
        0,
        1,
        20,
        60,
        whole.len() / 2,
        whole.len() - 30,
        whole.len() - 4,
    ] {
        let reply = site.client().post_raw(FORM, multipart::TYPE, &whole[..cut]);
        assert_eq!(reply.status, 422, "cut after {cut}: {}", reply.text());
    }
    let many: Vec<(&str, &str)> = (0..5000).map(|_| ("text", "x")).collect();
    assert_eq!(
        site.client()
            .post_raw(FORM, multipart::TYPE, &packed(&many, &[]))
            .status,
        422
    );
    let long_head = format!(
        "--edge-of-a-form\r\nX-Long: {}\r\n\r\nx\r\n--edge-of-a-form--\r\n",
        "a".repeat(300_000)
    );
    let reply = site
        .client()
        .post_raw(FORM, multipart::TYPE, long_head.as_bytes());
    assert!(matches!(reply.status, 413 | 422), "{}", reply.status);
    assert_eq!(stored(&site), 0);
}

/// A request that drips a byte at a time holds a connection, not the service; it is never taken for
/// a comment.
#[test]
fn a_slow_sender_holds_nobody_up() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let address = site.base.trim_start_matches("http://").to_owned();
    let slow: Vec<TcpStream> = (0..200)
        .map(|number| {
            let mut stream = TcpStream::connect(&address).unwrap();
            let part = if number % 2 == 0 {
                "POST /c/plan/submissions HTTP/1.1\r\nHost: x\r\nX-".to_owned()
            } else {
                format!("POST {FORM} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM_TYPE}\r\nContent-Length: 1000\r\n\r\ntext=a")
            };
            stream.write_all(part.as_bytes()).unwrap();
            stream
        })
        .collect();
    assert_eq!(post(&site, &encoded(&form("路灯太暗。"))).status, 303);
    assert_eq!(site.client().get("/c/plan").status, 200);
    for mut stream in slow {
        stream
            .set_read_timeout(Some(Duration::from_millis(1)))
            .unwrap();
        let mut byte = [0];
        assert!(
            stream.read(&mut byte).is_err(),
            "nothing is answered before it is whole"
        );
    }
    assert_eq!(stored(&site), 1);
}

/// A form that begins and never ends is given up: the connection is answered and closed.
#[test]
fn a_form_that_never_ends_is_given_up() {
    let site = TestSite::with(Backend::Sqlite, |config| config.form_seconds = 1);
    site.publish_sample();
    let address = site.base.trim_start_matches("http://").to_owned();
    let part = "--edge-of-a-form\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na";
    for (media_type, begun) in [
        (FORM_TYPE, "text=a"),
        (multipart::TYPE, part),
        (multipart::TYPE, "--ed"),
    ] {
        let mut stream = TcpStream::connect(&address).unwrap();
        let head = format!(
            "POST {FORM} HTTP/1.1\r\nHost: x\r\nContent-Type: {media_type}\r\nContent-Length: 1000\r\n\r\n{begun}"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let said = String::from_utf8_lossy(&answer);
        assert!(
            said.starts_with("HTTP/1.1 422") && said.contains("没有传完整"),
            "{said}"
        );
    }
    assert_eq!(stored(&site), 0);
}
