//! What several tests need.

use jianyan::documents::model::{DocumentOutline, Outline, canonical_path};
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, SourceText, from_bytes};
use std::collections::HashSet;
use std::path::PathBuf;

/// The text as the reader takes it from a file.
pub fn source(text: &str) -> SourceText {
    from_bytes("plan.txt", text.as_bytes(), &Limits::default()).unwrap()
}

/// The outline of a text; every test that reads one also checks that no
/// character is lost, that its JSON is read back, and that each place has its own anchor.
pub fn read(text: &str) -> Outline {
    let outline = outline(&source(text));
    assert_eq!(outline.reproduce(), text, "characters lost or moved");
    let json = serde_json::to_string(&outline).unwrap();
    assert_eq!(
        serde_json::from_str::<Outline>(&json).unwrap(),
        outline,
        "lost in JSON"
    );
    for document in &outline.documents {
        let places = document.walk();
        let anchors: HashSet<&str> = places.iter().map(|place| place.anchor.as_str()).collect();
        assert_eq!(anchors.len(), places.len(), "an anchor names two places");
        for place in &places {
            assert_eq!(place.path, canonical_path(&place.ancestors, place.node));
        }
    }
    outline
}

/// `path heading` of every node.
pub fn listing(document: &DocumentOutline) -> Vec<String> {
    document
        .walk()
        .iter()
        .map(|place| format!("{} {}", place.path, place.node.heading))
        .collect()
}

pub fn codes(outline: &Outline) -> Vec<(&str, usize)> {
    outline
        .warnings
        .iter()
        .map(|warning| (warning.code.as_str(), warning.line))
        .collect()
}

/// The folder of real plan files, where it is present. Absence is a failure on CI.
pub fn seeds() -> Option<PathBuf> {
    let shared = std::env::var_os("JIANYAN_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let seeds = shared.join("seeds");
    if seeds.is_dir() {
        return Some(seeds);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "no seeds at {}",
        seeds.display()
    );
    println!("skipped: no seeds at {}", seeds.display());
    None
}
