//! Letters that were held back: a person has them read again, registers them all the same, puts them
//! down and takes them up again.

use crate::letter_page::{first_letter, only_letter};
use crate::mail::Letter;
use crate::on_both;
use crate::steps::{events_of, queue, remark_ids, submissions_kept};
use crate::support::client::Reply;
use crate::support::{Client, TestSite};
use jianyan::identity::model::Role;
use jianyan::intake::email::{Arrival, unclear};
use jianyan::mailboxes::model::Road;

const AUTO: Letter<'static> = Letter {
    received: Vec::new(),
    from: "韩立夏 <hanlixia@example.com>",
    subject: "关于楼道方案的意见",
    id: Some("auto"),
    extra: "Received: from a (a [192.0.2.7]) by mail.example.org; Sat, 28 Jun 2025 23:59:59 +0800\r\nAuto-Submitted: auto-replied\r\n",
    kind: "text/plain; charset=utf-8",
    body: "建议每月清理一次楼道。\r\n",
};

/// A letter that looked as if a machine had written it, after the window has closed.
fn held(site: &TestSite) -> (Client, String) {
    site.publish_sample();
    site.clock.set("2025-07-02T10:00:00+08:00");
    site.mailroom("plan").receive(&AUTO.raw(), None).unwrap();
    let mut office = site.staff();
    let here = only_letter(&mut office);
    (office, here)
}

fn decide(office: &mut Client, here: &str, act: &str) -> Reply {
    let csrf = office.csrf();
    office.post(&format!("{here}/decide"), &[("csrf", &csrf), ("act", act)])
}

on_both! {
    fn a_person_registers_it_with_the_time_it_came_at(site: TestSite) {
        let (mut office, here) = held(&site);
        let page = office.get(&here).text();
        for shown in ["登记为意见", "归为非意见", "重新识别", "自动回复"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let done = decide(&mut office, &here, "comment");
        assert_eq!(done.location(), format!("{here}?done=registered"));
        let page = office.get(done.location()).text();
        for shown in ["已登记为意见", "周青禾：重新识别邮件", "2025-06-28 23:59", "每月清理一次楼道"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("登记为意见</button>"), "nothing is left to decide");
        let queue = queue(&mut office, "");
        assert_eq!(remark_ids(&queue).len(), 1);
        assert!(!queue.contains("timing-late"), "in time by when it came, not by when it was decided: {queue}");
        assert_eq!(events_of(&site, "letter-replayed").len(), 1);
        assert_eq!(decide(&mut office, &here, "comment").status, 409, "once");
        assert_eq!(submissions_kept(&site), 1);
    }

    fn reading_it_again_changes_nothing_when_it_reads_the_same(site: TestSite) {
        let (mut office, here) = held(&site);
        let done = decide(&mut office, &here, "read");
        assert_eq!(done.location(), format!("{here}?done=held"));
        let page = office.get(done.location()).text();
        assert!(page.contains("结果与原来相同") && page.contains("登记为意见</button>"), "{page}");
        assert_eq!(submissions_kept(&site), 0);
    }

    fn what_is_no_opinion_is_put_down_and_taken_up_again(site: TestSite) {
        let (mut office, here) = held(&site);
        assert!(office.get("/office/mailboxes").text().contains("暂存待核对1封"));
        let done = decide(&mut office, &here, "down");
        let page = office.get(done.location()).text();
        assert!(page.contains("已归为非意见") && page.contains("恢复办理") && !page.contains("登记为意见</button>"), "{page}");
        assert!(!office.get("/office/mailboxes").text().contains("暂存待核对1封"));
        assert!(office.get("/office/c/plan/letters?state=set-down").text().contains("共1封"));
        assert!(office.get("/office/c/plan/letters?state=held").text().contains("没有这样的邮件"));
        let done = decide(&mut office, &here, "up");
        assert!(office.get(done.location()).text().contains("登记为意见</button>"));
        assert!(office.get("/office/c/plan/letters?state=held").text().contains("共1封"));
        assert_eq!((events_of(&site, "letter-set-down").len(), events_of(&site, "letter-taken-up").len()), (1, 1));
    }

    fn only_those_who_may_decide(site: TestSite) {
        let (mut office, here) = held(&site);
        site.account("reader", "只看的人", Role::Auditor);
        let mut reader = site.client();
        reader.sign_in("reader", crate::support::PASSWORD);
        for act in ["read", "comment", "down", "up"] {
            assert_eq!(decide(&mut reader, &here, act).status, 403, "{act}");
            assert_eq!(office.post(&format!("{here}/decide"), &[("csrf", "wrong"), ("act", act)]).status, 403);
        }
        assert_eq!(decide(&mut office, &here, "burn").status, 422);
        assert_eq!(decide(&mut office, "/office/c/plan/letters/01890000-0000-7000-8000-000000000000", "comment").status, 404);
        assert_eq!(submissions_kept(&site), 0);
        assert!(events_of(&site, "letter-set-down").is_empty() && events_of(&site, "letter-replayed").is_empty());
    }

    fn a_letter_that_named_no_consultation_is_put_where_it_belongs(site: TestSite) {
        site.publish_sample();
        let raw = Letter::default().raw();
        let stray = unclear(&site.storage, &site.clock(), &raw, Arrival::by(Road::Imap)).unwrap();
        site.database.write_now(move |db| stray.settle(db)).unwrap();
        let mut office = site.staff();
        let page = office.get("/office/mailboxes");
        let (csrf, letter) = (page.hidden("csrf"), page.hidden("letter"));
        assert!(page.text().contains("<option value=\"plan\">"), "{}", page.text());
        let send = |office: &mut Client, to: &str| {
            office.post("/office/mailboxes/assign", &[("csrf", &csrf), ("letter", &letter), ("consultation", to)])
        };
        assert_eq!(send(&mut office, "nowhere").status, 404);
        assert_eq!(send(&mut office, "").status, 404);
        let done = send(&mut office, "plan");
        assert_eq!(done.location(), format!("/office/c/plan/letters/{letter}?done=registered"));
        assert!(office.get(done.location()).text().contains("已登记为意见"));
        assert_eq!(first_letter(&mut office), format!("/office/c/plan/letters/{letter}"));
        assert_eq!(remark_ids(&queue(&mut office, "")).len(), 1);
        assert!(!office.get("/office/mailboxes").text().contains("无法确定属于哪次"));
        assert!(send(&mut office, "plan").status >= 400, "once");
    }
}
