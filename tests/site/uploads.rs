//! Files that come with a comment: what is taken, what is not and why, what the office gets, and
//! what becomes of files whose comment was never sent.

use crate::on_both;
use crate::page::Page;
use crate::receipt::dump;
use crate::support::multipart::{self, packed};
use crate::support::{Backend, Client, Reply, TestSite};
use crate::window::form;
use jianyan::intake::find::{FoundAttachment, by_receipt};
use jianyan::intake::upload::sweep::sweep;
use serde_json::Value;
use std::io::{Cursor, Read, Write};
use std::net::TcpStream;

const FORM: &str = "/c/plan/submissions";
const FILES: &str = "/c/plan/uploads";

/// A picture with a secret place behind it, where EXIF would stand.
fn photograph() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let image = image::DynamicImage::new_rgb8(40, 30);
    image.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    let plain = out.into_inner();
    let mut exif = b"\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\0SECRET-PLACE".to_vec();
    exif.resize(36, b'.');
    [&plain[..2], &exif, &plain[2..]].concat()
}

fn pdf(words: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% {words}\ntrailer<<>>\n%%EOF\n").into_bytes()
}

fn upload(client: &mut Client, files: &[(&str, &[u8])]) -> Reply {
    client.post_raw(FILES, multipart::TYPE, &packed(&[], files))
}

fn json(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap()
}

/// The tokens of files that were taken.
fn tokens(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 201, "{}", reply.text());
    let files = json(reply)["files"].as_array().unwrap().clone();
    files
        .iter()
        .map(|file| file["token"].as_str().unwrap().to_owned())
        .collect()
}

fn send_with(client: &mut Client, text: &str, tokens: &[&str]) -> Reply {
    let mut fields = form(text);
    fields.extend(tokens.iter().map(|token| ("upload", *token)));
    client.post(FORM, &fields)
}

fn attachments(site: &TestSite, receipt: &str) -> Vec<FoundAttachment> {
    let (number, vault, now) = (receipt.to_owned(), site.vault.clone(), site.clock().now());
    let found = site
        .database
        .read_now(|db| by_receipt(db, &vault, &number, now))
        .unwrap();
    found.unwrap().attachments
}

fn names(site: &TestSite, receipt: &str) -> Vec<String> {
    attachments(site, receipt)
        .into_iter()
        .map(|file| file.name)
        .collect()
}

/// Runs one sweep, as the worker does every hour.
fn swept(site: &TestSite) -> u64 {
    let (database, storage) = (site.database.clone(), site.storage.clone());
    let (hours, now) = (site.config.upload_keep_hours, site.clock().now());
    actix_web::rt::System::new()
        .block_on(async move { sweep(&database, &storage, hours, now).await })
        .unwrap()
}

/// Makes the stored files old enough to be swept.
fn age_files(site: &TestSite) {
    let folders = std::fs::read_dir(site.folder.path().join("storage")).unwrap();
    for folder in folders.flatten().filter(|folder| folder.path().is_dir()) {
        for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
            let file = std::fs::File::options()
                .write(true)
                .open(file.path())
                .unwrap();
            file.set_modified(std::time::UNIX_EPOCH).unwrap();
        }
    }
}

