//! The import of letters killed several times and then run to its end: each letter once.

use crate::ask::{assert_whole, number};
use crate::chance::Chance;
use crate::install_on_both;
use crate::program::{Install, SLUG, now};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

const LETTERS: usize = 200;
const KILLS: usize = 8;

/// A folder of letters, every fourth with an attachment.
pub fn letters(folder: &Path) -> PathBuf {
    let mail = folder.join("mail");
    std::fs::create_dir(&mail).unwrap();
    for index in 0..LETTERS {
        std::fs::write(mail.join(format!("{index:03}.eml")), letter(index)).unwrap();
    }
    mail
}

pub fn letter(index: usize) -> String {
    let at = now().strftime("%a, %d %b %Y %H:%M:%S %z").to_string();
    let head = format!(
        "Received: from mx.example.com by mail.example.org with ESMTP; {at}\r\n\
         Date: {at}\r\nFrom: writer{index} <writer{index}@example.com>\r\nTo: <loudao@example.org>\r\n\
         Subject: comment {index}\r\nMessage-ID: <{index}@example.com>\r\nMIME-Version: 1.0\r\n"
    );
    let words = format!("第{index}封信：请把第二部分第（二）条第4项写得更具体。");
    let plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n";
    if !index.is_multiple_of(4) {
        return format!("{head}{plain}\r\n{words}\r\n");
    }
    format!(
        "{head}Content-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n--edge\r\n{plain}\r\n{words}\r\n\
         --edge\r\nContent-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment; \
         filename=\"list{index}.csv\"\r\n\r\n{index},rows\r\n--edge--\r\n"
    )
}

fn each_letter_once(install: Install) {
    let mut chance = Chance::new("mail import");
    install.publish();
    let mail = letters(install.folder.path());
    let arguments = [
        "mail",
        "import",
        mail.to_str().unwrap(),
        "--consultation",
        SLUG,
    ];
    for _ in 0..KILLS {
        let mut command = install.command(&arguments);
        let mut import = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(import.stdout.take().unwrap()).lines();
        let taken = lines.take(chance.below(24) as usize).count();
        // Not a wait for anything: the kill must come at a moment of chance after that letter.
        std::thread::sleep(chance.moment(20));
        import.kill().unwrap();
        import.wait().unwrap();
        println!("mail import: killed after {taken} letters");
    }
    let said = install.done(&arguments);
    assert!(said.contains("0 failed"), "{said}");

    let database = install.open();
    let all = i64::try_from(LETTERS).unwrap();
    let counts = [
        "SELECT COUNT(*) AS answer FROM letters WHERE state = 'registered' AND submission_id IS NOT NULL",
        "SELECT COUNT(*) AS answer FROM letters",
        "SELECT COUNT(*) AS answer FROM submissions WHERE timing = 'in'",
        "SELECT COUNT(*) AS answer FROM submissions",
        "SELECT COUNT(DISTINCT raw_sha256) AS answer FROM submissions",
        "SELECT COUNT(DISTINCT submission_id) AS answer FROM letters",
        "SELECT COUNT(DISTINCT text) AS answer FROM remarks",
        "SELECT COUNT(*) AS answer FROM audit_events WHERE action = 'letter-registered'",
        "SELECT 4 * COUNT(*) AS answer FROM attachments WHERE kept",
    ];
    for sql in counts {
        assert_eq!(number(&database, sql), all, "{sql}");
    }
    assert_whole(&database);
    // Once more changes nothing.
    let again = install.done(&arguments);
    assert!(again.contains("200 duplicates"), "{again}");
    assert_eq!(number(&database, counts[3]), all);
}

install_on_both!(each_letter, super::each_letter_once);
