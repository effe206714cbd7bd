//! Sessions: what the cookie is, when it ends, and that forms belong to it.

use crate::on_both;
use crate::steps::{
    ENTRY, comment, decide, events, events_of, only_remark, submissions_kept, with,
};
use crate::support::client::Reply;
use crate::support::{Backend, Client, LOGIN, PASSWORD, TestSite};
use diesel::prelude::*;
use jianyan::audit::model::Actor;
use jianyan::db::schema::staff_sessions;
use jianyan::identity::model::Role;
use jianyan::identity::staff::{prepare_password, set_password};

fn sign_in(client: &mut Client) -> Reply {
    let fields = [("login", LOGIN), ("password", PASSWORD), ("next", "")];
    client.post("/office/sign-in", &fields)
}

/// Somebody else with a copy of a cookie.
fn with_cookie(site: &TestSite, pair: &str) -> Client {
    let mut client = site.client();
    client.headers.push(("cookie".to_owned(), pair.to_owned()));
    client
}

fn pair(reply: &Reply) -> String {
    let set = reply.header("set-cookie").unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn is_in(client: &mut Client) -> bool {
    client.get("/office").status == 200
}

on_both! {
    /// The table holds the token's hash, so that a copy of the database opens no session.
    fn the_table_holds_only_the_hash_of_the_token(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let reply = sign_in(&mut site.client());
        let cookie = pair(&reply);
        let token = cookie.split_once('=').unwrap().1;
        assert_eq!(token.len(), 64);
        let kept: Vec<String> = site
            .database
            .read_now(|db| Ok(staff_sessions::table.select(staff_sessions::token_hash).load(db)?))
            .unwrap();
        assert_eq!(kept, [jianyan::ids::sha256(token.as_bytes())]);
        let hash_as_cookie = format!("jianyan-office={}", kept[0]);
        assert!(!is_in(&mut with_cookie(&site, &hash_as_cookie)));
        assert!(is_in(&mut with_cookie(&site, &cookie)));
        let again = pair(&sign_in(&mut with_cookie(&site, &cookie)));
        assert_ne!(again, cookie, "a token that was there before signing in is not kept");
    }

    /// A script cannot read the cookie, another site's form does not carry it.
    fn the_cookie_is_shut_in(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let reply = sign_in(&mut site.client());
        let set = reply.header("set-cookie").unwrap().to_owned();
        assert!(set.starts_with("jianyan-office=") && set.contains("HttpOnly"), "{set}");
        assert!(set.contains("SameSite=Lax") && set.contains("Path=/") && !set.contains("Domain"), "{set}");
        assert!(!set.contains("Secure"), "over plain http it would never come back");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }

    /// Half an hour without a request.
    fn a_session_ends_when_nobody_uses_it(site: TestSite) {
        let mut client = site.staff();
        site.clock.advance(30 * 60);
        assert!(is_in(&mut client), "thirty minutes are allowed");
        site.clock.advance(30 * 60 + 1);
        let sent_away = client.get("/office/c/plan/remarks");
        assert!(sent_away.location().ends_with("&ended=1"), "{}", sent_away.location());
        let page = client.get(sent_away.location()).text();
        assert!(page.contains("登录") && page.contains("role=\"status\""), "{page}");
        assert!(!is_in(&mut client), "it stays ended");
        let left: i64 = site.database.read_now(|db| Ok(staff_sessions::table.count().get_result(db)?)).unwrap();
        assert_eq!(left, 0);
    }

    /// Twelve hours in any case.
    fn a_session_ends_after_its_whole_time(site: TestSite) {
        let mut client = site.staff();
        for _ in 0..24 {
            site.clock.advance(30 * 60);
            assert!(is_in(&mut client));
        }
        site.clock.advance(1);
        assert!(!is_in(&mut client));
    }

    /// Signing out ends the session itself, not only the browser's memory of it.
    fn signing_out_ends_it(site: TestSite) {
        site.account(LOGIN, "周青禾", Role::Drafter);
        let mut client = site.client();
        let cookie = pair(&sign_in(&mut client));
        let csrf = client.csrf();
        let out = client.post("/office/sign-out", &[("csrf", &csrf)]);
        assert_eq!(out.location(), "/office/sign-in?out=1");
        assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
        assert!(!is_in(&mut with_cookie(&site, &cookie)));
        assert_eq!(events_of(&site, "signed-out").len(), 1);
    }

    /// A new password ends every session.
    fn a_new_password_ends_all_sessions(site: TestSite) {
        let (mut one, mut two) = (site.staff(), site.staff());
        site.account("wang", "王一苇", Role::Drafter);
        let mut colleague = site.client();
        colleague.sign_in("wang", PASSWORD);
        let hash = prepare_password(LOGIN, "", "Another-2025-word").unwrap();
        let clock = site.clock();
        site.database
            .write_now(move |db| set_password(db, &Actor::System("test"), &*clock, LOGIN, &hash, false))
            .unwrap();
        assert!(!is_in(&mut one) && !is_in(&mut two) && is_in(&mut colleague));
        assert_eq!(sign_in(&mut site.client()).status, 422, "the old password");
        site.client().sign_in(LOGIN, "Another-2025-word");
        assert_eq!(events_of(&site, "staff-password-set").len(), 1);
    }

    /// A form of the office counts only with the token of the session it was shown in.
    fn a_form_without_its_token_changes_nothing(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let remark = only_remark(&mut office);
        let mut other_session = site.staff();
        let others = other_session.csrf();
        let before = events(&site);
        let forms = forms_of(&remark);
        for (address, fields) in &forms {
            for csrf in ["", "wrong", &others] {
                let reply = office.post(address, &with(fields, &[("csrf", csrf)]));
                assert_eq!(reply.status, 403, "{address} {csrf}");
            }
            assert_eq!(office.post(address, fields).status, 403, "{address} without any");
        }
        assert_eq!(events(&site), before);
        assert_eq!(submissions_kept(&site), 1);
        assert!(is_in(&mut office), "still signed in");
    }

    /// A page of another site that makes the browser send a form, token and all.
    fn a_form_from_another_site_changes_nothing(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let remark = only_remark(&mut office);
        let csrf = office.csrf();
        let before = events(&site);
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example.com")] {
            office.headers = vec![(name.to_owned(), value.to_owned())];
            for (address, fields) in &forms_of(&remark) {
                let reply = office.post(address, &with(fields, &[("csrf", &csrf)]));
                assert_eq!(reply.status, 403, "{address} {value}");
            }
        }
        assert_eq!(events(&site), before);
        office.headers.clear();
        assert!(decide(&mut office, &remark, &[]).location().ends_with("?saved=1"));
    }
}

