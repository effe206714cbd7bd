//! Files for the decision record and for publication.

use crate::on_both;
use crate::steps::{
    EMAIL, NAME, PHONE, QUEUE, comment_with, decide, enter, events_of, queue, remark_ids,
};
use crate::support::client::Reply;
use crate::support::{Client, TestSite};
use calamine::Reader;
use std::io::{Cursor, Read};

const EXPORT: &str = "/office/c/plan/export";
const FORMATS: [&str; 3] = ["xlsx", "csv", "docx"];

fn export(office: &mut Client, format: &str, edition: &str) -> Reply {
    let csrf = office.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("format", format),
        ("edition", edition),
    ];
    let reply = office.post(EXPORT, &fields);
    assert_eq!(reply.status, 200, "{format} {edition}: {}", reply.text());
    reply
}

/// Every cell or paragraph of a file, opened by another program's reader.
fn cells(format: &str, bytes: &[u8]) -> Vec<String> {
    match format {
        "xlsx" => {
            let mut book: calamine::Xlsx<_> =
                calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
            let sheets = book.worksheets();
            let cells = sheets.iter().flat_map(|(_, range)| range.rows()).flatten();
            cells.map(ToString::to_string).collect()
        }
        "csv" => {
            let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text);
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            records.iter().flatten().map(str::to_owned).collect()
        }
        _ => paragraphs(bytes),
    }
}

fn paragraphs(bytes: &[u8]) -> Vec<String> {
    use quick_xml::events::Event;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut document = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut document)
        .unwrap();
    let mut reader = quick_xml::Reader::from_str(&document);
    let (mut all, mut words) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => words.push(match &*name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                _ => '\'',
            }),
            Event::End(end) if end.name().as_ref() == "w:p" => all.push(std::mem::take(&mut words)),
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// Four in time, one early, one late; two answered. Answers the office's client.
fn six_opinions(site: &TestSite) -> Client {
    site.publish_sample();
    let written = format!("请打我的手机 199 0000 1234 或写信到{EMAIL}，我叫{NAME}。");
    comment_with(
        site,
        &[("text", &written), ("address", "青禾区杏花里3号楼5门")],
    );
    for (text, section) in [("晾衣架要结实。", "2.1.2"), ("整体赞成。", "")] {
        let fields = [
            ("text", text),
            ("section", section),
            ("name", "陆向晚"),
            ("phone", "19900004321"),
        ];
        comment_with(site, &fields);
    }
    site.clock.set("2025-07-05T10:00:00+08:00");
    let mut office = site.staff();
    for (day, text) in [
        ("2025-06-20", "来电：灯坏了。"),
        ("2025-05-01", "来得太早的意见。"),
        ("2025-07-01", "来得太晚的意见。"),
    ] {
        let reply = enter(&mut office, &[("received_on", day), ("text", text)]);
        assert_eq!(reply.status, 303);
    }
    let ids = remark_ids(&queue(&mut office, ""));
    for (id, outcome) in ids.iter().zip(["adopted", "partly"]) {
        let address = format!("{QUEUE}/{id}");
        assert_eq!(
            decide(&mut office, &address, &[("outcome", outcome)]).status,
            303
        );
    }
    office
}