on_both! {
    /// Without scripts: one form with two files. The office saves them; the place where the
    /// photograph was taken is gone.
    fn a_photograph_and_a_document_come_with_the_form(site: TestSite) {
        site.publish_sample();
        let photograph = photograph();
        let report = pdf("report");
        let files = [("C:\\照片\\路口.JPG", &photograph[..]), ("../../报告.exe", &report[..])];
        let sent = site.client().post_raw(FORM, multipart::TYPE, &packed(&form("路口太暗，见附件。"), &files));
        let kept = attachments(&site, &sent.receipt());
        assert_eq!(kept.len(), 2);
        let (picture, document) = (&kept[0], &kept[1]);
        assert_eq!((picture.name.as_str(), picture.media_type.as_str()), ("路口.jpg", "image/jpeg"));
        assert_eq!((document.name.as_str(), document.media_type.as_str()), ("报告.pdf", "application/pdf"));
        let mut office = site.staff();
        let queue = office.get("/office/c/plan/remarks").text();
        let remark = queue.split("href=\"").find(|part| part.starts_with("/office/c/plan/remarks/")).unwrap();
        let page = office.get(remark.split('"').next().unwrap()).text();
        let hrefs: Vec<&str> = page.split("href=\"").filter(|part| part.contains("/attachments/")).map(|part| part.split('"').next().unwrap()).collect();
        assert_eq!(hrefs.len(), 2, "{page}");
        let saved = office.get(hrefs[0]);
        assert!(!saved.body.windows(12).any(|there| there == b"SECRET-PLACE"));
        assert!(saved.body.starts_with(&[0xFF, 0xD8, 0xFF]));
        assert_eq!(saved.header("content-type"), Some("application/octet-stream"));
        assert!(saved.header("content-disposition").unwrap().starts_with("attachment;"));
        assert_eq!(office.get(hrefs[1]).body, report);
    }

    /// With scripts: each file goes ahead, the form carries its token. A double click is one
    /// submission with one file; a second opinion may have the same file.
    fn a_file_goes_ahead_of_its_form(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let reply = upload(&mut client, &[("意见书.pdf", &pdf("one"))]);
        let taken = &json(&reply)["files"][0];
        assert_eq!((taken["name"].as_str(), taken["held"].as_bool()), (Some("意见书.pdf"), Some(false)));
        let token = &tokens(&reply)[0];
        let first = send_with(&mut client, "详见附件。", &[token]).receipt();
        assert_eq!(send_with(&mut client, "详见附件。", &[token]).receipt(), first);
        assert_eq!(names(&site, &first), ["意见书.pdf"]);
        let second = send_with(&mut client, "再补充一条，还是这份附件。", &[token, token]).receipt();
        assert_ne!(second, first);
        assert_eq!(names(&site, &second), ["意见书.pdf"]);
        assert_eq!(dump(&site, "attachments").len(), 2);
    }

    /// Whose file it is decides a signature: guessed, changed and borrowed tokens are refused, and
    /// the comment is not registered without its file.
    fn nobody_claims_anothers_file(site: TestSite) {
        site.publish_sample();
        site.publish("other", &crate::support::notice::NOTICE.replace("青禾区", "松涧区"));
        let mut client = site.client();
        let token = tokens(&upload(&mut client, &[("a.pdf", &pdf("mine"))])).remove(0);
        let elsewhere = client.post_raw("/c/other/uploads", multipart::TYPE, &packed(&[], &[("b.pdf", &pdf("theirs"))]));
        let (id, _) = token.split_once('.').unwrap();
        let forged = format!("{id}.{}", "0".repeat(64));
        for wrong in [id, &forged, &tokens(&elsewhere)[0], "x", "../../etc/passwd"] {
            let reply = send_with(&mut client, "见附件。", &[wrong]);
            assert_eq!(reply.status, 422, "{wrong}");
            assert!(reply.text().contains("重新选择文件") && reply.text().contains("见附件。"));
        }
        assert!(dump(&site, "submissions").is_empty());
    }

    /// What waited for too long goes with its bytes; what a submission has, and what was chosen
    /// again, stays.
    fn files_that_were_never_sent_are_swept_away(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let [left, used, shared] = ["left", "used", "shared"].map(pdf);
        let chosen = tokens(&upload(&mut client, &[("left.pdf", &left), ("used.pdf", &used), ("shared.pdf", &shared)]));
        let receipt = send_with(&mut client, "见附件。", &[&chosen[1]]).receipt();
        site.clock.advance(23 * 3600);
        age_files(&site);
        assert_eq!(swept(&site), 0, "a day is not over");
        let again = tokens(&upload(&mut client, &[("again.pdf", &shared)]));
        site.clock.advance(2 * 3600);
        assert_eq!(swept(&site), 3);
        let is_kept = |bytes: &[u8]| site.storage.holds(&jianyan::ids::sha256(bytes));
        assert!(!is_kept(&left) && is_kept(&used) && is_kept(&shared));
        assert_eq!(names(&site, &receipt), ["used.pdf"]);
        let late = send_with(&mut client, "还是这份附件。", &[&chosen[0]]);
        assert!(late.status == 422 && late.text().contains("重新选择文件"), "{}", late.text());
        let second = send_with(&mut client, "另一份附件。", &[&again[0]]).receipt();
        assert_eq!(names(&site, &second), ["again.pdf"]);
        assert_eq!(site.storage.fetch(&jianyan::ids::sha256(&shared)).unwrap(), shared);
    }

    /// A form that was left open for days goes on without the file that is gone.
    fn a_file_that_is_gone_holds_no_form_up(site: TestSite) {
        site.publish_sample();
        let mut client = site.client();
        let two = tokens(&upload(&mut client, &[("old.pdf", &pdf("old")), ("new.pdf", &pdf("new"))]));
        let tray = r#"[{"section":"2.1.1","text":"见附件。"}]"#;
        let mut step = |tokens: &[String], go: &str| {
            let mut fields = vec![("from", "tray"), ("go", go), ("tray", tray)];
            fields.extend(tokens.iter().map(|token| ("upload", token.as_str())));
            client.post("/c/plan/comment", &fields).text()
        };
        assert_eq!(Page::read(&step(&two, "tray")).packed(".file-list", &[]), "old.pdf1KBnew.pdf1KB".replace("1KB", &format!("{}B", pdf("new").len())));
        site.clock.advance(3 * 24 * 3600);
        age_files(&site);
        assert_eq!(swept(&site), 2);
        let later = step(&two, "tray");
        for token in &two {
            assert!(!later.contains(token.as_str()), "a file that nobody can see is carried on");
        }
        assert!(Page::read(&later).line("main").contains("见附件。"));
    }
}

