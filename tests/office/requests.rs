//! Requests about personal data, as the office deals with them: handed over, put right, destroyed.

use crate::mail::{Letter, parts};
use crate::on_both;
use crate::steps::{comment_with, events_of, jobs, remark_ids};
use crate::support::client::Reply;
use crate::support::{Client, PASSWORD, TestSite};
use jianyan::clock::Clock;
use jianyan::export::stated::totals;
use jianyan::identity::model::Role;
use jianyan::intake::find::{Found, by_receipt};

fn ask(site: &TestSite, receipt: &str, kind: &str, text: &str) {
    let address = site.receipt(receipt);
    let k = address.split_once("?k=").unwrap().1;
    let fields = [("k", k), ("kind", kind), ("text", text)];
    let asked = site
        .client()
        .post(&format!("/r/{receipt}/requests"), &fields);
    assert!(asked.location().ends_with("&done=asked"));
}

/// The addresses of the requests on the work list.
fn requests(office: &mut Client) -> Vec<String> {
    let page = office.get("/office/requests").text();
    let mark = "href=\"/office/requests/";
    let ids = page.split(mark).skip(1).map(|part| part[..36].to_owned());
    ids.map(|id| format!("/office/requests/{id}")).collect()
}

fn deal(office: &mut Client, address: &str, fields: &[(&str, &str)]) -> Reply {
    let csrf = office.csrf();
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    office.post(address, &all)
}

fn found(site: &TestSite, receipt: &str) -> Found {
    let (vault, now) = (site.vault.clone(), site.clock.now());
    site.database
        .read_now(|db| by_receipt(db, &vault, receipt, now))
        .unwrap()
        .unwrap()
}

fn shown(site: &TestSite, receipt: &str) -> String {
    site.client().get(&site.receipt(receipt)).text()
}