/// Every form of the office, filled in well but for its token.
fn forms_of(remark: &str) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    vec![
        (
            format!("{remark}/outcome"),
            vec![
                ("revision", "0"),
                ("outcome", "adopted"),
                ("reason", "照改"),
            ],
        ),
        (
            format!("{remark}/section"),
            vec![("revision", "0"), ("section", "2.2.4")],
        ),
        (
            ENTRY.to_owned(),
            vec![
                ("once", "a"),
                ("channel", "phone"),
                ("received_on", "2025-06-10"),
                ("text", "来电意见"),
                ("sender_kind", "person"),
            ],
        ),
        (
            "/office/c/plan/export".to_owned(),
            vec![("format", "csv"), ("edition", "archive")],
        ),
        ("/office/sign-out".to_owned(), vec![]),
    ]
}

/// Over TLS the cookie is marked so that a browser never sends it in the clear.
#[test]
fn over_tls_the_cookie_never_leaves_it() {
    let mut address = String::new();
    let site = TestSite::with(Backend::Sqlite, |config| {
        address = config.public_url.clone();
        config.public_url = "https://jianyan.example.org".to_owned();
    });
    site.account(LOGIN, "周青禾", Role::Drafter);
    let mut client = Client::new(&address);
    let reply = sign_in(&mut client);
    let set = reply.header("set-cookie").unwrap();
    assert!(set.starts_with("__Host-jianyan-office="), "{set}");
    assert!(
        set.contains("Secure") && set.contains("Path=/") && set.contains("HttpOnly"),
        "{set}"
    );
    assert!(!set.contains("Domain"), "{set}");
    assert!(is_in(&mut client));
    let token = pair(&reply).split_once('=').unwrap().1.to_owned();
    let mut plain = Client::new(&address);
    let unmarked = format!("jianyan-office={token}");
    plain.headers.push(("cookie".to_owned(), unmarked));
    assert!(!is_in(&mut plain), "the unmarked name is not believed");
}