on_both! {
    /// Each format in each edition: named, typed, never cached, and readable by others.
    fn every_file_downloads_and_opens(site: TestSite) {
        let mut office = six_opinions(&site);
        for edition in ["public", "archive"] {
            for (format, media) in FORMATS.into_iter().zip([
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "text/csv; charset=utf-8; header=absent",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ]) {
                let file = export(&mut office, format, edition);
                assert_eq!(file.header("content-type"), Some(media));
                let disposition = file.header("content-disposition").unwrap();
                let plain = format!("attachment; filename=\"opinions-{edition}-2025-07-05.{format}\"");
                assert!(disposition.starts_with(&plain), "{disposition}");
                assert!(disposition.contains("filename*=UTF-8''%E9%9D%92%E7%A6%BE"), "{disposition}");
                assert_eq!(file.header("cache-control"), Some("no-store"));
                assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
                let cells = cells(format, &file.body);
                for text in ["晾衣架要结实。", "来得太早的意见。", "来得太晚的意见。", "来电：灯坏了。"] {
                    assert!(cells.iter().any(|cell| cell.contains(text)), "{format} {edition}: {text}");
                }
            }
        }
        let made = events_of(&site, "summary-exported");
        assert_eq!(made.len(), 6);
        assert!(made.iter().all(|event| event.who == "周青禾"));
        assert_eq!(made[0].detail, r#"{"edition":"public","format":"xlsx"}"#);
        let log = office.get("/office/c/plan/audit").text();
        assert_eq!(log.matches("导出汇总表").count(), 6, "{log}");
    }

    /// The numbers of the files are those of the pages.
    fn the_counts_are_those_of_the_pages(site: TestSite) {
        let mut office = six_opinions(&site);
        let page = office.get(EXPORT).text();
        let equation = page.split("class=\"equation\"").nth(1).unwrap().split("</dl>").next().unwrap();
        let numbers: Vec<u64> = equation.split("<dd>").skip(1).map(|part| part.split('<').next().unwrap().parse().unwrap()).collect();
        assert_eq!(numbers[0], 6);
        assert_eq!(numbers[1..].iter().sum::<u64>(), 6, "{numbers:?}");
        assert!(!page.contains("合计不一致"));
        for (query, count) in [("", 6), ("?outcome=open", 4), ("?outcome=adopted", 1), ("?timing=late", 1), ("?timing=early", 1)] {
            assert!(queue(&mut office, query).contains(&format!("共{count}条意见")), "{query}");
        }
        for format in FORMATS {
            for edition in ["public", "archive"] {
                let words = cells(format, &export(&mut office, format, edition).body).join("\n");
                for sentence in [
                    "提交来件6件，经逐件整理，共计意见6条",
                    "网页3条，电话3条",
                    "逾期收到1条，在公开征求意见开始前收到1条",
                    "尚有4条意见正在研究",
                    "收到意见6条＝采纳1条＋部分采纳1条＋未采纳0条＋表示赞同0条＋无关（转办）0条＋重复0条＋无效0条＋撤回0条＋未答复4条",
                ] {
                    assert!(words.contains(sentence), "{format} {edition}: {sentence}\n{words}");
                }
            }
        }
    }

    /// Published: nobody's details, although they wrote them into their opinion. Archived: all.
    fn the_public_edition_tells_nothing_private_and_the_archive_all(site: TestSite) {
        let mut office = six_opinions(&site);
        let private = [NAME, PHONE, "199 0000 1234", "1234", EMAIL, "杏花里", "陆向晚", "19900004321", "周青禾"];
        for format in FORMATS {
            let bytes = export(&mut office, format, "public").body;
            let words = cells(format, &bytes).join("\n");
            for detail in private {
                assert!(!words.contains(detail), "{format}: {detail}\n{words}");
            }
            assert!(words.contains("沈**") && words.contains("陆**"), "{words}");
            assert!(words.contains("［已隐去］"));
            if format != "csv" {
                assert_nothing_in_any_part(&bytes, &private);
            }
            let words = cells(format, &export(&mut office, format, "archive").body).join("\n");
            for detail in [NAME, PHONE, "199 0000 1234", EMAIL, "青禾区杏花里3号楼5门", "陆向晚", "周青禾"] {
                assert!(words.contains(detail), "{format}: {detail}");
            }
        }
    }

    /// What a spreadsheet would run stays words, in whichever field somebody writes it.
    fn formulas_in_a_form_stay_words(site: TestSite) {
        site.publish_sample();
        let hostile = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1:A9)", "-1", "\t=1+1", "＝1+1", "=HYPERLINK(\"http://evil.example.com\",\"x\")", "\n=2", "\u{200b}=3"];
        for text in hostile {
            comment_with(&site, &[("text", text), ("address", "=1+2"), ("name", "=cmd|A0")]);
        }
        let body = [("text", "-2+3"), ("sender_kind", "organisation"), ("organisation", "=2+5+cmd|A0")];
        comment_with(&site, &body);
        let mut office = site.staff();
        let id = remark_ids(&queue(&mut office, ""))[0].clone();
        let reason = [("reason", "=HYPERLINK(\"http://evil.example.com\")")];
        assert_eq!(decide(&mut office, &format!("{QUEUE}/{id}"), &reason).status, 303);
        for edition in ["public", "archive"] {
            for cell in cells("csv", &export(&mut office, "csv", edition).body) {
                let first = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200b}').chars().next();
                assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '＝')), "{edition}: {cell:?}");
            }
            let bytes = export(&mut office, "xlsx", edition).body;
            let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
            for index in 0..archive.len() {
                let mut part = String::new();
                let mut file = archive.by_index(index).unwrap();
                let name = file.name().unwrap().into_owned();
                if file.read_to_string(&mut part).is_ok() {
                    assert!(!part.contains("<f>") && !part.contains("<f ") && !part.contains("<hyperlink"), "{name}");
                }
            }
            let words = cells("xlsx", &bytes).join("\n");
            assert!(words.contains("cmd|' /C calc'!A0"), "the words themselves are kept");
        }
    }

    /// No comment at all has its own version.
    fn nothing_received_is_said(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        for format in FORMATS {
            for edition in ["public", "archive"] {
                let words = cells(format, &export(&mut office, format, edition).body).join("\n");
                assert!(words.contains("征求意见期间未收到意见"), "{format} {edition}: {words}");
            }
        }
    }

    /// The same moment and the same record give the same bytes.
    fn the_same_moment_gives_the_same_bytes(site: TestSite) {
        let mut office = six_opinions(&site);
        for format in FORMATS {
            let first = export(&mut office, format, "archive").body;
            assert!(first == export(&mut office, format, "archive").body, "{format}");
        }
    }

    /// A choice that is none is said, and makes no file and no event.
    fn an_unknown_choice_makes_no_file(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let csrf = office.csrf();
        for (format, edition) in [("pdf", "public"), ("csv", "secret"), ("", ""), ("XLSX", "public"), ("csv\0", "public")] {
            let fields = [("csrf", csrf.as_str()), ("format", format), ("edition", edition)];
            let reply = office.post(EXPORT, &fields);
            assert_eq!(reply.status, 422, "{format} {edition}");
            assert!(reply.text().contains("role=\"alert\"") && reply.text().contains("<title>错误："));
        }
        assert!(events_of(&site, "summary-exported").is_empty());
    }
}

fn assert_nothing_in_any_part(bytes: &[u8], private: &[&str]) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut part = String::new();
        if file.read_to_string(&mut part).is_err() {
            continue;
        }
        for detail in private.iter().filter(|detail| detail.chars().count() > 4) {
            assert!(!part.contains(detail), "{name}: {detail}");
        }
    }
}
