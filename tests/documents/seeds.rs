//! The five real plan files against their verified outlines: headings, levels, kinds, lines, tree,
//! units, titles, document kinds, notice facts, noise and the oddities that must be reported.

use crate::support;
use jianyan::documents::model::{Node, Outline};
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, from_bytes};
use serde_json::Value;
use std::fs;

const FILES: [(&str, &str); 5] = [
    ("000_b01fd7790398bd20.txt", "outline-000.json"),
    ("001_2206ea654f6cb991.txt", "outline-001.json"),
    ("002_1a995d7aa27f932b.txt", "outline-002.json"),
    ("003_439506e66d277e10.txt", "outline-003.json"),
    ("004_7cefbca7f479efcb.txt", "outline-004.json"),
];

fn load(index: usize) -> Option<(Outline, Value)> {
    let folder = support::seeds()?;
    let (text, truth) = FILES[index];
    let bytes = fs::read(folder.join(text)).unwrap();
    let truth = fs::read(folder.join("outlines").join(truth)).unwrap();
    let source = from_bytes(text, &bytes, &Limits::default()).unwrap();
    Some((outline(&source), serde_json::from_slice(&truth).unwrap()))
}

fn ours(nodes: &[Node], depth: usize, out: &mut Vec<String>) {
    for node in nodes {
        out.push(format!(
            "{depth} {} {:?} {:?} {} {} {:?}",
            node.line,
            node.label,
            node.heading,
            node.level,
            serde_json::to_value(node.kind).unwrap(),
            node.units
        ));
        ours(&node.children, depth + 1, out);
    }
}

fn theirs(nodes: &Value, depth: usize, out: &mut Vec<String>) {
    for node in nodes.as_array().into_iter().flatten() {
        let units: Vec<String> = serde_json::from_value(node["units"].clone()).unwrap_or_default();
        out.push(format!(
            "{depth} {} {:?} {:?} {} {} {units:?}",
            node["line"],
            node["label"].as_str().unwrap(),
            node["heading"].as_str().unwrap(),
            node["level"],
            node["kind"]
        ));
        theirs(&node["children"], depth + 1, out);
    }
}

fn compare(index: usize) -> Option<Outline> {
    let (outline, truth) = load(index)?;
    let text = outline.reproduce();
    assert_eq!(Value::from(outline.source.characters), truth["chars"]);
    let expected = truth["documents"].as_array().unwrap();
    let kinds: Vec<Value> = outline
        .documents
        .iter()
        .map(|d| serde_json::to_value(d.kind).unwrap())
        .collect();
    let expected_kinds: Vec<Value> = expected.iter().map(|d| d["doc"].clone()).collect();
    assert_eq!(kinds, expected_kinds);
    for (document, truth) in outline.documents.iter().zip(expected) {
        assert_eq!(
            serde_json::to_value(&document.title).unwrap(),
            truth["title"]
        );
        if !truth["title_lines"].is_null() {
            let [first, last] = document.title_lines.unwrap();
            let lines = truth["title_lines"].as_array().unwrap();
            assert_eq!(
                (&Value::from(first), &Value::from(last)),
                (&lines[0], lines.last().unwrap())
            );
        }
        let (mut found, mut wanted) = (Vec::new(), Vec::new());
        ours(&document.nodes, 0, &mut found);
        theirs(&truth["outline"], 0, &mut wanted);
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(found, wanted);
        }
        assert_eq!(found.len(), wanted.len());
        let signature = document.signature.as_ref();
        if !truth["date"].is_null() {
            let signature = signature.unwrap();
            assert_eq!(
                Value::from(signature.date.unwrap().to_string()),
                truth["date"]
            );
            assert_eq!(
                serde_json::to_value(&signature.issuer).unwrap(),
                truth["issuer"]
            );
        } else {
            assert_eq!(signature, None);
        }
        if !truth["preamble_lines"].is_null() {
            assert_eq!(document.preamble.trim().lines().count(), 1);
        }
        let [first, last] = document.lines;
        let lines: [usize; 2] = serde_json::from_value(truth["lines"].clone()).unwrap();
        assert!(
            first >= lines[0] && last == lines[1],
            "{first}-{last} for {lines:?}"
        );
        for closing in truth["unnumbered_closing"].as_array().into_iter().flatten() {
            let line: usize = serde_json::from_value(closing["line"].clone()).unwrap();
            let words = text.split('\n').nth(line - 1).unwrap().trim();
            let held = document.walk().into_iter().any(|place| {
                !place.node.children.is_empty() && place.node.words_after().trim() == words
            });
            assert!(held, "closing paragraph {closing} is not its parent's");
        }
    }
    Some(outline)
}

fn noise(outline: &Outline) -> Vec<[usize; 2]> {
    outline.noise.iter().map(|noise| noise.lines).collect()
}

