//! Extending the window: what is asked, the last look, and two colleagues at once.

use crate::on_both;
use crate::steps::events_of;
use crate::support::{Client, PASSWORD, Reply, TestSite};
use jianyan::identity::model::Role;

const WINDOW: &str = "/office/c/plan/window";

fn post(office: &mut Client, fields: &[(&str, &str)]) -> Reply {
    let csrf = office.csrf();
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(fields);
    office.post(WINDOW, &all)
}

fn closes_on(site: &TestSite) -> String {
    site.consultation("plan").window.closes_on.to_string()
}

on_both! {
    /// The form, before and after in words, and done.
    fn it_is_shown_once_more_before_it_is_done(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let form = office.get(WINDOW).text();
        assert!(form.contains("2025年6月28日（星期六）") && form.contains("31天") && form.contains("min=\"2025-06-29\""), "{form}");
        let asked = [("closes_on", "2025-07-13"), ("reason", "来不及 <看>。"), ("go", "check")];
        let check = post(&mut office, &asked);
        assert_eq!(check.status, 200);
        let text = check.text();
        for words in ["2025年6月28日（星期六）", "2025年7月13日（星期日）", "31天", "46天", "来不及 &#60;看&#62;。", "确认延长征求意见的时间"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(closes_on(&site), "2025-06-28", "nothing is done yet");
        assert_eq!(post(&mut office, &[("closes_on", "2025-07-13"), ("reason", "好"), ("go", "extend")]).status, 422, "not without the last look");
        let back = post(&mut office, &[("closes_on", "2025-07-13"), ("reason", "来不及。"), ("seen", "2025-06-28"), ("go", "change")]).text();
        assert!(back.contains("value=\"2025-07-13\"") && back.contains("来不及。"), "{back}");

        let (seen, day) = (check.hidden("seen"), check.hidden("closes_on"));
        let done = post(&mut office, &[("seen", &seen), ("closes_on", &day), ("reason", "来不及。"), ("go", "extend")]);
        assert_eq!(done.location(), "/office/c/plan/window?extended=1");
        let page = office.get(done.location()).text();
        assert!(page.contains("已经延长") && page.contains("延长记录") && page.contains("周青禾"), "{page}");
        assert_eq!(closes_on(&site), "2025-07-13");
        assert!(office.get("/office").text().contains("2025年7月13日"));
        assert!(office.get("/en/office/c/plan/window").text().contains("46 days, first and last included"));
    }

    /// Shorter, the same, past, too far, unreadable; no reason, too long a one: each in its own words.
    fn what_cannot_be_is_said_beside_the_field(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let long = "长".repeat(501);
        for (day, reason, said) in [
            ("2025-06-27", "早点结束。", "只能延长，不能缩短"),
            ("2025-06-27", "早点结束。", "第十五条"),
            ("2025-06-28", "一样。", "这就是现在的截止日期"),
            ("2026-06-29", "很久。", "一次最多延长一年"),
            ("", "没填。", "请填写新的截止日期"),
            ("六月底", "写汉字。", "日期无法识别"),
            ("2025-02-30", "没有这天。", "日期无法识别"),
            ("2025-07-13", "", "请写明延长理由"),
            ("2025-07-13", " \r\n\u{3000}", "请写明延长理由"),
            ("2025-07-13", &long, "这里有501个"),
            ("2025-07-13", "带\u{7}控制符", "控制字符"),
        ] {
            for go in ["check", "extend"] {
                let reply = post(&mut office, &[("closes_on", day), ("reason", reason), ("seen", "2025-06-28"), ("go", go)]);
                let text = reply.text();
                assert_eq!(reply.status, 422, "{day} {go}");
                assert!(text.contains(said) && text.contains("<title>错误："), "{said}: {text}");
                assert!(text.contains(&format!("value=\"{day}\"")), "kept: {day}");
            }
        }
        site.clock.set("2025-07-20T10:00:00+08:00");
        let mut office = site.staff();
        let reply = post(&mut office, &[("closes_on", "2025-07-19"), ("reason", "补上。"), ("go", "check")]);
        assert!(reply.text().contains("这一天已经过去了"));
        let reply = post(&mut office, &[("closes_on", "2025-07-20"), ("reason", "补上。"), ("go", "check")]).text();
        assert!(reply.contains("从“逾期”改为“期限内”"), "{reply}");
        assert_eq!(closes_on(&site), "2025-06-28");
        assert!(events_of(&site, "window-extended").is_empty());
    }

    /// Many at once: one is done, the others are told.
    fn one_of_many_wins(site: TestSite) {
        site.publish_sample();
        let offices: Vec<_> = (0..5).map(|_| site.staff()).collect();
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let posts: Vec<_> = offices.into_iter().enumerate().map(|(number, mut office)| {
                let day = format!("2025-07-{}", 10 + number);
                scope.spawn(move || post(&mut office, &[("seen", "2025-06-28"), ("closes_on", &day), ("reason", "延。"), ("go", "extend")]).status)
            }).collect();
            posts.into_iter().map(|one| one.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409, 409, 409, 409]);
        assert_eq!(events_of(&site, "window-extended").len(), 1);
        let mut office = site.staff();
        let told = post(&mut office, &[("seen", "2025-06-28"), ("closes_on", "2025-08-30"), ("reason", "延。"), ("go", "extend")]);
        assert_eq!(told.status, 409);
        assert!(told.text().contains(&format!("刚刚有同事把截止日期改为{}", closes_on(&site))), "{}", told.text());
        // In the verb itself, too: the consultation was read before a colleague's change.
        let mut old = site.consultation("plan");
        old.window = jianyan::consultations::model::Window::new(old.window.opens_on, "2025-06-28".parse().unwrap()).unwrap();
        let clock = site.clock();
        let asked = jianyan::consultations::extend::Extension { closes_on: "2025-09-01".parse().unwrap(), reason: "延。".to_owned() };
        let late = site.database.write_now(move |db| {
            jianyan::consultations::extend::extend(db, &jianyan::audit::model::Actor::System("test"), &*clock, &old, &asked)
        });
        assert!(late.unwrap_err().to_string().contains("a colleague has just changed the last day"));
    }

    /// Those who may only look see the page and change nothing.
    fn readers_may_look(site: TestSite) {
        site.publish_sample();
        site.staff();
        site.account("tingyu", "秦听雨", Role::Auditor);
        let mut looker = site.client();
        looker.sign_in("tingyu", PASSWORD);
        assert_eq!(looker.get(WINDOW).status, 200);
        let reply = post(&mut looker, &[("seen", "2025-06-28"), ("closes_on", "2025-07-13"), ("reason", "延。"), ("go", "extend")]);
        assert_eq!(reply.status, 403);
        let signed_out = site.client().post(WINDOW, &[("go", "extend")]);
        assert_eq!(signed_out.status, 303);
        assert_eq!(closes_on(&site), "2025-06-28");
    }
}
