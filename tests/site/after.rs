//! After sending: the receipt's page, adding, withdrawing, confirming the address.

use crate::journey::remark_ids;
use crate::on_both;
use crate::page::Page;
use crate::receipt::dump;
use crate::support::{Reply, TestSite};
use crate::window::form;
use jianyan::clock::Clock;
use jianyan::export::model::{Edition, Format};
use jianyan::export::stated::totals;
use jianyan::export::summary::{Wanted, write};
use jianyan::intake::find::{Found, by_receipt};
use jianyan::privacy::link::{Purpose, token};

const CLOSED: &str = "2025-06-29T00:00:00+08:00";

/// Sends a comment with an e-mail address; answers its receipt number.
pub fn sent(site: &TestSite, text: &str, email: &str) -> String {
    sent_reply(site, text, email).receipt()
}

fn sent_reply(site: &TestSite, text: &str, email: &str) -> Reply {
    let mut fields = form(text);
    let at = fields.iter().position(|(name, _)| *name == "email");
    fields[at.unwrap()].1 = email;
    site.client().post("/c/plan/submissions", &fields)
}

/// The pass for a receipt.
pub fn pass(site: &TestSite, receipt: &str) -> String {
    site.receipt(receipt)
        .split_once("?k=")
        .unwrap()
        .1
        .to_owned()
}

/// Posts a form of a receipt's page with a good pass.
pub fn act(site: &TestSite, receipt: &str, page: &str, fields: &[(&str, &str)]) -> Reply {
    let k = pass(site, receipt);
    let mut all = vec![("k", k.as_str())];
    all.extend_from_slice(fields);
    site.client().post(&format!("/r/{receipt}/{page}"), &all)
}

/// How many rows of a table hold some words.
pub fn rows(site: &TestSite, table: &str, words: &str) -> usize {
    dump(site, table)
        .iter()
        .filter(|row| row.contains(words))
        .count()
}

/// The words of a receipt's page.
pub fn words(site: &TestSite, receipt: &str) -> String {
    Page::read(&site.client().get(&site.receipt(receipt)).text()).line("main")
}

fn found(site: &TestSite, receipt: &str) -> Found {
    let (number, vault, now) = (receipt.to_owned(), site.vault.clone(), site.clock.now());
    let found = site
        .database
        .read_now(move |db| by_receipt(db, &vault, &number, now))
        .unwrap();
    found.unwrap()
}

