//! `document outline`: a real plan against its verified outline.

use crate::support::process::Installation;
use crate::support::{notice::NOTICE, seed};
use serde_json::Value;

/// Depth, label, heading, level, kind and units of every node.
fn listing(nodes: &Value, depth: usize, found: &mut Vec<String>) {
    for node in nodes.as_array().into_iter().flatten() {
        found.push(format!(
            "{depth} {} {} {} {} {} {}",
            node["line"],
            node["label"],
            node["heading"],
            node["level"],
            node["kind"],
            node.get("units").unwrap_or(&Value::Array(Vec::new()))
        ));
        listing(&node["children"], depth + 1, found);
    }
}

#[test]
fn the_real_plan_is_read_as_verified() {
    let Some(path) = seed("000_b01fd7790398bd20.txt") else {
        return;
    };
    let truth = path.with_file_name("outlines").join("outline-000.json");
    let truth: Value = serde_json::from_slice(&std::fs::read(truth).unwrap()).unwrap();
    let here = Installation::new();
    let read = here
        .run(&["document", "outline", path.to_str().unwrap(), "--json"])
        .json();
    let (ours, theirs) = (&read["documents"], &truth["documents"]);
    assert_eq!(
        ours.as_array().unwrap().len(),
        theirs.as_array().unwrap().len()
    );
    for (ours, theirs) in ours
        .as_array()
        .unwrap()
        .iter()
        .zip(theirs.as_array().unwrap())
    {
        assert_eq!(ours["kind"], theirs["doc"]);
        assert_eq!(ours["title"], theirs["title"]);
        let (mut found, mut wanted) = (Vec::new(), Vec::new());
        listing(&ours["nodes"], 0, &mut found);
        listing(&theirs["outline"], 0, &mut wanted);
        assert_eq!(found, wanted);
    }
    let (notice, truth) = (&read["notice"], &truth["documents"][0]);
    for (ours, theirs) in [
        (&notice["issuer"], &truth["issuer"]),
        (&notice["issued_on"], &truth["date"]),
        (&notice["opens_on"], &truth["window"]["start"]),
        (&notice["closes_on"], &truth["window"]["end"]),
        (&notice["days"], &truth["window"]["days_inclusive"]),
        (&notice["contact"]["phone"], &truth["phone"]),
        (&notice["contact"]["email"], &truth["email"]),
        (&notice["contact"]["address"], &truth["address"]),
    ] {
        assert_eq!(ours, theirs);
    }
    assert!(here.listing().is_empty(), "reading leaves nothing");
}

#[test]
fn the_shape_is_the_agreed_one() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    let read = here
        .run(&["document", "outline", "notice.txt", "--json"])
        .json();
    assert_eq!(read["source"]["name"], "notice.txt");
    assert_eq!(
        read["source"]["sha256"],
        jianyan::ids::sha256(NOTICE.as_bytes())
    );
    assert_eq!(read["source"]["characters"], NOTICE.chars().count());
    assert_eq!(
        read["notice"]["channels"],
        serde_json::json!(["电话", "电子邮件"])
    );
    let kinds: Vec<&Value> = read["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(kinds, ["notice", "draft", "explanation"]);
    assert!(read["noise"].is_array() && read["warnings"].is_array());
    let plain = here.run(&["document", "outline", "notice.txt"]);
    assert!(plain.good().contains("1.开展集中清理"), "{plain:?}");
}
