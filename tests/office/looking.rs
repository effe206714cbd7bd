//! Looking at what is sealed leaves an event, at every address that shows it; the list of addresses is
//! taken from the source, so that a new one is judged.

use crate::letter_page::only_letter;
use crate::mail::{Letter, parts};
use crate::on_both;
use crate::steps::{events, only_remark};
use crate::support::TestSite;
use std::collections::BTreeSet;

/// Each address that shows something sealed, and the event it leaves.
const SEALED: [(&str, &str); 13] = [
    ("/office/c/{slug}/remarks", "senders-listed"),
    ("/office/c/{slug}/remarks/{id}", "contact-viewed"),
    ("/office/c/{slug}/letters", "senders-listed"),
    ("/office/c/{slug}/letters/{id}", "contact-viewed"),
    ("/office/c/{slug}/letters/{id}/body", "letter-viewed"),
    ("/office/c/{slug}/letters/{id}/raw", "letter-fetched"),
    (
        "/office/c/{slug}/submissions/{id}/messages",
        "correspondence-viewed",
    ),
    (
        "/office/c/{slug}/submissions/{submission}/attachments/{id}",
        "attachment-fetched",
    ),
    ("/office/mailboxes", "senders-listed"),
    ("/office/mailboxes/letters/{id}/raw", "letter-fetched"),
    ("/office/requests/{id}", "contact-viewed"),
    ("/office/requests/{id}/copy", "privacy-copy-made"),
    ("/office/c/{slug}/export", "summary-exported"),
];

/// Addresses that show nothing sealed, or it masked.
const OPEN: [&str; 19] = [
    "/office",
    "/office/accounts",
    "/office/password",
    "/office/sign-in",
    "/office/mails",
    "/office/requests",
    "/office/imports",
    "/office/imports/{id}",
    "/office/imports/{id}/edits",
    "/office/imports/{id}/publish",
    "/office/imports/{id}/facts",
    "/office/imports/{id}/matches",
    "/office/imports/{id}/check",
    "/office/c/{slug}/versions",
    "/office/c/{slug}/submissions/new",
    "/office/c/{slug}/publish",
    "/office/c/{slug}/window",
    "/office/c/{slug}/wall",
    "/office/c/{slug}/audit",
];

/// The addresses of the office that can be asked for by GET, from the source.
fn addresses() -> BTreeSet<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/routes/office");
    let mut found = BTreeSet::new();
    for part in [
        "mod.rs",
        "letters/mod.rs",
        "imports/mod.rs",
        "requests/mod.rs",
    ] {
        let text = std::fs::read_to_string(root.join(part)).unwrap();
        for piece in text.split("resource(").skip(1) {
            let path = piece.split('"').nth(1).unwrap_or_default();
            if path.starts_with("/office") && piece.contains("get()") {
                found.insert(path.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_address_is_judged() {
    let known: BTreeSet<String> = SEALED
        .iter()
        .map(|(path, _)| *path)
        .chain(OPEN)
        .map(ToOwned::to_owned)
        .collect();
    let new: Vec<String> = addresses().difference(&known).cloned().collect();
    assert_eq!(
        new,
        Vec::<String>::new(),
        "put into SEALED with its event, or into OPEN"
    );
}

on_both! {
    fn a_letter_and_its_parts_leave_an_event_once_in_ten_minutes(site: TestSite) {
        site.publish_sample();
        let file = parts("见附件。", &[("filename=\"a.txt\"", "甲的附件")]);
        let raw = Letter { kind: &file.0, body: &file.1, ..Letter::default() }.raw();
        site.mailroom("plan").receive(&raw, None).unwrap();
        let mut office = site.staff();
        let here = only_letter(&mut office);
        let remark = only_remark(&mut office);
        let page = office.get(&remark).text();
        let attachment = page.split("href=\"").find(|part| part.contains("/attachments/")).unwrap().split('"').next().unwrap().to_owned();
        let messages = attachment.split("/attachments/").next().unwrap().to_owned() + "/messages";
        site.clock.advance(601);
        let asked = [
            ("/office/c/plan/remarks".to_owned(), "senders-listed", 1),
            (remark, "contact-viewed", 1),
            ("/office/c/plan/letters".to_owned(), "senders-listed", 0),
            (format!("{here}/body"), "letter-viewed", 1),
            (format!("{here}/raw"), "letter-fetched", 2),
            (messages, "correspondence-viewed", 1),
            (attachment, "attachment-fetched", 2),
        ];
        for (address, action, more) in asked {
            let count = |site: &TestSite| events(site).iter().filter(|one| one.action == action).count();
            let before = count(&site);
            for _ in 0..2 {
                assert_eq!(office.get(&address).status, 200, "{address}");
            }
            assert_eq!(count(&site) - before, more, "{address} {action}");
            let last = events(&site).into_iter().rfind(|one| one.action == action).unwrap();
            assert_eq!(last.who, "周青禾");
        }
    }
}