on_both! {
    /// Number, time, words, masked contact, code, what was mailed, what happened.
    fn the_receipt_tells_everything(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "请把晾衣架装低一点。", "shen.zhiqiu@example.org");
        let html = site.client().get(&site.receipt(&receipt)).text();
        let page = Page::read(&html);
        let shown = page.line("main");
        for part in [
            "请把晾衣架装低一点。", "1.开展集中清理", "沈**", "199****1234", "2025年6月10日 10:00（北京时间）",
            "回执和结果会发到 s***@example.org；邮箱还没有确认", "收到您的意见", "补充意见", "撤回意见", &format!("{}/r/{receipt}", site.base),
        ] {
            assert!(shown.contains(part), "{part} is not in {shown}");
        }
        assert_eq!(crate::qr::read(&html), format!("{}/r/{receipt}", site.base));
        assert!(html.contains("用手机扫一扫，打开这份回执"));
        let without = sent(&site, "没有留邮箱。", "");
        assert!(words(&site, &without).contains("没有留电子邮箱，不会发邮件"));
        let english = site.client().get(&format!("/en{}", site.receipt(&receipt))).text();
        assert!(english.contains("Receipt and outcome go to s***@example.org"));
        // The switch of language keeps the pass.
        assert!(page.links().iter().any(|href| href.starts_with(&format!("/en/r/{receipt}?k="))));
    }

    /// Adding: its own time, its own section, an event, a mail; the same words twice once.
    fn a_supplement_joins_the_submission(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "第一次的话", "shen@example.org");
        let k = pass(&site, &receipt);
        let offered = Page::read(&site.client().get(&format!("/r/{receipt}/supplement?k={k}")).text());
        assert!(offered.line("select").contains("1.开展集中清理") && offered.line("select").contains("整份征求意见稿"));
        let on = offered.tags.iter().find(|tag| tag.name == "option").unwrap().get("value").unwrap().to_owned();
        site.clock.advance(1800);
        for _ in 0..2 {
            let added = act(&site, &receipt, "supplement", &[("on", &on), ("text", " 还要补一句\r\n")]);
            assert!(added.location().ends_with("&done=supplemented"));
            assert!(site.client().get(added.location()).text().contains("补充的话收到了"));
        }
        assert!(act(&site, &receipt, "supplement", &[("on", ""), ("text", "还要补一句")]).status == 303, "the whole draft is another place");
        assert_eq!(dump(&site, "remarks").len(), 3);
        assert_eq!(dump(&site, "submissions").len(), 1);
        assert_eq!(rows(&site, "jobs", "acknowledge-supplement"), 2);
        assert_eq!(rows(&site, "audit_events", "submission-supplemented"), 2);
        let shown = words(&site, &receipt);
        assert!(shown.contains("第一次的话") && shown.contains("还要补一句") && shown.contains("2025年6月10日 10:30（北京时间）补充"), "{shown}");
        assert!(shown.contains("您补充了一条"), "{shown}");
        // Nobody is mailed who left no address.
        let silent = sent(&site, "没有邮箱", "");
        act(&site, &silent, "supplement", &[("text", "也补一句")]).location();
        assert_eq!(rows(&site, "jobs", "acknowledge-supplement"), 2);
    }

    /// The same words from ten windows at once are one.
    fn a_double_click_adds_once(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "第一次的话", "");
        std::thread::scope(|scope| {
            for _ in 0..10 {
                scope.spawn(|| act(&site, &receipt, "supplement", &[("text", "手抖")]).location().to_owned());
            }
        });
        assert_eq!(rows(&site, "remarks", "手抖"), 1);
    }

    /// What cannot be taken is given back: too late, empty, on somebody else's remark.
    fn a_refused_supplement_loses_nothing(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "第一次的话", "shen@example.org");
        let empty = act(&site, &receipt, "supplement", &[("text", " ")]);
        assert_eq!(empty.status, 422);
        assert!(Page::read(&empty.text()).title().starts_with("错误：") && Page::read(&empty.text()).links().contains(&"#text"));
        let astray = act(&site, &receipt, "supplement", &[("on", "0197aaaa-0000-7000-8000-000000000000"), ("text", "别人的条款")]);
        assert_eq!(astray.status, 422);
        assert_eq!(Page::read(&astray.text()).value("text"), "别人的条款");

        site.clock.set("2025-06-28T23:59:59.9+08:00");
        assert_eq!(act(&site, &receipt, "supplement", &[("text", "最后一秒")]).status, 303);
        site.clock.set(CLOSED);
        let late = act(&site, &receipt, "supplement", &[("text", "迟了一秒 & 🙂")]);
        assert_eq!(late.status, 409);
        let page = Page::read(&late.text());
        assert_eq!(page.value("typed-1"), "迟了一秒 & 🙂");
        for way in ["0900-5550123", "loudao@example.org", "逾期的意见也会登记"] {
            assert!(page.line("main").contains(way), "{way}");
        }
        let k = pass(&site, &receipt);
        let closed = site.client().get(&format!("/r/{receipt}/supplement?k={k}"));
        assert!(closed.status == 200 && closed.text().contains("征求意见已经截止"));
        assert!(!words(&site, &receipt).contains("补充意见"));
        assert_eq!(dump(&site, "remarks").len(), 2);
    }

    /// Withdrawing: asked once, marked everywhere, kept, counted apart, its words not public.
    fn what_is_withdrawn_stays_and_is_counted_apart(site: TestSite) {
        let consultation = site.publish_sample();
        let receipt = sent(&site, "这句话我要收回", "shen@example.org");
        act(&site, &receipt, "supplement", &[("text", "补的这句也收回")]).location();
        let stays = sent(&site, "这句话留着", "");
        let k = pass(&site, &receipt);
        let asked = site.client().get(&format!("/r/{receipt}/withdraw?k={k}"));
        assert!(asked.text().contains("确认撤回这份意见？") && asked.text().contains("它仍然留在记录里"));
        assert_eq!(rows(&site, "jobs", "acknowledge-withdrawal"), 0, "asking changes nothing");
        for _ in 0..2 {
            let done = act(&site, &receipt, "withdraw", &[]);
            assert!(done.location().ends_with("&done=withdrawn"));
        }
        assert_eq!(rows(&site, "jobs", "acknowledge-withdrawal"), 1);
        assert_eq!(rows(&site, "audit_events", "submission-withdrawn"), 1);
        let shown = words(&site, &receipt);
        assert!(shown.contains("已撤回：") && shown.contains("这句话我要收回") && shown.contains("您撤回了这份意见"), "{shown}");
        assert!(!shown.contains("补充意见") && !shown.contains("撤回意见"));
        let again = sent_reply(&site, "这句话我要收回", "shen@example.org");
        let told = Page::read(&site.client().get(again.location()).text()).line("main");
        assert!(told.contains("没有重新登记") && !told.contains("您的意见收到了"), "{told}");
        let more = act(&site, &receipt, "supplement", &[("text", "又想补")]);
        assert!(more.status == 409 && more.text().contains("又想补"));

        // The office sees it marked, and owes it nothing.
        let mut office = site.staff();
        let queue = Page::read(&office.get("/office/c/plan/remarks").text()).line(".queue");
        assert_eq!(queue.matches("已撤回").count(), 2, "{queue}");
        let only = Page::read(&office.get("/office/c/plan/remarks?outcome=withdrawn").text()).line(".queue");
        assert!(only.contains("这句话我要收回") && !only.contains("这句话留着"));
        let open = office.get("/office/c/plan/remarks?outcome=open").text();
        assert!(open.contains("这句话留着") && !open.contains("这句话我要收回"));
        let ids = remark_ids(&office.get("/office/c/plan/remarks?outcome=withdrawn").text(), "plan");
        let remark = office.get(&format!("/office/c/plan/remarks/{}", ids[0]));
        assert!(remark.text().contains("提出人已于") && !remark.text().contains("保存采纳情况"));
        let csrf = office.csrf();
        let forced = [("csrf", csrf.as_str()), ("revision", "0"), ("outcome", "adopted"), ("reason", "强行")];
        assert_eq!(office.post(&format!("/office/c/plan/remarks/{}/outcome", ids[0]), &forced).status, 409);

        // Published: the rest needs its outcome, the withdrawn ones stand apart.
        site.clock.set("2025-07-01T09:00:00+08:00");
        let mut office = site.staff();
        let ids = remark_ids(&office.get("/office/c/plan/remarks?outcome=open").text(), "plan");
        let page = office.get(&format!("/office/c/plan/remarks/{}", ids[0]));
        let (csrf, revision) = (page.hidden("csrf"), page.hidden("revision"));
        let fields = [("csrf", csrf.as_str()), ("revision", &revision), ("outcome", "adopted"), ("reason", "已写入。")];
        assert_eq!(office.post(&format!("/office/c/plan/remarks/{}/outcome", ids[0]), &fields).status, 303);
        assert_eq!(office.post("/office/c/plan/publish", &[("csrf", &csrf)]).location(), "/c/plan/feedback");
        let public = site.client().get("/c/plan/feedback").text();
        let told = Page::read(&public).line("main");
        assert!(told.contains("提出人撤回2条") && told.contains("合计3条") && told.contains("（提出人已撤回，内容不公开）"), "{told}");
        assert!(told.contains("这句话留着") && !told.contains("这句话我要收回") && !told.contains("补的这句也收回"));
        assert!(words(&site, &stays).contains("已写入。"));

        let counted = site.database.read_now(|db| totals(db, &consultation)).unwrap();
        assert_eq!((counted.opinions, counted.withdrawn, counted.pending, counted.submissions), (3, 2, 0, 2));
        counted.check().unwrap();
        for (edition, shows) in [(Edition::Public, false), (Edition::Archive, true)] {
            let wanted = Wanted { format: Format::Csv, edition, as_of: site.clock.now() };
            let target = site.folder.path().join("out.csv");
            site.database.read_snapshot(|db| write(db, &site.vault, &consultation, wanted, &target)).unwrap();
            let file = std::fs::read_to_string(&target).unwrap();
            assert!(file.contains("撤回2条") && file.contains("撤回"), "{file}");
            assert_eq!(file.contains("这句话我要收回"), shows, "{file}");
        }
    }

    /// After the window it is too late, and the page says so.
    fn withdrawing_ends_with_the_window(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "想收回也晚了", "shen@example.org");
        site.clock.set(CLOSED);
        let k = pass(&site, &receipt);
        assert!(site.client().get(&format!("/r/{receipt}/withdraw?k={k}")).text().contains("已经不能撤回了"));
        let late = act(&site, &receipt, "withdraw", &[]);
        assert!(late.status == 409 && late.text().contains("您的意见没有改动") && late.text().contains("0900-5550123"));
        assert_eq!(rows(&site, "audit_events", "submission-withdrawn"), 0);
        assert!(!words(&site, &receipt).contains("已撤回"));
        // What was withdrawn in time gets the same answer for ever.
        site.clock.set("2025-06-28T23:59:59+08:00");
        act(&site, &receipt, "withdraw", &[]).location();
        site.clock.set(CLOSED);
        assert!(act(&site, &receipt, "withdraw", &[]).location().ends_with("&done=withdrawn"));
        assert_eq!(rows(&site, "audit_events", "submission-withdrawn"), 1);
    }

    /// The link in the mail shows a button; the button marks the address, once; nothing else does.
    fn an_address_is_confirmed_by_a_button(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "确认邮箱", "shen@example.org");
        let own = token(&site.vault, Purpose::ConfirmAddress, &found(&site, &receipt).address_link()).unwrap();
        let link = format!("/r/{receipt}/confirm/{own}");
        for _ in 0..2 {
            let page = site.client().get(&link);
            assert!(page.status == 200 && page.text().contains("是我的邮箱") && page.text().contains("s***@example.org"));
            assert_eq!(page.header("cache-control"), Some("no-store"));
        }
        assert_eq!(rows(&site, "audit_events", "address-confirmed"), 0, "a mail scanner opened it");
        for _ in 0..2 {
            assert_eq!(site.client().post(&link, &[]).location(), link);
        }
        assert!(site.client().get(&link).text().contains("邮箱已经确认"));
        assert_eq!(rows(&site, "audit_events", "address-confirmed"), 1);
        assert!(words(&site, &receipt).contains("邮箱已于2025年6月10日 10:00（北京时间）确认"));
        let mut office = site.staff();
        let ids = remark_ids(&office.get("/office/c/plan/remarks").text(), "plan");
        assert!(office.get(&format!("/office/c/plan/remarks/{}", ids[0])).text().contains("已通过邮件链接确认"));

        let other = sent(&site, "另一份", "han@example.org");
        let none = "7K2M-9QXD-4RTB-2HWN";
        for wrong in [format!("/r/{other}/confirm/{own}"), format!("/r/{none}/confirm/{own}"), format!("/r/{receipt}/confirm/0"), format!("/r/x/confirm/{own}")] {
            assert_eq!((site.client().get(&wrong).status, site.client().post(&wrong, &[]).status), (404, 404), "{wrong}");
        }
        assert_eq!(rows(&site, "audit_events", "address-confirmed"), 1);
    }
}
