//! Who may only look is offered nothing that would be refused.

use crate::letter_page::only_letter;
use crate::mail::Letter;
use crate::on_both;
use crate::steps::comment;
use crate::support::PASSWORD;
use jianyan::identity::model::Role;
use std::collections::{BTreeSet, VecDeque};

/// The addresses of the office that a page leads to, without what stands behind `#`.
fn links(page: &str) -> Vec<String> {
    let inside = page
        .split("href=\"")
        .skip(1)
        .filter_map(|part| part.split('"').next());
    let own = inside.filter(|href| href.starts_with("/office") || href.starts_with("/en/office"));
    own.map(|href| {
        crate::steps::unescaped(href)
            .split('#')
            .next()
            .unwrap()
            .to_owned()
    })
    .collect()
}

/// The addresses that a page's forms are sent to.
fn forms(page: &str) -> Vec<String> {
    let forms = page
        .split("<form ")
        .skip(1)
        .filter_map(|part| part.split('>').next());
    let posts = forms.filter(|form| form.contains("method=\"post\""));
    posts
        .map(|form| {
            form.split("action=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

on_both! {
    fn an_auditor_is_offered_nothing_that_is_refused(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let auto = Letter { id: Some("auto"), extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() };
        site.mailroom("plan").receive(&auto.raw(), None).unwrap();
        let held = only_letter(&mut site.staff());
        site.mailroom("plan").receive(&Letter { id: Some("one"), ..Letter::default() }.raw(), None).unwrap();
        site.account("shen", "沈既明", Role::Auditor);
        let mut auditor = site.client();
        auditor.sign_in("shen", PASSWORD);
        for prefix in ["", "/en"] {
            let mut waiting = VecDeque::from([format!("{prefix}/office"), format!("{prefix}{held}"), format!("{prefix}/office/c/plan/window"), format!("{prefix}/office/imports")]);
            let mut seen = BTreeSet::new();
            while let Some(address) = waiting.pop_front() {
                if !seen.insert(address.clone()) || seen.len() > 120 {
                    continue;
                }
                let reply = auditor.get(&address);
                assert_eq!(reply.status, 200, "{address}");
                let Ok(page) = String::from_utf8(reply.body) else { continue };
                for form in forms(&page) {
                    let own = ["/office/sign-out", "/office/password", "/export"];
                    let harmless = own.iter().any(|end| form.ends_with(end));
                    assert!(harmless, "{address} offers {form}");
                }
                waiting.extend(links(&page));
            }
            assert!(seen.len() > 12, "{seen:?}");
            let offered: Vec<_> = seen.iter().filter(|one| one.ends_with("/submissions/new")).collect();
            assert!(offered.is_empty(), "{offered:?}");
        }
        let page = site.staff().get(&held).text();
        assert!(forms(&page).iter().any(|form| form.ends_with("/decide")), "those who decide still can");
    }
}
