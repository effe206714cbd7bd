//! The public wall: off until it is turned on, empty until somebody chose, and without anybody's
//! details.

use crate::on_both;
use crate::page::Page;
use crate::support::{Client, TestSite};
use crate::window::form;
use diesel::prelude::*;
use jianyan::db::schema::{remarks, submissions};

const WALL: &str = "/c/plan/comments";
const OFFICE: &str = "/office/c/plan/wall";

fn say(site: &TestSite, changed: &[(&'static str, &str)]) {
    let mut fields = form("");
    fields.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    fields.extend(changed);
    let reply = site.client().post("/c/plan/submissions", &fields);
    assert_eq!(reply.status, 303, "{}", reply.text());
    site.clock.advance(60);
}

fn press(office: &mut Client, path: &str, go: &str) -> u16 {
    let csrf = office.csrf();
    office.post(path, &[("csrf", &csrf), ("go", go)]).status
}

/// The remarks on a page of the office, in their order.
fn ids(office: &mut Client, query: &str) -> Vec<String> {
    let page = office.get(&format!("{OFFICE}{query}")).text();
    let parts = page.split("<li id=\"r-").skip(1);
    parts.map(|part| part[..36].to_owned()).collect()
}

fn show(office: &mut Client, id: &str) {
    assert_eq!(press(office, &format!("{OFFICE}/{id}"), "show"), 303);
}

on_both! {
    fn off_by_default_and_empty_until_chosen(site: TestSite) {
        site.publish_sample();
        say(&site, &[("text", "第一条")]);
        say(&site, &[("text", "第二条")]);
        let mut reader = site.client();
        assert_eq!(reader.get(WALL).status, 404);
        assert!(!reader.get("/c/plan").text().contains(WALL));
        let mut office = site.staff();
        let all = ids(&mut office, "");
        assert_eq!(all.len(), 2);
        show(&mut office, &all[1]);
        assert_eq!(reader.get(WALL).status, 404, "chosen, and still off");
        assert_eq!(press(&mut office, OFFICE, "open"), 303);
        assert!(reader.get("/c/plan").text().contains(WALL), "at once");
        let page = reader.get(WALL).text();
        assert!(page.contains("第一条") && !page.contains("第二条"), "{page}");
        show(&mut office, &all[0]);
        let page = reader.get(WALL).text();
        assert!(page.find("第二条").unwrap() < page.find("第一条").unwrap(), "the newest first");
        assert!(reader.get("/en/c/plan/comments").text().contains("Public comments"));
        assert_eq!(press(&mut office, &format!("{OFFICE}/{}", all[1]), "hide"), 303);
        assert!(!reader.get(WALL).text().contains("第一条"));
        assert_eq!(press(&mut office, OFFICE, "close"), 303);
        assert_eq!(reader.get(WALL).status, 404);
        assert!(!reader.get("/c/plan").text().contains(WALL));
    }

    /// The words, their place, the wording suggested; the sender's own details in none of them.
    fn what_is_shown_and_what_is_not(site: TestSite) {
        site.publish_sample();
        say(&site, &[
            ("text", "我是欧阳文渊，电话 199 0000 5678，请改。<script>alert(1)</script>"),
            ("suggested", "每月组织一次，联系19900005678"), ("name", "欧阳文渊"), ("phone", "19900005678"), ("email", "ouyang@example.com"),
        ]);
        say(&site, &[("text", "我单位没有意见。ouyang@example.com"), ("section", ""), ("sender_kind", "organisation"), ("organisation", "青禾区绿源商店"), ("name", "欧阳文渊"), ("email", "ouyang@example.com")]);
        let mut office = site.staff();
        assert_eq!(press(&mut office, OFFICE, "open"), 303);
        for id in ids(&mut office, "") {
            show(&mut office, &id);
        }
        for path in [WALL, OFFICE] {
            let text = if path == WALL { site.client().get(path).text() } else { office.get(path).text() };
            let page = Page::read(&text);
            let words = page.line("main");
            for shown in ["欧阳**", "青禾区绿源商店", "［已隐去］", "1.开展集中清理", "对整份征求意见稿", "每月组织一次", "alert(1)"] {
                assert!(words.contains(shown), "{path}: {shown} is not in {words}");
            }
            for hidden in ["欧阳文渊", "5678", "ouyang@", "<script>alert"] {
                assert!(!text.contains(hidden), "{path}: {hidden} is public");
            }
        }
        let page = site.client().get(WALL).text();
        assert!(page.contains("2025年6月10日") && !page.contains("10:0"), "the day, not the minute");
    }

    /// What was taken back or erased is never shown, also when it was chosen before.
    fn taken_back_is_gone(site: TestSite) {
        site.publish_sample();
        for text in ["一", "二", "三", "四"] {
            say(&site, &[("text", &format!("意见之{text}"))]);
        }
        let mut office = site.staff();
        press(&mut office, OFFICE, "open");
        let all = ids(&mut office, "");
        for id in &all[1..] {
            show(&mut office, id);
        }
        let owner: String = site.database.read_now(|db| {
            Ok(remarks::table.filter(remarks::id.eq(&all[1])).select(remarks::submission_id).first(db)?)
        }).unwrap();
        let (erased, withdrawn, unchosen) = (owner, all[2].clone(), all[0].clone());
        site.database.write_now(move |db| {
            diesel::update(submissions::table.filter(submissions::id.eq(&erased))).set(submissions::erased_at.eq(1_i64)).execute(db)?;
            diesel::update(remarks::table.filter(remarks::id.eq(&withdrawn))).set(remarks::withdrawn_at.eq(1_i64)).execute(db)?;
            diesel::update(remarks::table.filter(remarks::id.eq(&unchosen))).set(remarks::withdrawn_at.eq(1_i64)).execute(db)?;
            Ok(())
        }).unwrap();
        let page = site.client().get(WALL).text();
        assert!(page.contains("意见之一"), "{page}");
        for gone in ["意见之二", "意见之三", "意见之四"] {
            assert!(!page.contains(gone), "{gone}");
        }
        assert_eq!(ids(&mut office, ""), all[3..]);
        assert_eq!(press(&mut office, &format!("{OFFICE}/{}", all[0]), "show"), 409);
        assert_eq!(press(&mut office, &format!("{OFFICE}/{}", all[1]), "show"), 409);
        assert_eq!(press(&mut office, &format!("{OFFICE}/{}", all[1]), "hide"), 303, "hiding is always possible");
    }

    /// Fifty a page, each once, also those of one instant.
    fn long_walls_have_pages(site: TestSite) {
        site.publish_sample();
        say(&site, &[("text", "第0条")]);
        let now = site.clock.clone();
        for number in 1..104 {
            let text = format!("第{number}条");
            let fields = [("section", "2.1.1"), ("text", text.as_str()), ("sender_kind", "person"), ("name", "沈知秋"), ("phone", "19900001234"), ("consent", "yes")];
            assert_eq!(site.client().post("/c/plan/submissions", &fields).status, 303);
            if number % 40 == 0 {
                now.advance(1);
            }
        }
        let at = 1_i64;
        site.database.write_now(move |db| {
            diesel::update(remarks::table).set(remarks::wall_at.eq(at)).execute(db)?;
            Ok(())
        }).unwrap();
        let mut office = site.staff();
        press(&mut office, OFFICE, "open");
        let (mut reader, mut path, mut seen) = (site.client(), Some(WALL.to_owned()), Vec::new());
        let mut pages = 0;
        while let Some(here) = path {
            let page = Page::read(&reader.get(&here).text());
            let entries = page.words.iter().filter(|words| words.inside.contains(&".remark-text".to_owned()));
            seen.extend(entries.map(|words| words.text.clone()));
            path = page.find("a", "rel", "next").and_then(|tag| tag.get("href")).map(str::to_owned);
            pages += 1;
        }
        let wanted: Vec<String> = (0..104).rev().map(|number| format!("第{number}条")).collect();
        assert_eq!((pages, &seen), (3, &wanted));
        let mut office_pages = 0;
        let mut query = Some(String::new());
        let mut all = Vec::new();
        while let Some(here) = query {
            all.extend(ids(&mut office, &here));
            let page = office.get(&format!("{OFFICE}{here}")).text();
            query = Page::read(&page).find("a", "rel", "next").and_then(|tag| tag.get("href")).map(|href| href[OFFICE.len()..].to_owned());
            office_pages += 1;
        }
        assert_eq!((office_pages, all.len()), (3, 104));
        for odd in ["x", "00000000-0000-7000-8000-000000000000", "%00", "' OR 1=1"] {
            assert_eq!(reader.get(&format!("{WALL}?after={}", odd.replace(' ', "%20"))).status, 404, "{odd}");
        }
    }

    /// On or off and each choice are in the log, once; readers of the office may look only.
    fn every_choice_is_noted(site: TestSite) {
        site.publish_sample();
        say(&site, &[("text", "一条意见")]);
        let mut office = site.staff();
        let id = ids(&mut office, "")[0].clone();
        for (path, go) in [(OFFICE.to_owned(), "open"), (OFFICE.to_owned(), "open"), (format!("{OFFICE}/{id}"), "show"), (format!("{OFFICE}/{id}"), "show"), (format!("{OFFICE}/{id}"), "hide"), (OFFICE.to_owned(), "close")] {
            assert_eq!(press(&mut office, &path, go), 303);
        }
        let log = crate::receipt::dump(&site, "audit_events").join("\n");
        for action in ["wall-opened", "wall-closed", "remark-shown", "remark-hidden"] {
            assert_eq!(log.matches(action).count(), 1, "{action}: {log}");
        }
        let audit = office.get("/office/c/plan/audit").text();
        assert!(audit.contains("公开一条意见") && audit.contains(&format!("/remarks/{id}")));
        for (path, go) in [(OFFICE.to_owned(), "open"), (format!("{OFFICE}/{id}"), "show")] {
            assert_eq!(site.client().post(&path, &[("go", go)]).status, 303, "to the sign-in");
            assert_eq!(office.post(&path, &[("csrf", "no"), ("go", go)]).status, 403);
            assert_eq!(press(&mut office, &path, "nonsense"), 422);
        }
        site.account("reader", "秦听雨", jianyan::identity::model::Role::Auditor);
        let mut looker = site.client();
        looker.sign_in("reader", crate::support::PASSWORD);
        assert_eq!(looker.get(OFFICE).status, 200);
        assert_eq!(press(&mut looker, OFFICE, "open"), 403);
        assert_eq!(press(&mut looker, &format!("{OFFICE}/{id}"), "show"), 403);
        assert_eq!(site.client().get(WALL).status, 404);
    }
}
