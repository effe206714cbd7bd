//! The virus scanner: ClamAV's own daemon, running, stopped and running again.

use crate::receipt::dump;
use crate::support::multipart::{self, packed};
use crate::support::scanner::{Clamd, VIRUS};
use crate::support::{Backend, Client, TestSite};
use crate::window::form;
use jianyan::config::ClamdAddress;
use jianyan::intake::files::clamd::Scanner;
use jianyan::intake::upload::held::rescan;

const FORM: &str = "/c/plan/submissions";

fn site_with(address: &str) -> TestSite {
    let site = TestSite::with(Backend::Sqlite, |config| {
        config.clamd = Some(ClamdAddress::try_from(address.to_owned()).unwrap());
        config.clamd_seconds = 20;
    });
    site.publish_sample();
    site
}

fn send(site: &TestSite, name: &str, bytes: &[u8]) -> crate::support::Reply {
    let sent = packed(&form("详见附件。"), &[(name, bytes)]);
    site.client().post_raw(FORM, multipart::TYPE, &sent)
}

/// Does the jobs that ask the scanner again; how many there were and whether all were done.
fn scan_again(site: &TestSite) -> (usize, bool) {
    let jobs = dump(site, "jobs");
    let subjects: Vec<(String, String)> = jobs
        .iter()
        .filter(|job| job.contains("scan-attachment"))
        .map(|job| {
            let ids: Vec<&str> = job
                .split('\'')
                .filter(|part| jianyan::ids::is_id(part))
                .collect();
            (ids[1].to_owned(), ids[2].to_owned())
        })
        .collect();
    let scanner = Scanner::of(&site.config);
    let (database, storage) = (site.database.clone(), site.storage.clone());
    let count = subjects.len();
    let all_done = actix_web::rt::System::new().block_on(async move {
        let mut done = true;
        for (consultation, attachment) in subjects {
            let asked = rescan(
                &database,
                &storage,
                scanner.as_ref(),
                &consultation,
                &attachment,
            );
            done &= asked.await.is_ok();
        }
        done
    });
    (count, all_done)
}

/// The office's page of the only remark, and what its first attachment's address answers.
fn office(site: &TestSite, client: &mut Client) -> (String, Option<u16>) {
    let queue = client.get("/office/c/plan/remarks").text();
    let remark = queue
        .split("href=\"")
        .find(|part| part.starts_with("/office/c/plan/remarks/"))
        .unwrap();
    let page = client.get(remark.split('"').next().unwrap()).text();
    let link = page
        .split("href=\"")
        .find(|part| part.contains("/attachments/"));
    let status = link.map(|link| client.get(link.split('"').next().unwrap()).status);
    let _ = site;
    (page, status)
}

/// The address of the only attachment, whether the page links it or not.
fn address(site: &TestSite) -> String {
    let row = dump(site, "attachments").remove(0);
    let ids: Vec<&str> = row
        .split('\'')
        .filter(|part| jianyan::ids::is_id(part))
        .collect();
    format!(
        "/office/c/plan/submissions/{}/attachments/{}",
        ids[2], ids[1]
    )
}

#[test]
fn a_clean_file_passes_and_one_with_a_virus_does_not() {
    let Some(mut clamd) = Clamd::find() else {
        return;
    };
    clamd.start();
    let site = site_with(&clamd.address());
    let infected = send(&site, "说明.txt", VIRUS);
    assert_eq!(infected.status, 422);
    let words = infected.text();
    assert!(
        words.contains("“说明.txt”没有接收：查出病毒（Jianyan.Test")
            && words.contains("详见附件。"),
        "{words}"
    );
    assert!(dump(&site, "submissions").is_empty() && dump(&site, "uploads").is_empty());
    assert!(!site.storage.holds(&jianyan::ids::sha256(VIRUS)));

    assert_eq!(send(&site, "说明.txt", "没有病毒".as_bytes()).status, 303);
    let (page, status) = office(&site, &mut site.staff());
    assert!(page.contains("查毒：没有发现问题"), "{page}");
    assert_eq!(status, Some(200));
    assert_eq!(scan_again(&site), (0, true));
}

#[test]
fn without_the_scanner_a_file_is_held_and_given_out_once_it_was_asked() {
    let Some(mut clamd) = Clamd::find() else {
        return;
    };
    let site = site_with(&clamd.address());
    // Nothing of the comment is lost: it is registered, its file is held.
    assert_eq!(send(&site, "说明.txt", "没有病毒".as_bytes()).status, 303);
    let mut staff = site.staff();
    let (page, status) = office(&site, &mut staff);
    assert!(page.contains("等待查毒") && status.is_none(), "{page}");
    let refused = staff.get(&address(&site));
    assert!(
        refused.status == 403 && refused.text().contains("还没有查过"),
        "{}",
        refused.text()
    );
    assert_eq!(scan_again(&site), (1, false), "to be tried again");
    clamd.start();
    assert_eq!(scan_again(&site), (1, true));
    assert_eq!(office(&site, &mut staff).1, Some(200));
    clamd.stop();
    assert_eq!(scan_again(&site), (1, true), "settled once and for all");
}

#[test]
fn a_file_that_is_found_out_later_stays_where_it_is() {
    let Some(mut clamd) = Clamd::find() else {
        return;
    };
    let site = site_with(&clamd.address());
    assert_eq!(send(&site, "说明.txt", VIRUS).status, 303);
    clamd.start();
    assert_eq!(scan_again(&site), (1, true));
    let mut staff = site.staff();
    let (page, status) = office(&site, &mut staff);
    assert!(
        page.contains("有病毒") && page.contains("说明.txt") && status.is_none(),
        "{page}"
    );
    let refused = staff.get(&address(&site));
    assert!(
        refused.status == 403 && refused.text().contains("查出了病毒"),
        "{}",
        refused.text()
    );
    let english = staff.get(&format!("/en{}", address(&site)));
    assert!(
        english.text().contains("A virus was found"),
        "{}",
        english.text()
    );
}

/// A scanner that refuses to look (here: over its own limit) has not said that the file is clean.
#[test]
fn a_file_the_scanner_will_not_take_is_held() {
    let Some(mut clamd) = Clamd::find() else {
        return;
    };
    clamd.start();
    let site = site_with(&clamd.address());
    let long = "很长的说明。".repeat(100_000);
    assert_eq!(send(&site, "说明.txt", long.as_bytes()).status, 303);
    assert!(office(&site, &mut site.staff()).0.contains("等待查毒"));
}

/// Over TCP nobody answers, or somebody who is no scanner.
#[test]
fn what_is_no_scanner_clears_nothing() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    let chatter = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = closed.accept().unwrap();
        let _ = stream.write_all(b"220 mail.example.org ESMTP OK\r\n");
        let _ = stream.read(&mut [0; 4096]);
    });
    let site = site_with(&format!("tcp://127.0.0.1:{port}"));
    for words in ["第一份", "第二份"] {
        assert_eq!(
            send(&site, "说明.txt", words.as_bytes()).status,
            303,
            "{words}"
        );
    }
    chatter.join().unwrap();
    assert_eq!(
        scan_again(&site),
        (2, false),
        "the same words with another file are another submission"
    );
    assert!(office(&site, &mut site.staff()).0.contains("等待查毒"));
}
