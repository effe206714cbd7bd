//! One remark: everything that is known of it, and moving it to where it belongs.

use crate::mail::{Letter, parts};
use crate::on_both;
use crate::steps::{
    EMAIL, NAME, PHONE, QUEUE, comment, comment_with, decide, events_of, only_remark, queue,
    remark_ids, revision,
};
use crate::support::client::Reply;
use crate::support::{Client, LOGIN, PASSWORD};
use jianyan::identity::model::Role;

fn shift(office: &mut Client, address: &str, csrf: &str, revision: &str, to: &str) -> Reply {
    let fields = [("csrf", csrf), ("revision", revision), ("section", to)];
    office.post(&format!("{address}/section"), &fields)
}

on_both! {
    /// The opinion, the draft's words beside it, who is responsible, and who wrote.
    fn a_remark_is_shown_with_all_that_belongs_to_it(site: TestSite) {
        site.publish_sample();
        let text = "请写明清理前几天通知。\n第二行也要留住。";
        let receipt = comment_with(&site, &[("text", text), ("address", "青禾区杏花里3号楼")]);
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let page = office.get(&address).text();
        for shown in [
            text,
            "1.开展集中清理。各社区每季度组织一次集中清理，提前7天张贴通知。",
            "区社区建设局、区城管局",
            NAME,
            PHONE,
            EMAIL,
            "青禾区杏花里3号楼",
            &receipt,
            "网页",
            "2025-06-10 10:00",
            "服务器收到表单的时间",
            "没有，来件只提了这一条",
            "还没有人办理过",
        ] {
            let half = shown.replace('，', ",");
            assert!(page.contains(shown) || page.contains(&half), "{shown}: {page}");
        }
        assert!(page.contains("href=\"/c/plan/s/2.1.1\""));
    }

    /// Looking at somebody's telephone number is written down, by whatever way it came up: once for each
    /// person in ten minutes.
    fn looking_at_contact_details_is_recorded(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        assert!(events_of(&site, "contact-viewed").is_empty(), "the queue shows no contact details");
        office.get(&address);
        let seen = events_of(&site, "contact-viewed");
        assert_eq!((seen.len(), seen[0].who.as_str(), seen[0].kind.as_str()), (1, "周青禾", "staff"));
        let refused = decide(&mut office, &address, &[("reason", "")]);
        assert!(refused.status == 422 && refused.text().contains(PHONE));
        assert_eq!(events_of(&site, "contact-viewed").len(), 1, "the same person within ten minutes");
        site.clock.advance(601);
        let page = office.get(&address);
        let unknown = shift(&mut office, &address, &page.hidden("csrf"), "0", "9.9.9");
        assert!(unknown.status == 422 && unknown.text().contains(PHONE));
        assert_eq!(events_of(&site, "contact-viewed").len(), 2);
        site.account("lin", "林知远", Role::Drafter);
        let mut colleague = site.client();
        colleague.sign_in("lin", PASSWORD);
        colleague.get(&address);
        assert_eq!(events_of(&site, "contact-viewed").len(), 3, "each person");
    }

    /// The other opinions of the same letter, in the letter's order, with what became of them.
    fn the_opinions_of_one_letter_know_each_other(site: TestSite) {
        site.publish_sample();
        let words = "1.建议每月清理一次楼道。\r\n2.晾衣架要结实。\r\n3.灭火器要有人管。\r\n";
        site.mailroom("plan").receive(&Letter { body: words, ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let ids = remark_ids(&queue(&mut office, ""));
        assert_eq!(ids.len(), 3);
        assert_eq!(decide(&mut office, &format!("{QUEUE}/{}", ids[1]), &[("outcome", "partly")]).status, 303);
        let page = office.get(&format!("{QUEUE}/{}", ids[0])).text();
        let others = page.split("同一来件的其他意见").nth(1).unwrap();
        assert_eq!(remark_ids(others)[..2], ids[1..]);
        assert!(others.contains("晾衣架要结实") && others.contains("部分采纳"), "{others}");
        assert!(page.contains("rel=\"next\"") && !page.contains("rel=\"prev\""));
    }

    /// To another section and to the whole draft, each noted; an unknown one is refused.
    fn a_remark_is_moved_to_where_it_belongs(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "充电棚太少。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        for (step, to) in ["2.2.4", "", "2.1.2"].into_iter().enumerate() {
            let page = office.get(&address);
            assert_eq!(revision(&page, "section"), step.to_string());
            let moved = shift(&mut office, &address, &page.hidden("csrf"), &revision(&page, "section"), to);
            assert_eq!(moved.location(), format!("{address}?moved=1"));
            assert!(office.get(moved.location()).text().contains("调整所对条款"));
        }
        let noted: Vec<String> = events_of(&site, "remark-moved").into_iter().map(|event| event.detail).collect();
        assert_eq!(noted, [
            r#"{"from":"二/(一)/1","to":"二/(二)/4"}"#,
            r#"{"from":"二/(二)/4","to":null}"#,
            r#"{"from":null,"to":"二/(一)/2"}"#,
        ]);
        let page = office.get(&address);
        assert!(page.text().contains("规范晾晒设施") && page.text().contains("办理经过"));
        for unknown in ["9.9.9", "2.1.1'", "\0", "整个"] {
            let refused = shift(&mut office, &address, &page.hidden("csrf"), "3", unknown);
            assert_eq!(refused.status, 422, "{unknown:?}");
        }
        let same = shift(&mut office, &address, &page.hidden("csrf"), "3", "2.1.2");
        assert_eq!(same.status, 303, "where it is already");
        assert_eq!(events_of(&site, "remark-moved").len(), 3);
    }

    /// Two who move it at once: one does, the other is told, and nothing is half done.
    fn two_moves_at_once_are_one_move(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "充电棚太少。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let mut clients = [site.staff(), site.staff()];
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let moving: Vec<_> = clients
                .iter_mut()
                .zip(["2.2.3", "2.2.4"])
                .map(|(client, to)| {
                    let address = &address;
                    scope.spawn(move || {
                        let csrf = client.csrf();
                        shift(client, address, &csrf, "0", to).status
                    })
                })
                .collect();
            moving.into_iter().map(|one| one.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        assert_eq!(events_of(&site, "remark-moved").len(), 1);
        let page = office.get(&address);
        let late = shift(&mut office, &address, &page.hidden("csrf"), "0", "2.1.2");
        assert!(late.status == 409 && late.text().contains("另一位同事刚刚调整过"));
        assert_eq!(revision(&late, "section"), "1", "and can be done knowingly");
        for revision in ["2147483647", "-1", "99999999999", "x", ""] {
            let status = shift(&mut office, &address, &page.hidden("csrf"), revision, "2.1.2").status;
            assert_eq!(status, 409, "{revision}");
        }
    }

    /// Who only checks the record sees all of it and changes none of it.
    fn an_auditor_looks_and_changes_nothing(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        site.account("jian", "简一鸣", Role::Auditor);
        let mut auditor = site.client();
        auditor.sign_in("jian", PASSWORD);
        let address = only_remark(&mut auditor);
        let page = auditor.get(&address);
        assert!(page.status == 200 && page.text().contains(PHONE));
        let csrf = page.hidden("csrf");
        let forms: [(&str, &[(&str, &str)]); 4] = [
            ("outcome", &[("outcome", "adopted"), ("reason", "照改"), ("revision", "0")]),
            ("outcome", &[("outcome", ""), ("reason", ""), ("revision", "0")]),
            ("section", &[("section", "2.2.4"), ("revision", "0")]),
            ("section", &[("section", "9.9.9"), ("revision", "0")]),
        ];
        for (form, fields) in forms {
            let sent = [fields, &[("csrf", csrf.as_str())]].concat();
            let refused = auditor.post(&format!("{address}/{form}"), &sent);
            assert_eq!(refused.status, 403, "{form} {fields:?}");
            assert!(refused.text().contains("只能查看"), "{}", refused.text());
        }
        assert!(!page.text().contains("/outcome\"") && !page.text().contains("/section\""), "not offered what is refused");
        assert_eq!(auditor.get("/office/c/plan/submissions/new").status, 403);
        let entry = [("csrf", csrf.as_str()), ("channel", "phone"), ("text", "来电意见"), ("sender_kind", "person")];
        assert_eq!(auditor.post("/office/c/plan/submissions", &entry).status, 403);
        assert_eq!(auditor.get("/office/c/plan/audit").status, 200);
        assert_eq!(auditor.post("/office/c/plan/export", &[("csrf", &csrf), ("format", "csv"), ("edition", "public")]).status, 200);
        assert!(events_of(&site, "response-given").is_empty() && events_of(&site, "remark-moved").is_empty());
        assert_eq!(crate::steps::submissions_kept(&site), 1);
    }

    /// A remark is found under its own consultation only.
    fn a_remark_of_another_consultation_is_not_there(site: TestSite) {
        site.publish_sample();
        let other = crate::support::notice::NOTICE.replace("楼道整洁", "河道整洁").replace("loudao", "hedao");
        site.publish("river", &other);
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let astray = address.replace("/plan/", "/river/");
        let csrf = office.csrf();
        assert_eq!(office.get(&astray).status, 404);
        let answer = [("csrf", csrf.as_str()), ("revision", "0"), ("outcome", "adopted"), ("reason", "照改")];
        assert_eq!(office.post(&format!("{astray}/outcome"), &answer).status, 404);
        assert_eq!(shift(&mut office, &astray, &csrf, "0", "2.2.4").status, 404);
        assert_eq!(office.get(&format!("{QUEUE}/019756c0-0000-7000-8000-000000000000")).status, 404);
        assert!(events_of(&site, "contact-viewed").is_empty());
    }

    /// A file is fetched under its own submission only, and the fetching is noted.
    fn an_attachment_belongs_to_its_submission(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let file = parts("见附件。", &[("filename=\"a.txt\"", "甲的附件")]);
        room.receive(&Letter { id: Some("one"), kind: &file.0, body: &file.1, ..Letter::default() }.raw(), None).unwrap();
        room.receive(&Letter { id: Some("two"), body: "另一封。", ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let ids = remark_ids(&queue(&mut office, ""));
        let page = office.get(&format!("{QUEUE}/{}", ids[0])).text();
        let href = page.split("href=\"").find(|part| part.contains("/attachments/")).unwrap();
        let href = href.split('"').next().unwrap();
        assert_eq!(office.get(href).body, "甲的附件".as_bytes());
        let own = href.split("/submissions/").nth(1).unwrap().split('/').next().unwrap();
        let other = if ids[0] == own { &ids[1] } else { &ids[0] };
        assert_eq!(office.get(&href.replace(own, other)).status, 404);
        let fetched = events_of(&site, "attachment-fetched");
        assert_eq!((fetched.len(), fetched[0].who.as_str()), (1, "周青禾"));
        assert_eq!(site.client().get(href).status, 303, "{LOGIN} only");
    }
}