#[test]
fn seed_000_notice_draft_and_explanation() {
    let Some(outline) = compare(0) else { return };
    let (_, truth) = load(0).unwrap();
    let truth = &truth["documents"][0];
    let facts = serde_json::to_value(outline.notice.as_ref().unwrap()).unwrap();
    for (ours, theirs) in [
        (&facts["draft_title"], &truth["draft_title"]),
        (&facts["issuer"], &truth["issuer"]),
        (&facts["issued_on"], &truth["date"]),
        (&facts["opens_on"], &truth["window"]["start"]),
        (&facts["closes_on"], &truth["window"]["end"]),
        (&facts["days"], &truth["window"]["days_inclusive"]),
        (&facts["window"]["raw"], &truth["window"]["raw"]),
        (&facts["contact"]["person"], &truth["contact"]),
        (&facts["contact"]["phone"], &truth["phone"]),
        (&facts["contact"]["email"], &truth["email"]),
        (&facts["contact"]["address"], &truth["address"]),
    ] {
        assert_eq!(ours, theirs);
    }
    assert_eq!(facts["channels"], serde_json::json!(["电话", "电子邮件"]));
    assert_eq!(facts["title_derived"], true);
    assert!(
        truth["title_note"]
            .as_str()
            .unwrap()
            .contains(facts["title"].as_str().unwrap())
    );
    let listed = facts["attachments"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    for (ours, theirs) in listed.iter().zip(truth["attachments"].as_array().unwrap()) {
        assert_eq!(
            (&ours["number"], &ours["title"], &ours["line"]),
            (&theirs["no"], &theirs["title"], &theirs["line"])
        );
    }
    let window = outline.notice.as_ref().unwrap().check().unwrap();
    assert_eq!(window.days, 31);
    assert_eq!(outline.notice.as_ref().unwrap().paragraphs.len(), 2);
    assert_eq!(
        support::codes(&outline),
        [
            ("missing-title", 1),
            ("inline-enumeration", 87),
            ("inline-enumeration", 89)
        ]
    );
    assert_eq!(noise(&outline), [[0_usize; 2]; 0]);
    let draft = outline.plan().unwrap();
    assert_eq!(draft.find_anchor("2.3.8").unwrap().path, "二/(三)/8");
    assert_eq!(draft.find_anchor("1.2.b3").unwrap().path, "一/(二)/—3");
}

#[test]
fn seed_001_adopted_plan_with_forwarding_notice() {
    let Some(outline) = compare(1) else { return };
    assert_eq!(noise(&outline), [[1, 9], [52, 52], [83, 92]]);
    assert_eq!(support::codes(&outline), [("label-form", 25)]);
    assert_eq!(outline.notice, None);
}

#[test]
fn seed_002_page_of_another_website() {
    let Some(outline) = compare(2) else { return };
    let (_, truth) = load(2).unwrap();
    let wanted: Vec<Value> = truth["noise"]
        .as_array()
        .unwrap()
        .iter()
        .map(|noise| noise["lines"].clone())
        .collect();
    assert_eq!(
        serde_json::to_value(noise(&outline)).unwrap(),
        Value::from(wanted)
    );
    assert_eq!(support::codes(&outline), []);
}

#[test]
fn seed_003_missing_groups() {
    let Some(outline) = compare(3) else { return };
    assert_eq!(noise(&outline), [[1, 1]]);
    assert_eq!(
        support::codes(&outline),
        [
            ("missing-title", 2),
            ("sequence-gap", 17),
            ("sequence-gap", 30)
        ]
    );
}

#[test]
fn seed_004_blank_lines_and_old_dates() {
    let Some(outline) = compare(4) else { return };
    assert_eq!(noise(&outline), [[0_usize; 2]; 0]);
    assert_eq!(
        support::codes(&outline),
        [("unpaired-quotes", 31), ("restarted-numbering", 49)]
    );
}

/// What a copy through other programs does to a file changes no place and no heading.
#[test]
fn seeds_are_read_alike_after_harmless_changes() {
    let Some(folder) = support::seeds() else {
        return;
    };
    let places = |text: &str| -> Vec<Vec<String>> {
        let outline = support::read(text);
        outline.documents.iter().map(support::listing).collect()
    };
    for (name, _) in FILES {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let wanted = places(&text);
        assert_eq!(
            places(&text.replace('\n', "\r\n")),
            wanted,
            "{name} with CRLF"
        );
        assert_eq!(
            places(&text.replace('\n', "\n\u{3000}\u{3000}")),
            wanted,
            "{name} indented"
        );
        if !text.contains("\n\n") {
            assert_eq!(
                places(&text.replace('\n', "\n\n")),
                wanted,
                "{name} with blank lines"
            );
        }
        let count = |text: &str| -> Vec<usize> { places(text).iter().map(Vec::len).collect() };
        let wide = text
            .replace('(', "（")
            .replace(')', "）")
            .replace(',', "，")
            .replace(':', "：");
        assert_eq!(count(&wide), count(&text), "{name} full-width");
    }
}
