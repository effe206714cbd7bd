//! What came by telephone, letter or visit, entered by staff.

use crate::on_both;
use crate::steps::{
    ENTRY, PHONE, enter, events_of, only_remark, queue, remark_ids, submissions_kept, unescaped,
    with,
};

on_both! {
    /// By each way, at the time that was stated, without contact details when none were left.
    fn each_way_is_registered_at_the_stated_time(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        for (channel, word) in [("phone", "电话"), ("letter", "信函"), ("visit", "来访")] {
            let text = format!("由{channel}来的意见");
            let reply = enter(&mut office, &[("channel", channel), ("text", &text)]);
            let page = office.get(reply.location()).text();
            assert!(page.contains(&text) && page.contains(word), "{channel}");
            assert!(page.contains("2025-06-10 09:30") && page.contains("工作人员登记的时间"), "{page}");
            assert!(page.contains("没有留"), "no contact details");
        }
        let received = events_of(&site, "submission-received");
        assert_eq!(received.len(), 3);
        assert!(received.iter().all(|event| event.who == "周青禾" && event.kind == "staff"));
        assert!(received[0].detail.contains(r#""timing":"in""#));
    }

    /// With everything that a caller left.
    fn contact_details_are_kept_when_left(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let left = [
            ("name", "沈知秋"),
            ("sender_kind", "organisation"),
            ("organisation", "青禾区楼道互助会"),
            ("phone", "０９００－５５５７７８８转8"),
            ("email", "huzhu＠example.org"),
            ("address", "青禾区杏花里3号楼"),
        ];
        let reply = enter(&mut office, &left);
        let page = office.get(reply.location()).text();
        for shown in ["沈知秋", "青禾区楼道互助会", "0900-5557788", "huzhu@example.org", "青禾区杏花里3号楼"] {
            assert!(page.contains(shown), "{shown}");
        }
    }

    /// Early and late ones are kept, marked, and counted apart; what has not happened is refused.
    fn time_decides_the_mark_and_the_future_is_refused(site: TestSite) {
        site.publish_sample();
        site.clock.set("2025-06-29T12:00:00+08:00");
        let mut office = site.staff();
        let cases = [
            ("2025-05-28", "23:59:59", "early"),
            ("2025-05-29", "00:00", "in"),
            ("2025-06-28", "23:59:59", "in"),
            ("2025-06-29", "00:00:00", "late"),
            ("2025-06-28", "", "in"),
            ("2025-06-29", "", "late"),
        ];
        for (day, time, timing) in cases {
            let text = format!("{day} {time} 收到");
            let reply = enter(&mut office, &[("received_on", day), ("received_at", time), ("text", &text)]);
            assert_eq!(reply.status, 303, "{day} {time}");
            let last = events_of(&site, "submission-received").pop().unwrap();
            assert!(last.detail.contains(&format!(r#""timing":"{timing}""#)), "{day} {time}: {}", last.detail);
        }
        for (timing, count) in [("early", 1), ("in", 3), ("late", 2)] {
            assert_eq!(remark_ids(&queue(&mut office, &format!("?timing={timing}"))).len(), count, "{timing}");
        }
        let refused = [
            ("2025-06-29", "12:01", "不能晚于现在"),
            ("2025-06-30", "", "不能晚于现在"),
            ("2025-06-30", "00:00", "不能晚于现在"),
            ("9999-12-31", "23:59", "不能晚于现在"),
            ("", "09:30", "请填写收到的日期"),
            ("2025-02-30", "09:30", "请填写收到的日期"),
            ("昨天", "09:30", "请填写收到的日期"),
            ("2025-06-10", "25:00", "请填写时间"),
            ("2025-06-10", "上午", "请填写时间"),
        ];
        for (day, time, said) in refused {
            let reply = enter(&mut office, &[("received_on", day), ("received_at", time)]);
            assert_eq!(reply.status, 422, "{day} {time}");
            assert!(reply.text().contains(said), "{day} {time}");
        }
        assert_eq!(submissions_kept(&site), 6);
    }

    /// A double click, a reload: once. The next caller with the same words: twice.
    fn one_opening_of_the_form_is_one_submission(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let page = office.get(&format!("{ENTRY}/new"));
        let (csrf, once) = (page.hidden("csrf"), page.hidden("once"));
        let fields = [
            ("csrf", csrf.as_str()),
            ("once", &once),
            ("channel", "phone"),
            ("received_on", "2025-06-10"),
            ("section", "2.1.1"),
            ("text", "来电说楼道灯坏了。"),
            ("sender_kind", "person"),
        ];
        let first = office.post(ENTRY, &fields);
        assert_eq!(office.post(ENTRY, &fields).location(), first.location());
        assert_eq!(submissions_kept(&site), 1);
        enter(&mut office, &[("text", "来电说楼道灯坏了。")]);
        assert_eq!(submissions_kept(&site), 2, "another caller said the same");

        // Back to the form of before, other words, another caller.
        let next = office.post(ENTRY, &with(&fields, &[("text", "下一位来电的人说的话。")]));
        assert_ne!(next.location(), first.location());
        assert_eq!(submissions_kept(&site), 3, "the words of the next caller are not lost");
        assert_eq!(events_of(&site, "submission-received").len(), 3);
    }

    /// Clicked twice in the same moment.
    fn two_clicks_at_once_are_one_submission(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let once = office.get(&format!("{ENTRY}/new")).hidden("once");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let sending: Vec<_> = [site.staff(), site.staff()]
                .into_iter()
                .map(|mut client| {
                    let once = &once;
                    scope.spawn(move || enter(&mut client, &[("once", once)]).status)
                })
                .collect();
            sending.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses, [303, 303]);
        assert_eq!(submissions_kept(&site), 1);
    }

    /// Everything wrong is said at once, in the language of the page, and everything typed is kept.
    fn a_refused_form_keeps_what_was_typed(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let wrong = [
            ("channel", "web"),
            ("received_on", "2025-13-01"),
            ("section", "2.2.4"),
            ("text", ""),
            ("sender_kind", ""),
            ("name", "沈\u{202e}知秋"),
            ("phone", "12"),
            ("email", "沈@"),
            ("address", "杏花里"),
        ];
        let reply = enter(&mut office, &wrong);
        assert_eq!(reply.status, 422);
        let page = unescaped(&reply.text());
        for link in ["#channel-phone", "#received_on", "#text", "#sender_kind-person", "#name", "#phone", "#email"] {
            assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
        }
        for kept in ["value=\"2025-13-01\"", "value=\"沈\u{202e}知秋\"", "value=\"12\"", "value=\"沈@\"", "value=\"杏花里\"", "<option value=\"2.2.4\" selected>"] {
            assert!(page.contains(kept), "{kept}");
        }
        assert!(page.contains("<title>错误："));
        let missing = enter(&mut office, &[("section", "9.9.9")]);
        assert!(missing.status == 422 && missing.text().contains("href=\"#section\""));
        assert_eq!(submissions_kept(&site), 0);

        let page = office.get(&format!("/en{ENTRY}/new"));
        let csrf = page.hidden("csrf");
        let english = office.post(&format!("/en{ENTRY}"), &[("csrf", &csrf), ("text", "a")]).text();
        assert!(english.contains("Choose a channel") && english.contains("Give the day it came"), "{english}");
        assert!(!english.contains("请选择") && !english.contains("请填写"));
    }

    /// A telephone number that staff enter is sealed like every other.
    fn what_staff_enter_is_sealed(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        assert_eq!(enter(&mut office, &[("phone", PHONE)]).status, 303);
        let address = only_remark(&mut office);
        assert!(office.get(&address).text().contains(PHONE));
        assert!(!queue(&mut office, "").contains(PHONE));
        let sealed: Vec<Vec<u8>> = site
            .database
            .read_now(|db| {
                use diesel::prelude::*;
                use jianyan::db::schema::submissions;
                Ok(submissions::table.select(submissions::contact_sealed).load(db)?)
            })
            .unwrap();
        assert!(!sealed[0].windows(PHONE.len()).any(|part| part == PHONE.as_bytes()));
    }
}
