//! Whatever a form of the office is answered with, nothing that was typed is lost.

use crate::on_both;
use crate::steps::{comment, only_remark};
use std::collections::BTreeSet;

/// What a browser shows of a page's text.
fn plain(page: &str) -> String {
    crate::steps::unescaped(page)
}

/// Every address of the office that takes a form of text fields, from the source.
fn forms() -> BTreeSet<String> {
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
            let takes_files = path == "/office/imports" || path.ends_with("/versions");
            if path.starts_with("/office/")
                && piece.contains("post()")
                && !takes_files
                && !path.contains("/sign-")
            {
                found.insert(path.to_owned());
            }
        }
    }
    found
}

fn long() -> String {
    "第一行：“建议”改为<应当>。\r\n\r\n　　第三行\r\n".to_owned() + &"很长的话。".repeat(4_000)
}

on_both! {
    fn every_form_gives_back_what_was_typed_when_it_is_refused_or_the_session_ends(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let remark = only_remark(&mut office);
        let id = remark.rsplit('/').next().unwrap().to_owned();
        let words = long();
        let sent = [("csrf", "old"), ("reason", words.as_str()), ("note", "另一栏")];
        let forms = forms();
        assert!(forms.len() > 10, "{forms:?}");
        for form in &forms {
            let address = form.replace("{slug}", "plan").replace("{id}", &id).replace("{remark}", &id);
            let refused = office.post(&address, &sent);
            assert_eq!(refused.status, 403, "{address}");
            let page = plain(&refused.text());
            assert!(page.contains(&words) && page.contains("另一栏"), "{address}");
        }
        site.clock.advance(13 * 3600);
        for form in &forms {
            let address = form.replace("{slug}", "plan").replace("{id}", &id).replace("{remark}", &id);
            let ended = office.post(&address, &sent);
            assert_eq!(ended.status, 401, "{address}");
            assert_eq!(ended.header("cache-control"), Some("no-store"));
            let page = plain(&ended.text());
            assert!(page.contains(&words) && page.contains("另一栏") && page.contains("/office/sign-in"), "{address}");
        }
        let nothing = office.post(&format!("{remark}/outcome"), &[("csrf", "old")]);
        assert!(nothing.location().starts_with("/office/sign-in?next="));
        office.headers.push(("sec-fetch-site".to_owned(), "cross-site".to_owned()));
        let foreign = office.post(&format!("{remark}/outcome"), &sent);
        assert_eq!(foreign.status, 403);
        assert!(!plain(&foreign.text()).contains("另一栏"), "another site's form is not read");
    }
}
