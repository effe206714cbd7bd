//! Markup that somebody writes into every field there is stays words on every page of the office.

use crate::mail::{Letter, parts};
use crate::on_both;
use crate::steps::{QUEUE, comment_with, decide, enter, queue, remark_ids};
use crate::support::TestSite;
use jianyan::identity::model::Role;

const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

/// Nothing of the payload stands in a page as markup.
fn assert_inert(page: &str, what: &str) {
    for mark in ["<script", "<img", "\"'>", "</title><", "</textarea><"] {
        let at = page.find(mark);
        let around: String = at.map_or_else(String::new, |at| {
            page[..at]
                .chars()
                .rev()
                .take(80)
                .collect::<String>()
                .chars()
                .rev()
                .chain(page[at..].chars().take(80))
                .collect()
        });
        assert!(at.is_none(), "{what}: {around}");
    }
}

fn everything_hostile(site: &TestSite) {
    site.publish_sample();
    let text = format!("{SCRIPT}</textarea></title>");
    comment_with(
        site,
        &[("text", &text), ("name", SCRIPT), ("address", SCRIPT)],
    );
    comment_with(
        site,
        &[
            ("text", &text),
            ("sender_kind", "organisation"),
            ("organisation", SCRIPT),
        ],
    );
    let name = "filename*=UTF-8''%22%27%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E.html";
    let (kind, body) = parts(&text, &[(name, "<script>alert(1)</script>")]);
    let from = "\"<script>alert(1)</script><img src=x>\" <\"<script>\"@example.com>";
    let room = site.mailroom("plan");
    let hostile = Letter {
        from,
        subject: SCRIPT,
        kind: &kind,
        body: &body,
        ..Letter::default()
    };
    room.receive(&hostile.raw(), None).unwrap();
    let set_aside = Letter {
        id: Some("auto"),
        extra: "Auto-Submitted: auto-replied\r\n",
        ..hostile
    };
    room.receive(&set_aside.raw(), None).unwrap();
    site.account("evil", &SCRIPT[..40], Role::Drafter);
}

on_both! {
    /// Every field of the form and of a letter, on every page that shows it.
    fn what_people_write_is_words_on_every_page(site: TestSite) {
        everything_hostile(&site);
        let mut office = site.client();
        office.sign_in("evil", crate::support::PASSWORD);
        let list = queue(&mut office, "");
        assert_inert(&list, "queue");
        let ids = remark_ids(&list);
        assert_eq!(ids.len(), 3);
        for id in &ids {
            let address = format!("{QUEUE}/{id}");
            let hostile = [("reason", SCRIPT), ("outcome", SCRIPT)];
            assert_inert(&decide(&mut office, &address, &hostile).text(), "refused reason");
            assert_eq!(decide(&mut office, &address, &[("reason", SCRIPT)]).status, 303);
            let page = office.get(&address).text();
            assert_inert(&page, "remark");
            assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "shown as it was written");
            let stale = decide(&mut office, &address, &[("revision", "0"), ("reason", SCRIPT)]);
            assert_eq!(stale.status, 409);
            assert_inert(&stale.text(), "conflict");
        }
        let fields = ["channel", "received_on", "received_at", "section", "text", "sender_kind", "name", "organisation", "phone", "email", "address", "once"];
        let changed: Vec<(&str, &str)> = fields.iter().map(|name| (*name, SCRIPT)).collect();
        let refused = enter(&mut office, &changed);
        assert_eq!(refused.status, 422);
        assert_inert(&refused.text(), "entry");
        let csrf = office.csrf();
        let odd = [("csrf", csrf.as_str()), ("format", SCRIPT), ("edition", SCRIPT)];
        assert_inert(&office.post("/office/c/plan/export", &odd).text(), "export");
        for address in ["/office", "/office/c/plan/letters", "/office/c/plan/audit", "/office/c/plan/export", "/en/office/c/plan/remarks", "/en/office/c/plan/letters"] {
            assert_inert(&office.get(address).text(), address);
        }
    }

    /// The same in addresses, which anybody can send a member of staff.
    fn what_stands_in_an_address_is_words_too(site: TestSite) {
        everything_hostile(&site);
        let mut office = site.staff();
        let ask = |name: &str| serde_urlencoded::to_string([(name, SCRIPT)]).unwrap();
        let path = ask("").split_once('=').unwrap().1.replace('+', "%20").replace('/', "%2F");
        for address in [
            format!("{QUEUE}?{}", ask("q")),
            format!("{QUEUE}?{}&{}", ask("outcome"), ask("section")),
            format!("{QUEUE}?{}&{}", ask("after"), ask("before")),
            format!("/office/c/plan/audit?{}", ask("who")),
            format!("/office/c/plan/audit?{}", ask("before")),
            format!("/office/c/plan/letters?{}", ask("before")),
            format!("/office/sign-in?{}", ask("next")),
            format!("{QUEUE}/{path}"),
            format!("/office/c/{path}/remarks"),
            format!("/office/{path}"),
        ] {
            let reply = office.get(&address);
            assert!(reply.status == 200 || reply.status == 404, "{address}: {}", reply.status);
            assert_inert(&reply.text(), &address);
        }
        let sign_in = [("login", SCRIPT), ("password", SCRIPT), ("next", SCRIPT)];
        assert_inert(&site.client().post("/office/sign-in", &sign_in).text(), "sign-in");
    }

    /// Were something to slip through, the page's policy lets nothing run and nothing frame it.
    fn no_page_of_the_office_lets_anything_run(site: TestSite) {
        everything_hostile(&site);
        let mut office = site.staff();
        let remark = format!("{QUEUE}/{}", remark_ids(&queue(&mut office, ""))[0]);
        for address in ["/office", QUEUE, &remark, "/office/c/plan/submissions/new", "/office/c/plan/letters", "/office/c/plan/export", "/office/c/plan/audit", "/office/c/plan/remarks/none"] {
            let reply = office.get(address);
            let policy = reply.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{address}");
            assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{address}");
            assert_eq!(reply.header("cache-control"), Some("no-store"), "{address}");
            assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{address}");
            assert_eq!(reply.header("x-robots-tag"), Some("noindex"), "{address}");
        }
    }
}
