//! Following by e-mail: asking, confirming, stopping, and what is kept of it.

use crate::on_both;
use crate::page::Page;
use crate::receipt::dump;
use crate::support::{Client, Reply, TestSite};
use jianyan::followers::find::{by_id, told_after};
use jianyan::followers::sweep::sweep;
use jianyan::privacy::link::{Purpose, token};

const ADDRESS: &str = "Shen.Zhiqiu@Example.org";

fn ask(client: &mut Client, address: &str) -> Reply {
    client.post("/c/plan/follow", &[("email", address), ("website", "")])
}

/// The subjects of the jobs that ask for a confirmation, in their order.
fn asked(site: &TestSite) -> Vec<String> {
    use diesel::prelude::*;
    use jianyan::db::schema::jobs;
    site.database
        .read_now(|db| {
            Ok(jobs::table
                .filter(jobs::kind.eq("confirm-follower"))
                .order(jobs::id.asc())
                .select(jobs::subject_id)
                .load(db)?)
        })
        .unwrap()
}

fn confirm_link(site: &TestSite, id: &str) -> String {
    let token = token(&site.vault, Purpose::ConfirmFollower, id).unwrap();
    format!("/f/{id}/{token}")
}

fn stop_link(site: &TestSite, id: &str) -> String {
    let token = token(&site.vault, Purpose::StopFollowing, id).unwrap();
    format!("/f/{id}/{token}/stop")
}

fn heading(reply: &Reply) -> String {
    Page::read(&reply.text()).line("h1")
}

/// Who would be told now.
fn told(site: &TestSite) -> Vec<String> {
    let id = site.consultation("plan").id;
    site.database
        .read_now(|db| told_after(db, &id, "", 100))
        .unwrap()
}

/// What is in the sealed address of a follower.
fn address(site: &TestSite, id: &str) -> Option<String> {
    let consultation = site.consultation("plan");
    let found = site
        .database
        .read_now(|db| by_id(db, &site.vault, &consultation, id))
        .unwrap();
    found.map(|follower| follower.address)
}

fn sweep_now(site: &TestSite) -> usize {
    let now = site.clock().now();
    site.database.write_now(move |db| sweep(db, now)).unwrap()
}

