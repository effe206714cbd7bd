//! The corpus, read: what `scripts/bench mail-accuracy` prints must hold.

use crate::corpus::{all, score::score};

#[test]
fn the_corpus_is_read_as_it_was_written() {
    let samples = all();
    assert!(samples.len() >= 150, "{}", samples.len());
    let found = score(&samples);
    let mut kinds: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for fault in &found.faults {
        *kinds.entry(fault.split(':').next().unwrap()).or_default() += 1;
    }
    let shown = found
        .faults
        .iter()
        .take(60)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    let shown = format!("{} messages, {kinds:?}\n{shown}", found.messages);
    assert_eq!((found.characters.wrong, found.lost), (0, 0), "{shown}");
    assert!(
        found.own.recall() >= 0.90,
        "own words {:.3} {shown}",
        found.own.recall()
    );
    assert_eq!(found.automatic.wrong, 0, "{shown}");
    assert!(found.automatic.recall() >= 0.98, "{shown}");
    assert!(
        found.contact.f1() >= 0.95,
        "contact {:.3} {shown}",
        found.contact.f1()
    );
    assert!(
        found.named.f1() >= 0.95,
        "named {:.3} {shown}",
        found.named.f1()
    );
    assert!(
        found.quoted.f1() >= 0.80,
        "quoted {:.3} {shown}",
        found.quoted.f1()
    );
    assert!(
        !found
            .faults
            .iter()
            .any(|fault| fault.starts_with("span") || fault.starts_with("evidence")),
        "{shown}"
    );
}
