//! Registering letters: kept first, dated by our own server, never lost and never twice.

use crate::mail::{IN_TIME, Letter, by, parts};
use crate::on_both;
use crate::steps::{QUEUE, events_of, only_remark, queue, remark_ids, submissions_kept};
use jianyan::consultations::model::Timing;
use jianyan::ids::sha256;
use jianyan::intake::email::Received;

fn timing(received: &Received) -> Timing {
    match received {
        Received::Registered { timing, .. } => *timing,
        other => panic!("not registered: {other:?}"),
    }
}

fn is_registered(received: &Received) -> bool {
    matches!(received, Received::Registered { .. })
}

on_both! {
    /// The bytes as they came, whatever is in them and whatever becomes of them.
    fn the_raw_bytes_are_kept_as_they_came(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let bytes: Vec<u8> = (0..=255_u8).cycle().take(5_000).collect();
        let letters = [
            Letter::default().raw(),
            Letter { extra: "Auto-Submitted: auto-replied\r\n", ..Letter::default() }.raw(),
            bytes,
            Vec::new(),
            b"\xff\xfe\x00\x00".to_vec(),
            b"no header at all".to_vec(),
        ];
        for raw in &letters {
            room.receive(raw, None).unwrap();
            assert_eq!(site.storage.fetch(&sha256(raw)).unwrap(), *raw);
        }
        let page = site.staff().get("/office/c/plan/letters").text();
        assert!(page.contains("共6封"), "each is in the book: {page}");
    }

    /// Of our own server's line, the topmost; the sender's date and whatever stands below, never.
    fn our_own_servers_line_decides(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let late = "Sun, 29 Jun 2025 00:00:00 +0800";
        let cases: [(&str, Vec<String>, Timing); 7] = [
            ("first second in", vec![by("mail.example.org", "Thu, 29 May 2025 00:00:00 +0800")], Timing::InTime),
            ("last second before", vec![by("mail.example.org", "Wed, 28 May 2025 23:59:59 +0800")], Timing::Early),
            ("last second in, in UTC", vec![by("mail.example.org", "Sat, 28 Jun 2025 15:59:59 +0000")], Timing::InTime),
            ("first second out", vec![by("mail.example.org", late)], Timing::Late),
            ("a forged line below", vec![by("mail.example.org", late), by("mail.example.org", IN_TIME)], Timing::Late),
            ("another relay above", vec![by("scanner.example.net", IN_TIME), by("MAIL.example.org", late)], Timing::Late),
            ("other relays below", vec![by("mail.example.org", late), by("a.example.net", IN_TIME), by("b.example.net", IN_TIME)], Timing::Late),
        ];
        for (index, (what, received, wanted)) in cases.into_iter().enumerate() {
            let (id, body, from) = (format!("at-{index}"), format!("第{index}封：建议每月清理一次楼道。\r\n"), format!("甲 <a{index}@example.com>"));
            let came = room.receive(&Letter { received, id: Some(&id), body: &body, from: &from, ..Letter::default() }.raw(), None).unwrap();
            assert_eq!(timing(&came), wanted, "{what}");
        }
        let mut office = site.staff();
        let page = queue(&mut office, "?timing=late");
        assert_eq!(remark_ids(&page).len(), 4);
        let first_late = format!("{QUEUE}/{}", remark_ids(&page)[0]);
        let shown = office.get(&first_late).text();
        assert!(shown.contains("2025-06-29 00:00") && shown.contains("本单位邮件服务器的收信时间"), "{shown}");
    }

    /// Without a line of our own server the file's time counts, and a person is asked to check.
    fn without_our_servers_line_the_files_time_counts_and_is_marked(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let in_time: jiff::Timestamp = "2025-06-10T08:00:00+08:00".parse().unwrap();
        let late: jiff::Timestamp = "2025-07-10T08:00:00+08:00".parse().unwrap();
        let elsewhere = vec![by("mx.example.net", IN_TIME)];
        let broken = vec![by("mail.example.org", "some day in June")];
        let lookalike = vec![by("mail.example.org.example.net", IN_TIME)];
        for (index, (received, file_time, wanted)) in [
            (elsewhere.clone(), late, Timing::Late),
            (elsewhere, in_time, Timing::InTime),
            (broken, late, Timing::Late),
            (lookalike, late, Timing::Late),
            (Vec::new(), late, Timing::Late),
        ]
        .into_iter()
        .enumerate()
        {
            let (id, body, from) = (format!("file-{index}"), format!("第{index}封：建议每月清理一次楼道。\r\n"), format!("甲 <a{index}@example.com>"));
            let came = room.receive(&Letter { received, id: Some(&id), body: &body, from: &from, ..Letter::default() }.raw(), Some(file_time)).unwrap();
            assert_eq!(timing(&came), wanted, "{index}");
        }
        let mut office = site.staff();
        for id in remark_ids(&queue(&mut office, "")) {
            assert!(office.get(&format!("{QUEUE}/{id}")).text().contains("请人工核对"));
        }
    }

    /// The same letter again, by whatever road, is the same; other words or files under the same number are added to it.
    fn the_same_letter_is_registered_once(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let first = Letter::default();
        assert!(is_registered(&room.receive(&first.raw(), None).unwrap()));
        assert_eq!(room.receive(&first.raw(), None).unwrap(), Received::Duplicate, "the same bytes");
        let other_road = Letter {
            received: vec![by("mail.example.org", "Tue, 10 Jun 2025 09:05:00 +0800"), by("relay.example.net", IN_TIME)],
            extra: "X-Spam-Score: 0\r\n",
            ..first.clone()
        };
        assert_eq!(room.receive(&other_road.raw(), None).unwrap(), Received::Duplicate, "through another relay");
        let other_words = Letter { body: "另外一条：加装扶手。\r\n", ..first.clone() };
        let is_added = |raw: &[u8]| matches!(room.receive(raw, None).unwrap(), Received::Supplement { .. });
        assert!(is_added(&other_words.raw()), "other words");
        let (kind, body) = parts("建议每月清理一次楼道。", &[("filename=\"a.txt\"", "第一份")]);
        let with_file = Letter { kind: &kind, body: &body, ..first.clone() };
        assert!(is_added(&with_file.raw()), "a file more");
        let (kind, body) = parts("建议每月清理一次楼道。", &[("filename=\"a.txt\"", "第二份")]);
        let other_file = Letter { kind: &kind, body: &body, ..first };
        assert!(is_added(&other_file.raw()), "another file");
        assert_eq!(submissions_kept(&site), 1);
        assert_eq!(events_of(&site, "letter-duplicate").len(), 1);
        let page = site.staff().get("/office/c/plan/letters").text();
        assert_eq!(page.matches("class=\"letter-word\">重复").count(), 1, "{page}");
        assert_eq!(page.matches("class=\"letter-word\">已登记").count(), 1, "{page}");
    }

    /// Many importers at once on the same letter: one submission, and it is not its own duplicate.
    fn one_letter_read_by_many_at_once_is_registered_once(site: TestSite) {
        site.publish_sample();
        let raw = Letter::default().raw();
        let came: Vec<Received> = std::thread::scope(|scope| {
            let reading: Vec<_> = (0..4)
                .map(|_| {
                    let (room, raw) = (site.mailroom("plan"), &raw);
                    scope.spawn(move || room.receive(raw, None).unwrap())
                })
                .collect();
            reading.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(came.iter().filter(|one| is_registered(one)).count(), 1, "{came:?}");
        assert_eq!(submissions_kept(&site), 1);
        let page = site.staff().get("/office/c/plan/letters").text();
        assert!(page.contains("已登记") && !page.contains("class=\"letter-word\">重复"), "{page}");
        assert_eq!(events_of(&site, "letter-registered").len(), 1);
        assert!(events_of(&site, "letter-duplicate").is_empty());
    }

    /// No number, no sender, no subject: still somebody's letter.
    fn a_letter_without_its_usual_lines_is_registered(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let bare = Letter { id: None, ..Letter::default() };
        assert!(is_registered(&room.receive(&bare.raw(), None).unwrap()), "no Message-ID");
        assert_eq!(room.receive(&bare.raw(), None).unwrap(), Received::Duplicate);
        let other = Letter { id: None, body: "第二封没有编号的信。", ..Letter::default() };
        assert!(is_registered(&room.receive(&other.raw(), None).unwrap()));
        let nobody = Letter { id: Some("nobody"), from: "", subject: "", ..Letter::default() };
        assert!(is_registered(&room.receive(&nobody.raw(), None).unwrap()), "no sender");
        assert!(is_registered(&room.receive(b"\xbd\xa8\xd2\xe9\xb6\xe0\xd6\xd6\xca\xf7", None).unwrap()), "words alone, in GBK");
        assert_eq!(remark_ids(&queue(&mut site.staff(), "")).len(), 4);
    }

    /// Several numbered opinions become several remarks, each where it belongs.
    fn several_opinions_become_several_remarks(site: TestSite) {
        site.publish_sample();
        let words = "您好：\r\n我有三点意见。\r\n1.第二部分第（一）条第2项，晾衣架每单元应不少于4处。\r\n\
            2.第二部分第（二）条第4项，充电棚要有雨棚。\r\n3.希望多贴通知。\r\n此致\r\n敬礼\r\n韩立夏\r\n电话：0900-5557788\r\n";
        site.mailroom("plan").receive(&Letter { body: words, ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let ids = remark_ids(&queue(&mut office, ""));
        assert_eq!(ids.len(), 3);
        let pages: Vec<String> = ids.iter().map(|id| office.get(&format!("{QUEUE}/{id}")).text()).collect();
        for (page, (own, place)) in pages.iter().zip([
            ("晾衣架每单元应不少于4处", "2.规范晾晒设施"),
            ("充电棚要有雨棚", "4.规范电动车充电"),
            ("希望多贴通知", "整份征求意见稿"),
        ]) {
            let opinion = page.split("opinion-text").nth(1).unwrap().split("</p>").next().unwrap();
            assert!(opinion.contains(own), "{opinion}");
            let draft = page.split("draft-title").nth(2).unwrap().split("</section>").next().unwrap();
            assert!(draft.contains(place), "{own}: {draft}");
            assert!(page.contains("来信全文") && page.contains("我有三点意见"), "the whole letter is one click away");
            assert!(page.contains("0900-5557788"));
        }
    }

    /// The sender's own telephone, never the office's in the text they answer.
    fn contact_details_come_from_the_signature_not_from_the_quote(site: TestSite) {
        site.publish_sample();
        let words = "建议每月清理一次楼道。\r\n\r\n-- \r\n韩立夏\r\n手机：19900005678\r\n\r\n\
            ------------------ 原始邮件 ------------------\r\n发件人: \"区社区建设局\" <loudao@example.org>;\r\n\
            发送时间: 2025年6月9日(星期一) 上午9:00\r\n主题: 公告\r\n\r\n联系人:陶知行\r\n电话:0900-5550123\r\n手机:19900009999\r\n";
        site.mailroom("plan").receive(&Letter { body: words, ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let page = office.get(&address).text();
        let sender = page.split("origin-title").nth(2).unwrap().split("同一来件").next().unwrap();
        assert!(sender.contains("韩立夏") && sender.contains("19900005678") && sender.contains("hanlixia@example.com"), "{sender}");
        for not_theirs in ["陶知行", "0900-5550123", "19900009999", "loudao@example.org"] {
            assert!(!sender.contains(not_theirs), "{not_theirs}: {sender}");
        }
        let opinion = page.split("opinion-text").nth(1).unwrap().split("</p>").next().unwrap();
        assert!(opinion.contains("每月清理") && !opinion.contains("19900005678") && !opinion.contains("原始邮件"), "{opinion}");
        assert!(page.contains("引用的原邮件") && page.contains("陶知行"), "what was left out can be looked at");
    }
}
