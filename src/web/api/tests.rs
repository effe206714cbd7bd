//! The interface describes what it sends, and sends the draft word for word.

use super::of_changes::changes;
use super::of_consultation::{consultation, problem};
use super::of_outline::{outline, section};
use super::openapi::document;
use crate::consultations::model::{Consultation, OfficeContact, Window};
use crate::documents::compare::matches;
use crate::documents::model::DocumentOutline;
use crate::documents::outline as reading;
use crate::documents::read::{Limits, from_bytes};
use crate::error::{Error, Kind};
use jiff::civil::date;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const TEXT: &str = "松涧区绿道建设行动方案\n(征求意见稿)\n一、总体要求\n到2027年建成绿道40公里。\n二、重点任务\n\
(一)贯通断点。打通断点十二处。(区园林局、区水务局按职责分工负责)\n——补种乔木。\n(二)完善设施。每两公里设一处驿站。\n";

fn draft(text: &str) -> DocumentOutline {
    let source = from_bytes("plan.txt", text.as_bytes(), &Limits::default()).unwrap();
    reading::outline(&source).plan().unwrap().clone()
}

#[test]
fn a_section_is_sent_word_for_word_with_its_neighbours() {
    let sent = serde_json::to_value(section(&draft(TEXT), "2.1").unwrap()).unwrap();
    assert_eq!(sent["path"], "二/(一)");
    assert_eq!(sent["heading"], "贯通断点");
    assert!(
        sent["text"]
            .as_str()
            .unwrap()
            .starts_with("。打通断点十二处。(")
    );
    assert_eq!(sent["units"], json!(["区园林局", "区水务局"]));
    assert_eq!(sent["above"][0]["anchor"], "2");
    assert_eq!(sent["children"][0]["anchor"], "2.1.b1");
    assert_eq!(sent["previous"]["anchor"], "2");
    assert_eq!(sent["next"]["anchor"], "2.1.b1");
    assert!(section(&draft(TEXT), "9").is_none());
}

#[test]
fn an_outline_has_every_place_once() {
    fn anchors(nodes: &Value, into: &mut Vec<String>) {
        for node in nodes.as_array().unwrap() {
            into.push(node["anchor"].as_str().unwrap().to_owned());
            anchors(&node["children"], into);
        }
    }
    let sent = serde_json::to_value(outline(&draft(TEXT))).unwrap();
    let mut found = Vec::new();
    anchors(&sent["nodes"], &mut found);
    assert_eq!(found, ["1", "2", "2.1", "2.1.b1", "2.2"]);
}

#[test]
fn changes_are_sent_with_their_words() {
    let (old, new) = (draft(TEXT), draft(&TEXT.replace("40公里", "45公里")));
    let sent = changes((1, &old), (2, &new), &matches(&old, &new));
    let sent = serde_json::to_value(sent).unwrap();
    let edited: Vec<&Value> = sent["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| !change["redline"].is_null())
        .collect();
    assert_eq!(edited.len(), 1);
    assert_eq!(edited[0]["change"], "edited");
    let runs = &edited[0]["redline"]["blocks"][1]["runs"];
    assert_eq!(runs[1], json!({"kind": "deleted", "text": "40公里"}));
    assert_eq!(runs[2], json!({"kind": "inserted", "text": "45公里"}));
}

/// Every `$ref` of the description leads to a type in it, every type is used or asked for.
#[test]
fn the_description_is_whole() {
    fn references(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(to)) = object.get("$ref") {
                    into.insert(to.trim_start_matches("#/components/schemas/").to_owned());
                }
                object.values().for_each(|value| references(value, into));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, into)),
            _ => {}
        }
    }
    let sent =
        serde_json::to_value(document("https://yijian.example.org/", "松涧区意见征集")).unwrap();
    assert_eq!(
        sent["servers"][0]["url"],
        "https://yijian.example.org/api/v1"
    );
    let mut used = BTreeSet::new();
    references(&sent, &mut used);
    let types: BTreeSet<String> = sent["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(used, types);
    for (path, item) in sent["paths"].as_object().unwrap() {
        let named = path.matches('{').count();
        let declared = item["get"]["parameters"].as_array().map_or(0, Vec::len);
        assert_eq!(named, declared, "{path}");
        assert_eq!(
            item["get"]["responses"].get("404").is_some(),
            named > 0,
            "{path}"
        );
    }
    assert_eq!(sent["paths"].as_object().unwrap().len(), 7);
}

