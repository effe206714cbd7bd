//! Letters: what every reading of one promises.

use crate::documents::model::reference::{Draft, Place};
use crate::intake::model::contact::Office;
use crate::intake::model::span::Part;
use crate::mail::inbound::{Desk, Letter, read_letter_for};
use std::sync::LazyLock;

static DESK: LazyLock<Desk> = LazyLock::new(|| {
    let place = |path: &str, heading: &str, text: &str| Place {
        path: path.into(),
        label: String::new(),
        heading: heading.into(),
        text: text.into(),
    };
    Desk {
        office: Office {
            phones: vec!["0900-5550199".into()],
            emails: vec!["office@example.org".into()],
        },
        places: Draft::from(vec![
            place("一", "总体要求", ""),
            place("二", "重点任务", ""),
            place("二/(一)", "改善出行条件", ""),
            place("二/(一)/1", "完善慢行道路", "在主要道路两侧划定自行车专用道，清理占道堆放的杂物。"),
            place("二/(一)/2", "优化公交线路", "根据客流调整公交站点间距，夜间班次延长到二十二时三十分。"),
            place("三", "保障措施", ""),
            place("三/(一)", "加强组织领导", "建立联席会议，每季度研究一次进展情况。"),
        ]),
    }
});

/// Reads a message. The first byte says what the rest is: a whole message, or the body of one that is
/// plain text, a web page, a winmail.dat or a report.
pub fn read(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    let head = |more: &str| {
        format!("From: =?utf-8?B?5byg5LiJ?= <me@example.com>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: {more}\r\n\r\n").into_bytes()
    };
    match kind % 6 {
        0 | 1 => check(&read_letter_for(rest, &DESK)),
        2 => {
            let text = String::from_utf8_lossy(rest).replace(['\0', '\u{feff}'], "");
            let raw = [head("text/plain; charset=utf-8"), text.clone().into_bytes()].concat();
            let letter = read_letter_for(&raw, &DESK);
            check(&letter);
            conserved(&letter, &text);
        }
        3 => check(&read_letter_for(&[head("text/html; charset=utf-8"), rest.to_vec()].concat(), &DESK)),
        4 => {
            let packed = [b"\x78\x9f\x3e\x22\x01\x00".as_slice(), rest].concat();
            check(&read_letter_for(&[head("application/ms-tnef"), packed].concat(), &DESK));
        }
        _ => {
            let report = "multipart/report; boundary=b";
            let body = [b"--b\r\n\r\nx\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n".as_slice(), rest].concat();
            let letter = read_letter_for(&[head(report), body].concat(), &DESK);
            assert!(letter.bounce.is_some(), "a report is a bounce");
            check(&letter);
        }
    }
}

/// Everything that is found stands where it is said to stand.
fn check(letter: &Letter) {
    serde_json::to_string(letter).unwrap();
    let own = letter.own_text();
    assert!(letter.text.starts_with(own));
    let found = letter.contact.evidence.iter().map(|one| (&one.span, &one.raw));
    let remarks = letter.remarks.iter();
    let found = found.chain(remarks.filter_map(|remark| {
        Some((remark.evidence_at.as_ref()?, remark.evidence.as_ref()?))
    }));
    for (span, raw) in found {
        let text = match span.part {
            Part::Words => own,
            Part::Subject => &letter.subject,
            Part::From => letter.from.name.as_deref().unwrap_or_default(),
            Part::Signature | Part::Attachment => continue,
        };
        let there: String = text.chars().skip(span.start).take(span.end - span.start).collect();
        assert_eq!(&there, raw, "{span:?}");
    }
    for remark in &letter.remarks {
        assert!(remark.confidence <= 100 && remark.section.is_some() == (remark.confidence > 0));
    }
}

/// No line is lost: own words and elided passages are the text again.
fn conserved(letter: &Letter, text: &str) {
    if letter.warnings.iter().any(|warning| warning.code == "text-cut" || warning.code == "bad-characters") {
        return;
    }
    let lines = |text: &str| {
        let mut lines: Vec<String> = text
            .replace("&nbsp;", " ")
            .split(['\n', '\r'])
            .map(|line| line.split_whitespace().collect::<String>())
            .filter(|line| !line.is_empty())
            .collect();
        lines.sort();
        lines
    };
    let parts = letter.elided.iter().map(|elided| elided.text.as_str());
    let parts: Vec<&str> = parts.chain([letter.own_text()]).collect();
    assert_eq!(lines(&parts.join("\n")), lines(text), "lines lost");
}