/// Bytes that were kept a moment ago stay although no row refers to them yet.
#[test]
fn bytes_that_just_came_are_not_swept() {
    let site = TestSite::new(Backend::Sqlite);
    let name = site.storage.keep(b"words").unwrap();
    site.storage.forget(&name).unwrap();
    assert!(site.storage.holds(&name));
    age_files(&site);
    site.storage.keep(b"words").unwrap();
    site.storage.forget(&name).unwrap();
    assert!(site.storage.holds(&name), "kept again");
    age_files(&site);
    site.storage.forget(&name).unwrap();
    assert!(!site.storage.holds(&name));
    site.storage.forget(&name).unwrap();
    site.storage.forget("../../etc/passwd").unwrap();
}

/// Each file that is not taken is named with the reason, in the language of the page; the others
/// are taken.
#[test]
fn what_is_not_taken_is_named_with_its_reason() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let mut client = site.client();
    let good = pdf("good");
    let html = b"<!DOCTYPE html><script>alert(1)</script>";
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let mixed = [&good[..], b"PK\x05\x06", &[0; 18]].concat();
    for (name, bytes, reason) in [
        ("a.pdf", &html[..], "网页"),
        ("图.svg", svg, "SVG"),
        ("图.jpg", svg, "SVG"),
        ("run.bat", b"del *.*", "脚本"),
        ("a.jpg", b"MZ\x90\0\x03\0\0\0\x04\0\0\0", "程序"),
        ("a.pdf", &mixed, "夹带"),
        ("空.pdf", b"", "空的"),
        ("a.jpg", b"\xFF\xD8\xFF\xE0 broken", "损坏"),
    ] {
        let reply = upload(&mut client, &[(name, bytes), ("good.pdf", &good)]);
        let said = json(&reply);
        assert_eq!(
            (reply.status, said["files"].as_array().unwrap().len()),
            (201, 1),
            "{said}"
        );
        let words = said["refused"][0].as_str().unwrap();
        assert!(
            words.contains(&format!("“{name}”")) && words.contains(reason),
            "{words}"
        );
        let alone = upload(&mut client, &[(name, bytes)]);
        assert_eq!(alone.status, 422, "{}", alone.text());
        assert_eq!(alone.header("content-type"), Some("application/json"));
    }
    let english = client.post_raw(
        "/en/c/plan/uploads",
        multipart::TYPE,
        &packed(&[], &[("a.svg", svg)]),
    );
    assert!(
        json(&english)["refused"][0]
            .as_str()
            .unwrap()
            .contains("was not taken")
    );
    // In the form itself the words that were typed come back.
    let sent = client.post_raw(
        FORM,
        multipart::TYPE,
        &packed(&form("我写了很久。"), &[("a.svg", svg)]),
    );
    assert_eq!(sent.status, 422);
    let page = Page::read(&sent.text());
    assert!(
        sent.text().contains("我写了很久。") && page.line("main").contains("“a.svg”"),
        "{}",
        sent.text()
    );
    assert!(dump(&site, "submissions").is_empty());
}

