//! Sign-ins and changes of accounts stand on a page for those who examine them.

use crate::on_both;
use crate::support::PASSWORD;
use jianyan::audit::model::{Action, Actor, NewEvent};
use jianyan::audit::record::record;
use jianyan::identity::model::Role;

const PAGE: &str = "/office/accounts";

on_both! {
    fn sign_ins_and_failures_stand_on_a_page_with_address_and_time(site: TestSite) {
        let mut office = site.staff();
        site.account("shen", "沈既明", Role::Auditor);
        let mut stranger = site.client();
        stranger.headers.push(("x-forwarded-for".to_owned(), "198.51.100.7".to_owned()));
        stranger.post("/office/sign-in", &[("login", "zhou"), ("password", "Wrong-password-1")]);
        stranger.post("/office/sign-in", &[("login", "My-secret-2025-word"), ("password", "Wrong-password-1")]);
        let mut auditor = site.client();
        auditor.headers.push(("x-forwarded-for".to_owned(), "198.51.100.8".to_owned()));
        auditor.sign_in("shen", PASSWORD);
        let page = auditor.get(PAGE);
        let text = page.text();
        for part in ["登录失败", "198.51.100.7", "198.51.100.8", "新增工作人员", "沈既明", "周青禾", "2025-06-10 10:00:00"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("My-secret-2025-word"), "what was typed as a login may be a password");
        assert!(auditor.get("/office").text().contains("href=\"/office/accounts\""));
        let theirs = auditor.get(&format!("{PAGE}?who=%E6%B2%88%E6%97%A2%E6%98%8E")).text();
        assert!(theirs.contains("198.51.100.8") && !theirs.contains("198.51.100.7"), "{theirs}");
        assert!(auditor.get("/en/office/accounts").text().contains("Sign-ins and accounts"));
        assert_eq!(office.get(PAGE).status, 403, "not for those who work on remarks");
        assert!(!office.get("/office").text().contains("/office/accounts"));
        assert_eq!(site.client().get(PAGE).status, 303);
    }

    fn the_page_is_read_in_parts(site: TestSite) {
        site.account("shen", "沈既明", Role::Auditor);
        let mut auditor = site.client();
        auditor.sign_in("shen", PASSWORD);
        let clock = site.clock();
        site.database
            .write_now(move |db| {
                for _ in 0..59 {
                    let event = NewEvent {
                        consultation: "",
                        action: Action::SignedOut,
                        subject: "staff",
                        subject_id: "x",
                        detail: serde_json::json!({}),
                    };
                    record(db, &Actor::Public, clock.now(), &event)?;
                }
                Ok(())
            })
            .unwrap();
        let first = auditor.get(PAGE).text();
        assert_eq!(first.matches("<td role=\"cell\" class=\"audit-when\">").count(), 50);
        let next = crate::steps::rel(&first, "next").unwrap();
        let second = auditor.get(&next).text();
        assert_eq!(second.matches("<td role=\"cell\" class=\"audit-when\">").count(), 11);
        assert!(crate::steps::rel(&second, "next").is_none());
    }
}
