//! The main job from end to end on the real plan: import, read, comment by form and by e-mail, one
//! of each too early and too late, outcomes, and all three exports.

use crate::support::seed;
use crate::{on_both, support::Client};
use jianyan::consultations::model::Timing;
use jianyan::export::model::{Edition, Format};
use jianyan::export::summary::{Wanted, write};
use jianyan::intake::email::Received;
use std::io::Read;

const FORM: [(&str, &str); 9] = [
    ("section", "2.3.8"),
    ("text", "建议公布抽检不合格食品的处理结果，每季度一次。"),
    ("sender_kind", "person"),
    ("name", "沈知秋"),
    ("organisation", ""),
    ("phone", "＋86 199 0000 1234"),
    ("email", ""),
    ("address", ""),
    ("consent", "yes"),
];

/// A letter in GBK with a signature below its words, dated by our own mail server.
fn letter(received: &str, id: &str, words: &str) -> Vec<u8> {
    let body = format!("您好：\r\n{words}\r\n谢谢！\r\n-- \r\n韩立夏\r\n电话：0900-5557788\r\n");
    let (bytes, _, _) = encoding_rs::GBK.encode(&body);
    let (subject, _, _) = encoding_rs::GBK.encode("关于质量方案的意见");
    let encoded = base64(&subject);
    let head = format!(
        "Received: from mx.example.com by mail.example.org with ESMTP; {received}\r\n\
         Date: Tue, 10 Jun 2025 09:00:00 +0800\r\n\
         From: =?gb2312?B?uqvBos/E?= <hanlixia@example.com>\r\n\
         To: <office@example.org>\r\n\
         Subject: =?gb2312?B?{encoded}?=\r\n\
         Message-ID: <{id}@example.com>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=gb2312\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64(&bytes)
    );
    head.into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .map(|chunk| {
            let word = chunk
                .iter()
                .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            (0..4)
                .map(|at| match at <= chunk.len() {
                    true => char::from(LETTERS[(word >> (18 - 6 * at)) as usize & 63]),
                    false => '=',
                })
                .collect::<String>()
        })
        .collect()
}