on_both! {
    /// From the notice to a mail with a link, a button behind it, and a button that ends it.
    fn from_the_form_to_the_end(site: TestSite) {
        site.publish_sample();
        let mut reader = site.client();
        let notice = reader.get("/c/plan").text();
        assert!(Page::read(&notice).links().contains(&"/c/plan/follow"));
        let form = reader.get("/c/plan/follow").text();
        assert!(form.contains("第十七条") && form.contains("7天") && form.contains("退订链接"), "{form}");
        assert!(form.contains("class=\"trap\""));

        let sent = ask(&mut reader, ADDRESS);
        assert_eq!(sent.location(), "/c/plan/follow/sent");
        assert!(heading(&reader.get("/c/plan/follow/sent")).contains("请到邮箱里确认"));
        let ids = asked(&site);
        assert_eq!(ids.len(), 1);
        assert_eq!(address(&site, &ids[0]).as_deref(), Some("Shen.Zhiqiu@example.org"));
        let rows = dump(&site, "followers").join("") + &dump(&site, "jobs").join("");
        assert!(!rows.to_lowercase().contains("example.org") && !rows.to_lowercase().contains("zhiqiu"), "{rows}");
        assert!(told(&site).is_empty(), "not before it is confirmed");

        let link = confirm_link(&site, &ids[0]);
        let page = reader.get(&link);
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert!(page.text().contains("青禾区楼道整洁行动方案") && heading(&page).contains("确认订阅"));
        assert!(told(&site).is_empty(), "opening the link changes nothing: mail programs open links too");
        assert_eq!(reader.post(&link, &[]).location(), link);
        assert!(heading(&reader.get(&link)).contains("订阅成功"));
        assert_eq!(told(&site), ids);

        let stop = stop_link(&site, &ids[0]);
        assert!(heading(&reader.get(&stop)).contains("退订进展通知"));
        assert_eq!(told(&site), ids, "opening changes nothing here either");
        let stopped = reader.post(&stop, &[]);
        assert_eq!(stopped.status, 200);
        assert!(heading(&stopped).contains("已退订"));
        assert!(told(&site).is_empty());
        assert_eq!(address(&site, &ids[0]).as_deref(), Some(""), "the address is gone");
        assert!(heading(&reader.get(&stop)).contains("已退订"));
        assert!(heading(&reader.get(&link)).contains("失效"), "and cannot be started again by the old link");

        // The same person can follow again.
        assert_eq!(ask(&mut reader, ADDRESS).status, 303);
        let ids = asked(&site);
        assert_eq!(ids.len(), 2);
        assert_eq!(reader.post(&confirm_link(&site, &ids[1]), &[]).status, 303);
        assert_eq!(told(&site), ids[1..]);
    }

    /// The mail program's own button (RFC 8058): no cookie, no page of ours, either encoding.
    fn one_click_from_the_mail_program(site: TestSite) {
        site.publish_sample();
        let encodings = [
            ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click".to_owned()),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n".to_owned()),
        ];
        for (number, (media_type, body)) in encodings.iter().enumerate() {
            assert_eq!(ask(&mut site.client(), &format!("someone{number}@example.org")).status, 303);
            let id = asked(&site)[number].clone();
            site.client().post(&confirm_link(&site, &id), &[]);
            assert_eq!(told(&site), std::slice::from_ref(&id));
            let mut program = site.client();
            program.headers = vec![("sec-fetch-site".to_owned(), "cross-site".to_owned()), ("origin".to_owned(), "https://mail.example.com".to_owned())];
            let done = program.post_raw(&stop_link(&site, &id), media_type, body.as_bytes());
            assert_eq!(done.status, 200, "no redirect: {media_type}");
            assert!(told(&site).is_empty(), "{media_type}");
            assert_eq!(program.post_raw(&stop_link(&site, &id), media_type, body.as_bytes()).status, 200, "twice is once");
        }
    }

    /// A link opens one thing: another's token, a token for another purpose, a cut one.
    fn a_link_opens_one_thing(site: TestSite) {
        site.publish_sample();
        ask(&mut site.client(), "one@example.org");
        ask(&mut site.client(), "two@example.org");
        let ids = asked(&site);
        let mut other = site.client();
        let (own, swapped) = (confirm_link(&site, &ids[0]), confirm_link(&site, &ids[0]).replace(&ids[0], &ids[1]));
        let crossed = format!("{own}/stop");
        let cut = own[..own.len() - 1].to_owned();
        for bad in [&swapped, &crossed, &cut, &format!("/f/x/{}", "0".repeat(64)), &format!("/en{swapped}")] {
            let page = other.get(bad);
            assert_eq!(page.status, 404, "{bad}");
            assert!(heading(&page).contains(if bad.starts_with("/en") { "not whole" } else { "不完整" }), "{bad}");
            assert_eq!(other.post(bad, &[]).status, 404, "{bad}");
        }
        // A right token for a row that is gone.
        let gone = jianyan::ids::new_id(site.clock().now()).unwrap();
        assert!(heading(&other.get(&confirm_link(&site, &gone))).contains("失效"));
        assert!(heading(&other.post(&stop_link(&site, &gone), &[])).contains("已退订"));
        assert!(told(&site).is_empty());
    }

    /// Nobody can learn who follows: the answers are the same, byte for byte; and nobody can make us
    /// send mail after mail.
    fn who_follows_cannot_be_found_out(site: TestSite) {
        site.publish_sample();
        let bare = |reply: Reply| {
            let mut headers = reply.headers;
            headers.retain(|(name, _)| name != "date");
            (reply.status, headers, reply.body)
        };
        let first = bare(ask(&mut site.client(), ADDRESS));
        let again = bare(ask(&mut site.client(), "shen.zhiqiu@EXAMPLE.org"));
        assert_eq!(first, again);
        assert_eq!(asked(&site).len(), 1, "one mail within the hour");
        site.clock.advance(3_599);
        ask(&mut site.client(), ADDRESS);
        assert_eq!(asked(&site).len(), 1);
        site.clock.advance(2);
        assert_eq!(bare(ask(&mut site.client(), ADDRESS)), first);
        let ids = asked(&site);
        assert_eq!(ids.len(), 2, "and another one after it");
        assert_eq!(ids[0], ids[1], "for the same row");
        site.client().post(&confirm_link(&site, &ids[0]), &[]);
        site.clock.advance(7_200);
        assert_eq!(bare(ask(&mut site.client(), ADDRESS)), first);
        assert_eq!(asked(&site).len(), 2, "none for somebody who follows");
        assert_eq!(dump(&site, "followers").len(), 1);
    }

    /// What is no address, what a program filled in, what another site sent.
    fn bad_input_is_refused(site: TestSite) {
        site.publish_sample();
        for bad in ["", "  ", "shen", "shen@", "a b@c d", "x@y", "a@example.org\r\nBcc: b@example.org", "<script>alert(1)</script>", "a\u{0}@example.org"] {
            let reply = ask(&mut site.client(), bad);
            assert_eq!(reply.status, 422, "{bad:?}");
            let page = Page::read(&reply.text());
            assert!(page.title().starts_with("错误：") && page.find("a", "href", "#email").is_some(), "{bad:?}");
        }
        let kept = ask(&mut site.client(), "shen@@example");
        assert_eq!(Page::read(&kept.text()).value("email"), "shen@@example");
        let english = site.client().post("/en/c/plan/follow", &[("email", "x")]);
        assert!(english.text().contains("has no @"));
        let filled = site.client().post("/c/plan/follow", &[("email", ADDRESS), ("website", "https://spam.example.com")]);
        assert_eq!(filled.location(), "/c/plan/follow/sent");
        let mut other = site.client();
        other.headers = vec![("sec-fetch-site".to_owned(), "cross-site".to_owned())];
        assert_eq!(ask(&mut other, ADDRESS).status, 403);
        assert_eq!(site.client().post("/c/nothing/follow", &[("email", ADDRESS)]).status, 404);
        assert_eq!(site.client().post_raw("/c/plan/follow", "text/plain", b"email=a@example.org").status, 422);
        assert!(dump(&site, "followers").is_empty() && asked(&site).is_empty());
    }

    /// Addresses that are not needed any more go.
    fn addresses_go_when_there_is_nothing_to_tell(site: TestSite) {
        site.publish_sample();
        for name in ["quiet", "stays", "stops"] {
            ask(&mut site.client(), &format!("{name}@example.org"));
        }
        let ids = asked(&site);
        site.client().post(&confirm_link(&site, &ids[1]), &[]);
        site.client().post(&confirm_link(&site, &ids[2]), &[]);
        site.client().post(&stop_link(&site, &ids[2]), &[]);
        assert_eq!(sweep_now(&site), 0);
        site.clock.advance(7 * 24 * 3_600 - 1);
        assert_eq!(sweep_now(&site), 0);
        assert!(heading(&site.client().get(&confirm_link(&site, &ids[0]))).contains("确认订阅"));
        site.clock.advance(1);
        assert!(heading(&site.client().get(&confirm_link(&site, &ids[0]))).contains("失效"), "before it is swept");
        site.client().post(&confirm_link(&site, &ids[0]), &[]);
        assert_eq!(told(&site), [ids[1].clone()], "too late is too late");
        assert_eq!(sweep_now(&site), 1);
        site.clock.advance(31 * 24 * 3_600);
        assert_eq!(sweep_now(&site), 1, "the rest of the one who stopped");
        assert_eq!(dump(&site, "followers").len(), 1);

        site.clock.set("2025-08-01T10:00:00+08:00");
        let mut office = site.staff();
        let csrf = office.csrf();
        assert_eq!(office.post("/office/c/plan/publish", &[("csrf", &csrf)]).status, 303);
        site.clock.set("2025-08-31T09:59:59+08:00");
        assert_eq!(sweep_now(&site), 0);
        site.clock.set("2025-08-31T10:00:00+08:00");
        assert_eq!(sweep_now(&site), 1);
        assert!(dump(&site, "followers").is_empty());
        let over = site.client().get("/c/plan/follow").text();
        assert!(over.contains("不用订阅了") && !over.contains("name=\"email\""), "{over}");
        assert_eq!(ask(&mut site.client(), ADDRESS).status, 409);
    }

    /// Too often from one network: told when to come back, and how else to reach the office.
    fn too_often_is_told(site: TestSite) {
        site.publish_sample();
        let mut last = None;
        let mut program = site.client();
        program.headers = vec![("x-forwarded-for".to_owned(), "203.0.113.7".to_owned())];
        for number in 0..50 {
            let reply = ask(&mut program, &format!("n{number}@example.org"));
            if reply.status != 303 {
                last = Some(reply);
                break;
            }
        }
        let refused = last.expect("a limit");
        assert_eq!(refused.status, 429);
        assert!(refused.header("retry-after").is_some());
        assert!(refused.text().contains("分钟再试"), "{}", refused.text());
    }
}