on_both! {
    /// The list says how much waits, on every page; the copy holds everything; the answer stands on
    /// the receipt and goes by mail.
    fn a_copy_is_made_and_handed_over(site: TestSite) {
        site.publish_sample();
        let receipt = comment_with(&site, &[("text", "请把晾衣架装低一点。"), ("address", "青禾区示例路7号")]);
        let mut office = site.staff();
        assert!(office.get("/office/requests").text().contains("没有待办的申请"));
        assert!(!office.get("/office/c/plan/remarks").text().contains("个人信息申请"));
        ask(&site, &receipt, "copy", "请打印一份给我");
        assert!(office.get("/office/c/plan/remarks").text().contains("个人信息申请"));
        let address = requests(&mut office).remove(0);
        let page = office.get(&address).text();
        assert!(page.contains("请打印一份给我") && page.contains("下载副本") && page.contains(&receipt));
        assert_eq!(events_of(&site, "contact-viewed").len(), 1);
        let copy = office.get(&format!("{address}/copy"));
        assert!(copy.header("content-disposition").unwrap().starts_with("attachment"));
        let held: serde_json::Value = serde_json::from_str(&copy.text()).unwrap();
        assert_eq!(held["提出人"]["地址"], "青禾区示例路7号");
        assert_eq!(held["意见"][0]["意见"], "请把晾衣架装低一点。");
        for when in [&held["制作时间"], &held["收到时间"], &held["意见"][0]["收到时间"], &held["个人信息申请"][0]["提出时间"]] {
            let when = when.as_str().unwrap();
            assert!(when.starts_with("2025年6月10日 10:00") && when.contains("北京时间"), "{when}");
        }
        assert_eq!(held["意见"][0]["条款"], "第二部分（一）第1项");
        assert_eq!(events_of(&site, "privacy-copy-made").len(), 1);

        let silent = deal(&mut office, &address, &[("act", "only-answer"), ("answer", " ")]);
        assert_eq!(silent.status, 422);
        let done = deal(&mut office, &address, &[("act", "only-answer"), ("answer", "6月10日当面交给您。")]);
        assert_eq!(done.location(), "/office/requests?done=1");
        assert!(shown(&site, &receipt).contains("6月10日当面交给您。"));
        assert_eq!(events_of(&site, "privacy-request-done").len(), 1);
        assert_eq!(jobs(&site, "answer-privacy-request"), 1);
        assert!(!office.get("/office/c/plan/remarks").text().contains("个人信息申请"));
        assert!(office.get("/office/requests").text().contains("周青禾"));
    }

    /// Two of the staff at once: one ends it, the other is told; who may only look does nothing.
    fn one_of_two_wins(site: TestSite) {
        site.publish_sample();
        let receipt = comment_with(&site, &[("text", "意见")]);
        ask(&site, &receipt, "erase", "");
        let mut first = site.staff();
        site.account("lin", "林知远", Role::Drafter);
        let mut second = site.client();
        second.sign_in("lin", PASSWORD);
        site.account("kan", "看客", Role::Auditor);
        let mut viewer = site.client();
        viewer.sign_in("kan", PASSWORD);
        let address = requests(&mut first).remove(0);
        assert_eq!(deal(&mut viewer, &address, &[("act", "do"), ("answer", "删")]).status, 403);
        assert_eq!(viewer.get(&format!("{address}/copy")).status, 403);
        assert!(found(&site, &receipt).erased_at.is_none());
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let both = [(&mut first, "甲办的"), (&mut second, "乙办的")];
            let threads: Vec<_> = both
                .map(|(client, answer)| scope.spawn(|| deal(client, &address, &[("act", "do"), ("answer", answer)]).status))
                .into_iter()
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let mut sorted = statuses.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [303, 409], "{statuses:?}");
        assert_eq!(events_of(&site, "privacy-request-done").len(), 1);
        let late = deal(&mut second, &address, &[("act", "only-answer"), ("answer", "又来")]);
        assert!(late.status == 409 && late.text().contains("刚刚办结了这项申请"));
    }

    /// Wrong details are put right, checked as at the desk; the confirmation falls with the address.
    fn details_are_corrected(site: TestSite) {
        site.publish_sample();
        let receipt = comment_with(&site, &[("text", "意见"), ("name", "沈知秋")]);
        ask(&site, &receipt, "correct", "名字写错了");
        let mut office = site.staff();
        let address = requests(&mut office).remove(0);
        let own = [("act", "do"), ("answer", "已更正。"), ("organisation", ""), ("address", "")];
        let with = |fields: &[(&'static str, &'static str)]| [&own[..], fields].concat();
        let wrong = deal(&mut office, &address, &with(&[("name", "沈之秋"), ("phone", "123"), ("email", "没有@")]));
        assert_eq!(wrong.status, 422);
        for part in ["value=\"沈之秋\"", "value=\"123\"", "phone-error", "email-error"] {
            assert!(wrong.text().contains(part), "{part}");
        }
        assert_eq!(found(&site, &receipt).sender.name.as_deref(), Some("沈知秋"));
        let done = deal(&mut office, &address, &with(&[("name", "沈之秋"), ("phone", "19900001234、0900-5550123"), ("email", "new@example.org")]));
        assert_eq!(done.status, 303, "{}", done.text());
        let sender = found(&site, &receipt).sender;
        assert_eq!((sender.name.as_deref(), sender.phones.len(), sender.emails), (Some("沈之秋"), 2, vec!["new@example.org".to_owned()]));
        let opened = site.client().post("/r", &[("number", &receipt), ("contact", "new@example.org")]);
        assert!(opened.location().contains("?k="));
    }

    /// Erasure: who it was is gone from tables and disk; what was said and every count stay.
    fn erasure_leaves_the_opinion_and_the_counts(site: TestSite) {
        let consultation = site.publish_sample();
        let receive = |id: &str, from: &str, words: &str, files: &[(&str, &str)]| {
            let (kind, body) = parts(words, files);
            let letter = Letter { from, id: Some(id), kind: &kind, body: &body, ..Letter::default() };
            site.mailroom("plan").receive(&letter.raw(), None).unwrap();
        };
        let own = [("filename=own.txt", "只有这一封有的附件"), ("filename=shared.txt", "两封都有的附件")];
        receive("erase", "陆知夏 <lu@example.net>", "建议多贴通知。\r\n-- \r\n陆知夏\r\n手机：19900008765", &own);
        receive("other", "韩立夏 <han@example.net>", "我也赞成。", &own[1..]);
        let mut office = site.staff();
        let ids = remark_ids(&office.get("/office/c/plan/remarks").text());
        let vault = site.vault.clone();
        let before = ids.iter().find_map(|id| {
            let remark = site.database.read_now(|db| jianyan::triage::find::remark(db, &consultation.id, id)).unwrap();
            let found = site.database.read_now(|db| jianyan::intake::find::by_id(db, &vault, &consultation, &remark.submission_id)).unwrap();
            found.sender.emails.contains(&"lu@example.net".to_owned()).then_some(found)
        }).unwrap();
        let file = |name: &str| before.attachments.iter().find(|file| file.name == name).unwrap().sha256.clone();
        let (raw, own, both) = (before.raw_sha256.clone().unwrap(), file("own.txt"), file("shared.txt"));
        assert!([&raw, &own, &both].iter().all(|file| site.storage.holds(file)));
        let counted = |site: &TestSite| site.database.read_now(|db| totals(db, &consultation)).unwrap();
        let had = counted(&site);

        ask(&site, &before.receipt, "erase", "我叫陆知夏");
        let address = requests(&mut office).remove(0);
        assert!(office.get(&address).text().contains("立即删除，不能恢复"));
        let done = deal(&mut office, &address, &[("act", "do"), ("answer", "已经删除。")]);
        assert_eq!(done.status, 303, "{}", done.text());

        let after = found(&site, &before.receipt);
        assert!(after.erased_at.is_some() && after.sender.full_name().is_empty() && after.sender.first_way().is_none());
        assert!(after.elided.is_none() && after.subject.is_none());
        assert!(after.attachments.iter().all(|file| file.name.is_empty() && !file.kept));
        assert_eq!(after.remarks[0].text, before.remarks[0].text, "the opinion stays");
        assert_eq!(counted(&site), had, "the counts stay");
        assert!(!site.storage.holds(&raw) && !site.storage.holds(&own), "the files are destroyed");
        assert!(site.storage.holds(&both), "another letter needs this one");
        assert_eq!(jobs(&site, "answer-privacy-request"), 0, "nowhere to write to");

        // The number alone opens the receipt now, and the answer stands there.
        let opened = site.client().post("/r", &[("number", &before.receipt), ("contact", "随便")]);
        let page = site.client().get(opened.location()).text();
        assert!(page.contains("已经删除。") && page.contains("联系方式已按您的要求删除") && page.contains("已按您的要求删除"));
        let remark = office.get(&format!("/office/c/plan/remarks/{}", after.remarks[0].id)).text();
        assert!(remark.contains("已按提出人的要求删除") && !remark.contains("own.txt"));
        let gone = format!("/office/c/plan/submissions/{}/attachments/{}", after.submission_id, after.attachments[0].id);
        assert!(office.get(&gone).text().contains("已按提出人的要求删除"));
        let k = site.receipt(&before.receipt);
        let k = k.split_once("?k=").unwrap().1;
        let again = site.client().post(&format!("/r/{}/requests", before.receipt), &[("k", k), ("kind", "erase")]);
        assert_eq!(again.status, 409);
    }
}
