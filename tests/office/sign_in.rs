//! Getting in, being sent back to where one wanted to go, and being sent nowhere else.

use crate::on_both;
use crate::steps::{ENTRY, account, comment, events_of, only_remark, unescaped};
use crate::support::client::Reply;
use crate::support::{Client, LOGIN, PASSWORD};
use jianyan::identity::model::Role;

fn attempt(client: &mut Client, login: &str, password: &str, next: &str) -> Reply {
    let fields = [("login", login), ("password", password), ("next", next)];
    client.post("/office/sign-in", &fields)
}

on_both! {
    /// Every page asks who is there, and brings them to where they wanted to go.
    fn every_page_asks_and_comes_back(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let remark = only_remark(&mut site.staff());
        let no_file = format!("{ENTRY}/019756c0-0000-7000-8000-000000000000/attachments/019756c0-0000-7000-8000-000000000001");
        let pages = [
            "/office",
            "/office/c/plan/remarks",
            "/office/c/plan/remarks?outcome=open&q=%E6%A5%BC%E9%81%93",
            &remark,
            "/office/c/plan/submissions/new",
            "/office/c/plan/letters",
            "/office/c/plan/export",
            "/office/c/plan/audit?who=%E5%91%A8",
            &no_file,
        ];
        for prefix in ["", "/en"] {
            for page in pages {
                let mut client = site.client();
                let asked = client.get(&format!("{prefix}{page}"));
                let form = client.get(asked.location());
                assert_eq!(form.status, 200);
                let next = unescaped(&form.hidden("next"));
                assert_eq!(next, page);
                let sign_in = format!("{prefix}/office/sign-in");
                let fields = [("login", LOGIN), ("password", PASSWORD), ("next", &*next)];
                assert_eq!(client.post(&sign_in, &fields).location(), format!("{prefix}{page}"));
            }
        }
    }

    /// Somebody whose session ran out while writing comes back to the page of the form, which is a
    /// page, and not to the address the form was sent to.
    fn a_form_without_a_session_leads_back_to_its_page(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let remark = only_remark(&mut site.staff());
        let forms = [
            (format!("{remark}/outcome"), remark.clone()),
            (format!("{remark}/section"), remark.clone()),
            (ENTRY.to_owned(), format!("{ENTRY}/new")),
            ("/office/c/plan/export".to_owned(), "/office/c/plan/export".to_owned()),
        ];
        for (address, page) in forms {
            let mut client = site.client();
            let asked = client.post(&address, &[("outcome", "adopted")]);
            let next = unescaped(&client.get(asked.location()).hidden("next"));
            assert_eq!(next, page);
            let written = client.post(&address, &[("outcome", "adopted"), ("reason", "无")]);
            assert_eq!(written.status, 401, "what was typed is on the page");
            let text = written.text();
            let door = text.split("href=\"").find(|part| part.starts_with("/office/sign-in")).unwrap();
            let door = unescaped(door.split('"').next().unwrap());
            assert_eq!(unescaped(&client.get(&door).hidden("next")), page);
            let there = attempt(&mut client, LOGIN, PASSWORD, &next);
            assert_eq!(client.get(there.location()).status, 200);
        }
        assert!(events_of(&site, "response-given").is_empty());
    }

    /// A wrong password and an unknown login get the same words.
    fn which_of_the_two_was_wrong_is_not_said(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let mut client = site.client();
        let wrong = attempt(&mut client, LOGIN, "Wrong-password-1", "/office/c/plan/audit");
        let unknown = attempt(&mut client, "zhao", "Wrong-password-1", "/office/c/plan/audit");
        assert_eq!((wrong.status, unknown.status), (422, 422));
        assert_eq!(wrong.text(), unknown.text().replace("zhao", LOGIN));
        assert!(wrong.text().contains("value=\"zhou\"") && !wrong.text().contains("Wrong-password-1"));
        assert_eq!(wrong.hidden("next"), "/office/c/plan/audit", "the way there is kept");
        for odd in ["", "a\0b", "' OR 1=1 --", "周青禾", &"a".repeat(10_000)] {
            let reply = attempt(&mut client, odd, "Wrong-password-1", "");
            assert_eq!(reply.status, 422, "{odd:?}");
        }
    }

    /// The stored password is an argon2id hash with its own salt.
    fn passwords_are_kept_as_argon2id(site: TestSite) {
        site.account("zhou", "周青禾", Role::Drafter);
        site.account("wang", "王一苇", Role::Drafter);
        let (zhou, wang) = (account(&site, "zhou").0, account(&site, "wang").0);
        assert!(zhou.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{zhou}");
        assert!(!zhou.contains(PASSWORD) && zhou != wang);
    }

    /// A link to the sign-in page cannot lead to another site, nor back out.
    fn next_leads_nowhere_else(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let elsewhere = [
            "//evil.example.com",
            "///evil.example.com",
            "/office\\evil.example.com",
            "/\\evil.example.com",
            "/office/\\evil",
            "https://evil.example.com/office",
            "javascript:alert(1)",
            "/officeevil",
            "office",
            "/c/plan",
            "/office/sign-out",
            "/office/sign-in?next=/office",
            "/office/c/plan\r\nSet-Cookie: a=b",
            " /office",
            "\t//evil.example.com",
            "/office/c/计划",
        ];
        for next in elsewhere {
            let mut client = site.client();
            assert_eq!(attempt(&mut client, LOGIN, PASSWORD, next).location(), "/office", "{next:?}");
            let query = serde_urlencoded::to_string([("next", next)]).unwrap();
            let form = client.get(&format!("/office/sign-in?{query}"));
            assert_eq!(form.hidden("next"), "", "{next:?}");
        }
    }

    /// Another site's page can make nobody sign in.
    fn signing_in_from_another_site_is_refused(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let own = site.base.clone();
        let said = [
            ("sec-fetch-site", "cross-site", 403),
            ("sec-fetch-site", "same-site", 403),
            ("origin", "https://evil.example.com", 403),
            ("origin", "null", 403),
            ("sec-fetch-site", "same-origin", 303),
            ("origin", &own, 303),
        ];
        for (name, value, status) in said {
            let mut client = site.client();
            client.headers.push((name.to_owned(), value.to_owned()));
            assert_eq!(attempt(&mut client, LOGIN, PASSWORD, "").status, status, "{name}: {value}");
        }
    }
}
