//! The book of letters: files, letters that are set aside, and letters that are too much.

use crate::mail::{Letter, parts};
use crate::on_both;
use crate::steps::{QUEUE, events_of, only_remark, queue, rel, remark_ids, submissions_kept};
use jianyan::ids::sha256;
use jianyan::intake::email::Received;

const LETTERS: &str = "/office/c/plan/letters";

fn set_aside(reason: &str) -> Received {
    Received::Quarantined {
        reason: reason.to_owned(),
    }
}

on_both! {
    /// What no person wrote, and what is too large to read, is kept, listed, and no opinion.
    fn what_no_person_wrote_is_set_aside_and_listed(site: TestSite) {
        site.publish_sample();
        let mut room = site.mailroom("plan");
        room.letter_limit = 100_000;
        let auto = Letter { id: Some("a"), extra: "Auto-Submitted: auto-replied\r\n", subject: "休假中", ..Letter::default() };
        let bounce = Letter { id: Some("b"), from: "MAILER-DAEMON@example.net", extra: "Return-Path: <>\r\n", subject: "Undelivered Mail Returned to Sender", ..Letter::default() };
        let bulk = Letter { id: Some("c"), extra: "List-Id: <news.example.net>\r\nPrecedence: bulk\r\n", subject: "每周资讯", ..Letter::default() };
        let own = Letter { id: Some("d"), from: "loudao@example.org", ..Letter::default() };
        for (letter, reason) in [(&auto, "auto-reply"), (&bounce, "bounce"), (&bulk, "bulk"), (&own, "loop")] {
            assert_eq!(room.receive(&letter.raw(), None).unwrap(), set_aside(reason));
            assert_eq!(room.receive(&letter.raw(), None).unwrap(), set_aside(reason), "again");
        }
        let large = "很长的信。".repeat(10_000);
        let large = Letter { id: Some("e"), subject: "一封很大的信", body: &large, ..Letter::default() }.raw();
        assert_eq!(room.receive(&large, None).unwrap(), set_aside("too-large"));
        assert_eq!(site.storage.fetch(&sha256(&large)).unwrap(), large);

        let mut office = site.staff();
        let page = office.get(LETTERS).text();
        for shown in ["共5封", "自动回复", "退信", "群发邮件", "本单位自己发出的邮件", "邮件过大", "一封很大的信", "休假中", "h***@example.com"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("hanlixia") && remark_ids(&page).is_empty());
        assert_eq!(submissions_kept(&site), 0);
        assert_eq!(events_of(&site, "letter-quarantined").len(), 5);
        assert!(queue(&mut office, "").contains("暂无意见"));
    }

    /// A letter that only mentions such things was written by a person.
    fn a_persons_letter_is_not_taken_for_a_machines(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        for (index, (subject, extra)) in [
            ("自动回复功能的建议", ""),
            ("关于退信问题", ""),
            ("意见", "X-Auto-Response-Suppress: All\r\n"),
            ("意见", "Auto-Submitted: no\r\n"),
        ]
        .into_iter()
        .enumerate()
        {
            let (id, body) = (format!("person-{index}"), format!("第{index}封：请回复。\r\n"));
            let came = room.receive(&Letter { subject, extra, id: Some(&id), body: &body, ..Letter::default() }.raw(), None).unwrap();
            assert!(matches!(came, Received::Registered { .. }), "{subject} {extra}: {came:?}");
        }
    }

    /// A file with a Chinese name, with its hash, to be saved and never shown in the page.
    fn a_file_is_kept_with_its_hash_and_only_downloaded(site: TestSite) {
        site.publish_sample();
        let content = "<html><script>alert(1)</script></html>";
        let name = "filename*=UTF-8''%E6%A5%BC%E9%81%93%E7%85%A7%E7%89%87%22%3B.html";
        let (kind, body) = parts("见附件。", &[(name, content)]);
        let room = site.mailroom("plan");
        room.receive(&Letter { kind: &kind, body: &body, ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let page = office.get(&address).text();
        let hash = sha256(content.as_bytes());
        assert!(page.contains("楼道照片") && page.contains(&hash) && page.contains("38 B"), "{page}");
        assert_eq!(site.storage.fetch(&hash).unwrap(), content.as_bytes());
        let href = page.split("href=\"").find(|part| part.contains("/attachments/")).unwrap().split('"').next().unwrap();
        let file = office.get(href);
        assert_eq!((file.status, file.body.as_slice()), (200, content.as_bytes()));
        let disposition = file.header("content-disposition").unwrap();
        assert!(disposition.starts_with("attachment;") && disposition.contains("%E6%A5%BC%E9%81%93%E7%85%A7%E7%89%87"), "{disposition}");
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert_eq!(file.header("content-type"), Some("application/octet-stream"));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
        assert_eq!(file.header("cache-control"), Some("no-store"));
    }

    /// A file over the limit stands only in the raw letter, but is named.
    fn a_file_over_the_limit_is_named_but_not_kept_apart(site: TestSite) {
        site.publish_sample();
        let (kind, body) = parts("建议每月清理一次楼道。", &[("filename=\"small.txt\"", "小"), ("filename=\"large.txt\"", "很大的一份附件")]);
        let mut room = site.mailroom("plan");
        room.attachment_limit = 10;
        let raw = Letter { kind: &kind, body: &body, ..Letter::default() }.raw();
        room.receive(&raw, None).unwrap();
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let page = office.get(&address).text();
        let hrefs: Vec<&str> = page.split("href=\"").filter(|part| part.contains("/attachments/")).map(|part| part.split('"').next().unwrap()).collect();
        assert!(page.contains("small.txt") && page.contains("large.txt"));
        assert_eq!(office.get(hrefs[0]).body, "小".as_bytes());
        let refused = office.get(hrefs[1]);
        assert!(refused.status == 404 && refused.text().contains("原始邮件"), "{}", refused.text());
        assert!(site.storage.fetch(&sha256("很大的一份附件".as_bytes())).is_err());
        assert_eq!(site.storage.fetch(&sha256(&raw)).unwrap(), raw);
        assert_eq!(events_of(&site, "attachment-fetched").len(), 1);
    }

    /// No words but a file: a submission all the same.
    fn a_letter_that_is_only_a_file_is_a_submission(site: TestSite) {
        site.publish_sample();
        let (kind, body) = parts("", &[("filename=\"yijian.png\"", "not really")]);
        site.mailroom("plan").receive(&Letter { kind: &kind, body: &body, ..Letter::default() }.raw(), None).unwrap();
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let page = office.get(&address).text();
        assert!(page.contains("邮件没有正文，见附件或原始邮件") && page.contains("yijian.png"), "{page}");
    }

    /// NUL bytes, five megabytes of words, two hundred recipients.
    fn letters_that_are_too_much_are_registered(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        let nul = Letter { id: Some("nul"), subject: "标题\0有空字符", from: "韩\0立夏 <han\0@example.com>", body: "正文\0里也有\0空字符。", ..Letter::default() };
        let long = "楼道里的每一级台阶都要扫。\r\n".repeat(128 * 1024);
        assert!(long.len() > 5_000_000);
        let long = Letter { id: Some("long"), body: &long, ..Letter::default() };
        let many: Vec<String> = (0..200).map(|n| format!("\"收件人{n}\" <r{n}@example.net>")).collect();
        let many = format!("Cc: {}\r\n", many.join(",\r\n "));
        let many = Letter { id: Some("many"), extra: &many, ..Letter::default() };
        for letter in [&nul, &long, &many] {
            let came = room.receive(&letter.raw(), None).unwrap();
            assert!(matches!(came, Received::Registered { .. }), "{:?}: {came:?}", letter.id);
        }
        let mut office = site.staff();
        let ids = remark_ids(&queue(&mut office, ""));
        assert_eq!(ids.len(), 3);
        for id in &ids {
            let page = office.get(&format!("{QUEUE}/{id}"));
            assert_eq!(page.status, 200);
            assert!(!page.body.contains(&0), "no NUL on a page");
        }
        let shown = office.get(&format!("{QUEUE}/{}", ids[0])).text();
        assert!(shown.contains("正文里也有空字符"), "{shown}");
        let page = office.get(&format!("{QUEUE}/{}", ids[1])).text();
        assert!(page.contains("楼道里的每一级台阶都要扫。"));
        let whole = page.split("href=\"").find(|part| part.contains("/attachments/")).expect("the whole of it is a file");
        let whole = office.get(whole.split('"').next().unwrap()).text();
        assert_eq!(whole.matches("每一级台阶").count(), 128 * 1024);
    }

    /// Page by page, each letter once, the latest first.
    fn every_letter_is_listed_once(site: TestSite) {
        site.publish_sample();
        let room = site.mailroom("plan");
        for number in 0..30 {
            let (id, subject) = (format!("n{number}"), format!("信号{number:03}"));
            let body = format!("第{number}封信的话。");
            room.receive(&Letter { id: Some(&id), subject: &subject, body: &body, ..Letter::default() }.raw(), None).unwrap();
        }
        let mut office = site.staff();
        let (mut seen, mut address) = (Vec::new(), Some(LETTERS.to_owned()));
        while let Some(at) = address {
            let page = office.get(&at).text();
            assert!(page.contains("共30封") && !page.contains("hanlixia"));
            seen.extend(page.split("信号").skip(1).map(|part| part[..3].to_owned()));
            address = rel(&page, "next");
        }
        let wanted: Vec<String> = (0..30).rev().map(|number| format!("{number:03}")).collect();
        assert_eq!(seen, wanted);
    }
}