/// What is sent has the keys that the description names.
#[test]
fn what_is_sent_is_what_is_described() {
    let described = serde_json::to_value(document("", "")).unwrap();
    let properties = |name: &str| -> BTreeSet<String> {
        let schema = &described["components"]["schemas"][name]["properties"];
        schema.as_object().unwrap().keys().cloned().collect()
    };
    let keys = |value: &Value| -> BTreeSet<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let sent = serde_json::to_value(section(&draft(TEXT), "2.1").unwrap()).unwrap();
    assert_eq!(keys(&sent), properties("Section"));
    let sent = serde_json::to_value(outline(&draft(TEXT))).unwrap();
    assert_eq!(keys(&sent["nodes"][0]), properties("OutlineNode"));
    let (old, new) = (draft(TEXT), draft(&TEXT.replace("驿站", "书屋")));
    let sent = serde_json::to_value(changes((1, &old), (2, &new), &matches(&old, &new))).unwrap();
    assert_eq!(keys(&sent), properties("Redline"));
    assert_eq!(keys(&sent["changes"][0]), properties("SectionChange"));
}

#[test]
fn a_consultation_is_sent_with_its_window_and_where_it_stands() {
    let held = Consultation {
        id: "secret".into(),
        slug: "lvdao".into(),
        title: "公告".into(),
        draft_title: "方案".into(),
        issuer: "松涧区园林局".into(),
        issued_on: None,
        window: Window::new(date(2026, 5, 29), date(2026, 6, 28)).unwrap(),
        contact: OfficeContact {
            phone: Some("0900-5550117".into()),
            ..OfficeContact::default()
        },
        channels: vec!["电话".into()],
        attachments: vec![],
        notice_text: "甲。\n乙。".into(),
        source_sha256: "00".into(),
        source_name: "a.docx".into(),
        wrapped_key: vec![1, 2, 3],
        published_at: "2026-05-28T16:00:00Z".parse().unwrap(),
        answered_at: Some("2026-08-01T00:00:00Z".parse().unwrap()),
        short_reason: None,
        wall_opened_at: None,
        version: 1,
    };
    let at = |now: &str| {
        let sent = consultation(
            &held,
            &[],
            &[],
            "https://yijian.example.org/",
            now.parse().unwrap(),
        );
        serde_json::to_value(sent).unwrap()
    };
    let sent = at("2026-06-28T15:59:59Z");
    assert_eq!(
        (&sent["stage"], &sent["closes_on"], &sent["days"]),
        (&json!("open"), &json!("2026-06-28"), &json!(31))
    );
    assert_eq!(sent["answered_at"], Value::Null);
    assert_eq!(sent["notice"], json!(["甲。", "乙。"]));
    assert_eq!(sent["published_at"], "2026-05-28T16:00:00Z");
    assert_eq!(sent["page"], "https://yijian.example.org/c/lvdao");
    assert!(!sent.to_string().contains("secret") && sent.get("wrapped_key").is_none());
    assert_eq!(at("2026-06-28T16:00:00Z")["stage"], "closed");
    assert_eq!(at("2026-08-01T00:00:00Z")["stage"], "answered");
}

#[test]
fn a_problem_says_what_to_do_in_both_languages() {
    let error = Error::new(
        Kind::NotFound,
        "没有这一条，请核对",
        "no such section; check it",
    );
    let sent = problem(
        &error,
        404,
        "Not Found",
        "/api/v1/consultations/a/sections/9",
    );
    let sent = serde_json::to_value(sent).unwrap();
    let wanted = json!({
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "没有这一条，请核对",
        "detail_en": "no such section; check it",
        "instance": "/api/v1/consultations/a/sections/9",
    });
    assert_eq!(sent, wanted);
}