on_both! {
    /// The whole job.
    fn from_notice_to_export(site: TestSite) {
        let Some(path) = seed("000_b01fd7790398bd20.txt") else { return };
        let text = std::fs::read_to_string(path).unwrap();
        let consultation = site.publish("quality", &text);
        let mut citizen = site.client();

        // Published section by section, as it was written.
        let page = citizen.get("/c/quality/s/2.3.8").text();
        assert!(page.contains("打造农产品食品药品质量安全新标杆") && page.contains("区农业农村委"), "{page}");

        // Too early, in time, too late: the form.
        site.clock.set("2025-05-28T23:59:59+08:00");
        assert_eq!(citizen.post("/c/quality/submissions", &FORM).status, 409);
        site.clock.set("2025-06-10T09:30:00+08:00");
        let receipt = citizen.post("/c/quality/submissions", &FORM).receipt();
        assert_eq!(citizen.post("/c/quality/submissions", &FORM).receipt(), receipt, "sent twice");
        site.clock.set("2025-06-29T00:00:00+08:00");
        let late = citizen.post("/c/quality/submissions", &[("text", "迟到的话也要留住"), ("section", "2.3.8")]);
        assert_eq!(late.status, 409);
        assert!(late.text().contains("迟到的话也要留住") && late.text().contains("022-82628911"));

        // The letters.
        let room = site.mailroom("quality");
        let receive = |at: &str, id: &str, words: &str| room.receive(&letter(at, id, words), None).unwrap();
        let early = receive("Wed, 28 May 2025 23:59:59 +0800", "early", "请把第二部分第（三）条第9项写得更具体。");
        assert!(matches!(early, Received::Registered { timing: Timing::Early, .. }), "{early:?}");
        let in_time = receive("Sat, 28 Jun 2025 23:59:59 +0800", "in", "第二部分第（三）条第8项应写明追溯期限。");
        assert!(matches!(in_time, Received::Registered { timing: Timing::InTime, .. }), "{in_time:?}");
        let late = receive("Sun, 29 Jun 2025 00:00:00 +0800", "late", "赞成这个方案。");
        assert!(matches!(late, Received::Registered { timing: Timing::Late, .. }), "{late:?}");
        let again = receive("Sat, 28 Jun 2025 23:59:59 +0800", "in", "第二部分第（三）条第8项应写明追溯期限。");
        assert_eq!(again, Received::Duplicate);

        // The office answers each remark.
        let mut office = site.staff();
        let queue = office.get("/office/c/quality/remarks").text();
        let ids = remark_ids(&queue, "quality");
        assert_eq!(ids.len(), 4, "{queue}");
        for (id, outcome) in ids.iter().zip(["adopted", "partly", "not-adopted", "support"]) {
            decide(&mut office, id, outcome);
        }
        let left = office.get("/office/c/quality/remarks?outcome=open").text();
        assert!(remark_ids(&left, "quality").is_empty());

        // The receipt still shows what was sent, its contact details masked.
        let shown = citizen.get(&site.receipt(&receipt)).text();
        assert!(shown.contains("抽检不合格") && !shown.contains("19900001234"), "{shown}");

        // All three exports, both editions, the same bytes twice.
        for edition in [Edition::Public, Edition::Archive] {
            for format in [Format::Xlsx, Format::Csv, Format::Docx] {
                let wanted = Wanted { format, edition, as_of: "2025-07-05T10:00:00+08:00".parse().unwrap() };
                let file = |name: &str| {
                    let target = site.folder.path().join(name);
                    let head = site
                        .database
                        .read_snapshot(|db| write(db, &site.vault, &consultation, wanted, &target))
                        .unwrap();
                    assert_eq!((head.totals.submissions, head.totals.opinions, head.totals.pending), (4, 4, 0));
                    assert_eq!((head.totals.early, head.totals.late), (1, 1));
                    std::fs::read(&target).unwrap()
                };
                let bytes = file("one");
                assert_eq!(bytes, file("two"), "{format:?} {edition:?} is not the same twice");
                let words = words_of(format, &bytes);
                assert!(words.contains("应写明追溯期限"), "{format:?}");
                let private = words.contains("19900001234") || words.contains("沈知秋") || words.contains("hanlixia@example.com");
                assert_eq!(private, edition == Edition::Archive, "{format:?} {edition:?}");
            }
        }
    }
}

/// The identifiers of the remarks listed on a page of the queue, in order, each once.
pub fn remark_ids(page: &str, slug: &str) -> Vec<String> {
    let mark = format!("/office/c/{slug}/remarks/");
    let mut ids: Vec<String> = Vec::new();
    for part in page.split(&mark).skip(1) {
        let id: String = part
            .chars()
            .take_while(|c| c.is_ascii_hexdigit() || *c == '-')
            .collect();
        if id.len() == 36 && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Gives a remark an outcome as the office's page does.
pub fn decide(office: &mut Client, id: &str, outcome: &str) {
    let address = format!("/office/c/quality/remarks/{id}");
    let page = office.get(&address);
    assert_eq!(page.status, 200, "{}", page.text());
    let (csrf, revision) = (page.hidden("csrf"), page.hidden("revision"));
    let saved = office.post(
        &format!("{address}/outcome"),
        &[
            ("csrf", &csrf),
            ("revision", &revision),
            ("outcome", outcome),
            ("reason", "已在正文第8项中写明。"),
        ],
    );
    assert!(saved.location().ends_with("?saved=1"));
}

/// All words of an exported file.
fn words_of(format: Format, bytes: &[u8]) -> String {
    match format {
        Format::Csv => String::from_utf8(bytes.to_vec()).unwrap(),
        Format::Docx => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut text = String::new();
            archive
                .by_name("word/document.xml")
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            text
        }
        Format::Xlsx => {
            use calamine::Reader;
            let mut book: calamine::Xlsx<_> =
                calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
            let sheets = book.worksheets();
            sheets
                .iter()
                .flat_map(|(_, range)| range.rows())
                .flatten()
                .map(|cell| format!("{cell}\n"))
                .collect()
        }
    }
}
