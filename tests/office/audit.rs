//! The log: who did what and when, and nobody's details in it.

use crate::mail::Letter;
use crate::on_both;
use crate::steps::{
    EMAIL, NAME, PHONE, QUEUE, comment, comment_with, decide, enter, events, only_remark, rel,
};
use crate::support::{Client, PASSWORD, TestSite};
use jianyan::identity::model::Role;

const LOG: &str = "/office/c/plan/audit";

/// One of everything that changes something.
fn one_of_each(site: &TestSite) -> Client {
    site.publish_sample();
    comment_with(
        site,
        &[
            ("text", "建议每月清理一次。"),
            ("address", "青禾区杏花里3号楼"),
        ],
    );
    let mut office = site.staff();
    let address = only_remark(&mut office);
    decide(&mut office, &address, &[]);
    decide(&mut office, &address, &[("outcome", "partly")]);
    let csrf = office.csrf();
    let to = [
        ("csrf", csrf.as_str()),
        ("revision", "0"),
        ("section", "2.2.4"),
    ];
    office.post(&format!("{address}/section"), &to);
    let call = [
        ("name", "陆向晚"),
        ("phone", "0900-5557788"),
        ("text", "来电意见"),
    ];
    enter(&mut office, &call);
    let file = [
        ("csrf", csrf.as_str()),
        ("format", "csv"),
        ("edition", "archive"),
    ];
    office.post("/office/c/plan/export", &file);
    let room = site.mailroom("plan");
    let signed = Letter {
        body: "来信意见。\r\n韩立夏\r\n手机：19900005678\r\n",
        ..Letter::default()
    };
    room.receive(&signed.raw(), None).unwrap();
    let copy = Letter {
        extra: "X-Copy: 1\r\n",
        ..signed
    };
    room.receive(&copy.raw(), None).unwrap();
    let auto = Letter {
        id: Some("auto"),
        extra: "Auto-Submitted: auto-replied\r\n",
        ..Letter::default()
    };
    room.receive(&auto.raw(), None).unwrap();
    site.client().post(
        "/office/sign-in",
        &[("login", "zhou"), ("password", "Wrong-password-1")],
    );
    office
}

on_both! {
    /// Each change has its event, by whoever did it, at the time it was done.
    fn every_change_has_its_event(site: TestSite) {
        one_of_each(&site);
        let at = "2025-06-10T10:00:00+08:00".parse::<jiff::Timestamp>().unwrap().as_microsecond();
        let all = events(&site);
        assert!(all.iter().filter(|event| event.action != "consultation-imported").all(|event| event.at == at));
        let done: Vec<(&str, &str, &str)> = all
            .iter()
            .filter(|event| !matches!(event.action.as_str(), "contact-viewed" | "senders-listed"))
            .map(|event| (event.action.as_str(), event.kind.as_str(), event.who.as_str()))
            .collect();
        assert_eq!(done, [
            ("consultation-imported", "system", ""),
            ("submission-received", "public", ""),
            ("staff-added", "system", ""),
            ("signed-in", "staff", "周青禾"),
            ("response-given", "staff", "周青禾"),
            ("response-changed", "staff", "周青禾"),
            ("remark-moved", "staff", "周青禾"),
            ("submission-received", "staff", "周青禾"),
            ("summary-exported", "staff", "周青禾"),
            ("submission-received", "system", ""),
            ("letter-registered", "system", ""),
            ("letter-duplicate", "system", ""),
            ("letter-quarantined", "system", ""),
            ("sign-in-failed", "staff", "周青禾"),
        ]);
    }

    /// Nothing by which somebody who wrote in could be known.
    fn the_log_holds_nobodys_details(site: TestSite) {
        one_of_each(&site);
        let personal = [NAME, PHONE, EMAIL, "杏花里", "陆向晚", "0900-5557788", "5557788", "韩立夏", "19900005678", "hanlixia", "example.com", "每月清理", "来信意见", "来电意见"];
        for event in events(&site) {
            for detail in personal {
                let row = format!("{event:?}");
                assert!(!row.contains(detail), "{detail}: {row}");
            }
        }
        let page = site.staff().get(LOG).text();
        for detail in personal {
            assert!(!page.contains(detail), "{detail}");
        }
    }

    /// The page says it in words, in both languages, with a way to the remark.
    fn the_page_tells_it_in_words(site: TestSite) {
        let mut office = one_of_each(&site);
        let page = office.get(LOG).text();
        for shown in ["2025-06-10 10:00:00", "周青禾", "公众", "系统", "填写采纳情况", "修改采纳情况", "采纳 → 部分采纳", "调整所对条款", "第二部分（一）第1项 → 第二部分（二）第4项", "导出汇总表", "登记来信", "识别为重复来信", "来信待人工核对", "查看联系方式"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(page.contains(QUEUE));
        let english = office.get(&format!("/en{LOG}")).text();
        for shown in ["the public", "outcome given", "outcome changed", "summary exported"] {
            assert!(english.contains(shown), "{shown}");
        }
    }

    /// One person's doings.
    fn it_can_be_narrowed_to_one_person(site: TestSite) {
        let mut office = one_of_each(&site);
        site.account("wang", "王一苇", Role::Drafter);
        let mut colleague = site.client();
        colleague.sign_in("wang", PASSWORD);
        enter(&mut colleague, &[("text", "王一苇录入的来电。")]);
        let ask = |who: &str| format!("{LOG}?{}", serde_urlencoded::to_string([("who", who)]).unwrap());
        let wang = office.get(&ask("王一苇")).text();
        assert_eq!(wang.matches("<td role=\"cell\" class=\"audit-who\">王一苇").count(), 1, "{wang}");
        assert!(!wang.contains("class=\"audit-who\">周青禾") && wang.contains("selected>王一苇"));
        let zhou = office.get(&ask("周青禾")).text();
        assert!(zhou.contains("class=\"audit-who\">周青禾") && !zhou.contains("class=\"audit-who\">王一苇"));
        assert!(!zhou.contains("class=\"audit-who\">公众"));
        for nobody in ["没有此人", "%", "' OR ''='"] {
            assert!(office.get(&ask(nobody)).text().contains("这个人没有操作记录"), "{nobody}");
        }
    }

    /// Page by page, newest first, each entry once, with the filter kept.
    fn it_is_read_page_by_page(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        for number in 0..70 {
            enter(&mut office, &[("text", &format!("来电{number}"))]);
            if number % 10 == 0 {
                comment(&site, "2.1.1", &format!("网页{number}"));
                site.clock.advance(1);
            }
        }
        for (query, wanted) in [("", 78), ("?who=%E5%91%A8%E9%9D%92%E7%A6%BE", 70)] {
            let (mut count, mut times, mut address) = (0, Vec::new(), Some(format!("{LOG}{query}")));
            while let Some(at) = address {
                let page = office.get(&at).text();
                count += page.matches("class=\"audit-who\"").count();
                times.extend(page.split("<time>").skip(1).map(|part| part[..19].to_owned()));
                address = rel(&page, "next");
            }
            assert_eq!(count, wanted, "{query}");
            assert!(times.is_sorted_by(|later, earlier| later >= earlier), "newest first");
        }
    }

    /// Nobody reads it without signing in, and no page changes it.
    fn it_is_only_read(site: TestSite) {
        let mut office = one_of_each(&site);
        assert_eq!(site.client().get(LOG).status, 303);
        let csrf = office.csrf();
        let before = events(&site);
        assert!(matches!(office.post(LOG, &[("csrf", &csrf)]).status, 404 | 405));
        assert_eq!(events(&site), before);
    }
}
