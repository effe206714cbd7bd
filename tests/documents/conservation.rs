//! Every character of a source stands in exactly one place.

use crate::support;
use jianyan::documents::model::{Node, Outline};
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, from_bytes};
use std::collections::BTreeMap;
use std::fs;

type Count = BTreeMap<char, usize>;

fn add(count: &mut Count, words: &str) {
    for c in words.chars() {
        *count.entry(c).or_default() += 1;
    }
}

fn add_node(count: &mut Count, node: &Node) {
    for words in [&node.label, &node.gap, &node.heading, &node.text] {
        add(count, words);
    }
    for child in &node.children {
        add_node(count, child);
    }
}

fn total(outline: &Outline) -> Count {
    let mut count = Count::new();
    for document in &outline.documents {
        for words in [&document.head, &document.preamble, &document.foot] {
            add(&mut count, words);
        }
        for node in &document.nodes {
            add_node(&mut count, node);
        }
    }
    for noise in &outline.noise {
        add(&mut count, &noise.text);
    }
    count
}

#[test]
fn every_character_of_every_seed_is_in_one_place() {
    let Some(folder) = support::seeds() else {
        return;
    };
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let source = from_bytes("seed.txt", &bytes, &Limits::default()).unwrap();
        let outline = outline(&source);
        let mut wanted = Count::new();
        add(&mut wanted, &source.text);
        assert_eq!(total(&outline), wanted, "{}", path.display());
        assert_eq!(outline.reproduce(), source.text, "{}", path.display());
        files += 1;
    }
    assert!(files >= 5);
}