/// Number and size are limited; a file that is too large is read over, what follows it is not lost.
#[test]
fn limits_are_said_in_words() {
    let site = TestSite::with(Backend::Sqlite, |config| {
        config.upload_files = 2;
        config.upload_limit_bytes = 40_000;
    });
    site.publish_sample();
    let mut client = site.client();
    let large = [pdf("large"), vec![b' '; 50_000]].concat();
    let reply = upload(
        &mut client,
        &[("大.pdf", &large), ("small.pdf", &pdf("small"))],
    );
    let said = json(&reply);
    assert_eq!(said["files"][0]["name"], "small.pdf");
    let words = said["refused"][0].as_str().unwrap();
    assert!(
        words.contains("“大.pdf”") && words.contains("40 KB"),
        "{words}"
    );
    assert_eq!(upload(&mut client, &[("大.pdf", &large)]).status, 413);
    let small = [pdf("1"), pdf("2"), pdf("3")];
    let three = [
        ("1.pdf", &small[0][..]),
        ("2.pdf", &small[1][..]),
        ("3.pdf", &small[2][..]),
    ];
    let reply = upload(&mut client, &three);
    assert_eq!(json(&reply)["files"].as_array().unwrap().len(), 2);
    assert!(
        json(&reply)["refused"][0]
            .as_str()
            .unwrap()
            .contains("最多上传2个文件")
    );
    let mut all = tokens(&reply);
    all.extend(tokens(&upload(&mut client, &three[2..])));
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let sent = send_with(&mut client, "三份附件。", &all);
    assert!(
        sent.status == 422 && sent.text().contains("最多上传2个文件"),
        "{}",
        sent.text()
    );
}

/// Ten million bytes against a small limit are cut off: at once when their number is announced, and
/// when the limit is reached when it is not.
#[test]
fn a_huge_body_is_cut_off_early() {
    let site = TestSite::with(Backend::Sqlite, |config| {
        config.upload_files = 1;
        config.upload_limit_bytes = 10_000;
    });
    site.publish_sample();
    let address = site.base.trim_start_matches("http://").to_owned();
    let head = format!(
        "POST {FILES} HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\n",
        multipart::TYPE
    );
    let mut announced = TcpStream::connect(&address).unwrap();
    write!(announced, "{head}Content-Length: 10000000\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    announced.read_exact(&mut answer).unwrap();
    assert_eq!(
        &answer, b"HTTP/1.1 413",
        "before a byte of the body was sent"
    );

    let mut silent = TcpStream::connect(&address).unwrap();
    write!(silent, "{head}Transfer-Encoding: chunked\r\n\r\n").unwrap();
    let opening =
        "--edge-of-a-form\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    write!(silent, "{:x}\r\n{opening}\r\n", opening.len()).unwrap();
    let chunk = [b"10000\r\n", &[b'a'; 65_536][..], b"\r\n"].concat();
    (0..60).for_each(|_| silent.write_all(&chunk).unwrap());
    let mut answer = [0; 12];
    silent.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413", "while more is still to come");
    assert!(dump(&site, "uploads").is_empty());
}

/// Files are for the form, and so is the window.
#[test]
fn files_are_taken_while_the_window_is_open_and_from_this_site() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    let mut client = site.client();
    client
        .headers
        .push(("sec-fetch-site".into(), "cross-site".into()));
    assert_eq!(upload(&mut client, &[("a.pdf", &pdf("a"))]).status, 403);
    client.headers.clear();
    assert_eq!(client.post(FILES, &[("a", "b")]).status, 422);
    assert_eq!(
        client
            .post_raw("/c/nothing/uploads", multipart::TYPE, &packed(&[], &[]))
            .status,
        404
    );
    site.clock.set("2025-08-10T00:00:00+08:00");
    assert_eq!(upload(&mut client, &[("a.pdf", &pdf("a"))]).status, 409);
    assert!(dump(&site, "uploads").is_empty());
}
