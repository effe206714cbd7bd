//! An invented consultation, and helpers to write it and to look inside a package.

use jianyan::error::Result;
use jianyan::export::model::{
    Capacity, Channel, Details, Edition, Format, Head, Merged, Office, Row, Sender, SenderKind,
    Status, Timing,
};
use jianyan::export::totals::Totals;
use jianyan::export::{csv, docx, xlsx};
use jianyan::responses::model::Outcome;
use jiff::civil::date;
use jiff::tz::{TimeZone, offset};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};

/// What must never be seen in a public file.
pub const PRIVATE: [&str; 9] = [
    "欧阳试例",
    "19900001234",
    "0900-1234567",
    "ouyang@example.org",
    "示例区虚构路1号",
    "虚构合作社",
    "JY-2025-0001",
    "经办员甲",
    "2025年6月28日 23:59:59",
];

pub const HOSTILE: [&str; 14] = [
    "=HYPERLINK(\"http://example.com\",\"点此\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-1+1",
    "＝1+1",
    "\u{3000} ＋2",
    "\t=1+1",
    "\r=1+1",
    "第一行,\"引号\";\r\n第二行",
    "<w:t>&amp;</w:t>]]>",
    "单独的\u{202E}方向符\u{2066}未闭合",
    "表情👨\u{200D}👩\u{200D}👧𠮷",
    "http://example.com/自动链接",
    "_x0041_ 与 00123",
];

pub fn sender() -> Sender {
    Sender {
        kind: SenderKind::Person,
        public_name: "欧阳**".into(),
        full_name: "欧阳试例".into(),
        details: Details {
            name: Some("欧阳试例".into()),
            organisation: Some("虚构合作社".into()),
            phones: vec!["19900001234".into(), "0900-1234567".into()],
            emails: vec!["ouyang@example.org".into()],
            address: Some("示例区虚构路1号".into()),
            district: Some("示例区东片".into()),
            capacity: Some(Capacity::Expert),
            ..Details::default()
        },
    }
}

pub fn row(number: u64, opinion: &str) -> Row {
    Row {
        number,
        section_path: "二/(三)/8".into(),
        section_heading: "支持企业建立质量追溯".into(),
        opinion: opinion.into(),
        sender: sender(),
        channel: Channel::ALL[number as usize % 5],
        received_at: "2025-06-28T15:59:59Z".parse().unwrap(),
        timing: Timing::InTime,
        receipt: "JY-2025-0001".into(),
        status: Status::Valid,
        outcome: Some(Outcome::all()[number as usize % 5]),
        reason: "已在第8项增加相应表述。".into(),
        decided_by: Some("经办员甲".into()),
        decided_at: Some("2025-07-01T02:05:00Z".parse().unwrap()),
        merged: Vec::new(),
    }
}

/// Every kind of row: merged, late, early, duplicate, invalid, withdrawn, about the whole, a telling
/// opinion.
pub fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = (1..).zip(HOSTILE).map(|(n, text)| row(n, text)).collect();
    let next = rows.len() as u64;
    let mut merged = row(next + 1, "建议增加无障碍设施");
    merged.merged = vec![
        Merged {
            channel: Channel::Web,
            timing: Timing::InTime,
            count: 3,
        },
        Merged {
            channel: Channel::Letter,
            timing: Timing::Late,
            count: 1,
        },
    ];
    let mut late = row(next + 2, "逾期来件也应登记");
    late.timing = Timing::Late;
    late.section_path = String::new();
    late.section_heading = String::new();
    let mut duplicate = row(next + 3, "重复提交");
    duplicate.status = Status::Duplicate;
    let mut invalid = row(next + 4, "");
    invalid.status = Status::Invalid;
    invalid.reason = "空白来件".into();
    let mut withdrawn = row(next + 6, "这句话已经收回");
    withdrawn.status = Status::Withdrawn;
    withdrawn.reason = "撤回前写的理由".into();
    let mut telling = row(
        next + 5,
        "我是欧阳试例，电话199 0000 1234，请回复 OuYang@example.org。",
    );
    telling.reason = "已与欧阳试例通过0900－1234567沟通。".into();
    telling.timing = Timing::Early;
    rows.extend([merged, late, duplicate, invalid, withdrawn, telling]);
    rows
}

pub fn head(edition: Edition, rows: &[Row]) -> Head {
    let some = u64::from(!rows.is_empty());
    Head {
        title: "关于《质量强区实施方案（征求意见稿）》公开征求意见采纳情况的反馈".into(),
        draft_title: "质量强区实施方案（征求意见稿）".into(),
        issuer: "示例区虚构发展局".into(),
        opens_on: date(2025, 5, 29),
        closes_on: date(2025, 6, 28),
        issued_on: date(2025, 7, 5),
        as_of: "2025-07-05T01:30:00Z".parse().unwrap(),
        zone: TimeZone::fixed(offset(8)),
        edition,
        published: Office::default(),
        totals: Totals::from_rows(rows, some, some),
    }
}

pub fn write(format: Format, head: &Head, rows: &[Row]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let rows = rows.iter().cloned().map(Ok);
    match format {
        Format::Xlsx => xlsx::write(head, rows, &mut out)?,
        Format::Csv => csv::write(head, rows, &mut out)?,
        Format::Docx => docx::write(head, rows, &mut out)?,
    }
    Ok(out)
}

/// Name and content of every part; each must be well-formed XML, deflated, with the one fixed time.
pub fn parts(package: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index(index).unwrap();
            assert_eq!(part.compression(), zip::CompressionMethod::Deflated);
            assert_eq!(part.last_modified().unwrap().year(), 1980);
            let mut content = String::new();
            part.read_to_string(&mut content).unwrap();
            let name = part.name().unwrap().into_owned();
            assert_well_formed(&name, &content);
            (name, content)
        })
        .collect()
}

fn assert_well_formed(name: &str, content: &str) {
    let mut reader = Reader::from_str(content);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                assert!(
                    start.attributes().all(|attribute| attribute.is_ok()),
                    "{name}"
                );
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    assert_eq!(depth, 0, "{name}");
    let legal =
        |c: char| c == '\n' || c == '\t' || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    assert!(content.chars().all(|c| legal(c) || c == '\r'), "{name}");
}

pub fn assert_nothing_private(name: &str, content: &str) {
    for private in PRIVATE {
        assert!(!content.contains(private), "{name} holds {private}");
    }
    assert!(!content.to_lowercase().contains("ouyang@"), "{name}");
    assert!(!content.contains("199 0000 1234"), "{name}");
}
