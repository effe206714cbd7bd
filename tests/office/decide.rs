//! Giving an outcome: what is asked, what is kept, and two colleagues at once.

use crate::on_both;
use crate::steps::{comment, decide, events_of, only_remark, queue, revision};
use crate::support::PASSWORD;
use jianyan::identity::model::Role;

on_both! {
    /// An outcome and a reason; without either nothing is saved and what was typed is kept.
    fn an_outcome_needs_its_reason(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let long = "长".repeat(5_001);
        let refused = [
            ("", "已写入第1项。", "请选择采纳情况"),
            ("nonsense", "已写入第1项。", "请选择采纳情况"),
            ("open", "已写入第1项。", "请选择采纳情况"),
            ("adopted", "", "请填写理由"),
            ("adopted", "   \r\n\u{3000}\t", "请填写理由"),
            ("partly", "看不见\u{7}的字符", "控制字符"),
            ("partly", "空\0字符", "控制字符"),
            ("not-adopted", &long, "5001个字"),
        ];
        for (outcome, reason, said) in refused {
            let reply = decide(&mut office, &address, &[("outcome", outcome), ("reason", reason)]);
            let page = reply.text();
            assert_eq!(reply.status, 422, "{outcome} {said}");
            assert!(page.contains(said) && page.contains("<title>错误："), "{outcome} {said}");
            assert!(page.contains(reason.trim()), "what was typed is kept: {outcome} {said}");
            if !matches!(outcome, "" | "nonsense" | "open") {
                assert!(page.contains(&format!("value=\"{outcome}\" aria-describedby=\"outcome-{outcome}-hint\" required checked")), "{outcome}");
            }
        }
        let both = decide(&mut office, &address, &[("outcome", ""), ("reason", "")]).text();
        assert!(both.contains("href=\"#outcome-adopted\"") && both.contains("href=\"#reason\""), "both at once");
        assert!(events_of(&site, "response-given").is_empty());
        assert!(queue(&mut office, "?outcome=open").contains("共1条意见"));
        let most = "长".repeat(5_000);
        assert_eq!(decide(&mut office, &address, &[("reason", &most)]).status, 303);
    }

    /// Who decided what, when, and what it was before.
    fn every_decision_is_noted_with_what_was_before(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let first = [("outcome", "not-adopted"), ("reason", "每季度已够。\r\n另见第2项。")];
        assert_eq!(decide(&mut office, &address, &first).location(), format!("{address}?saved=1"));
        site.clock.set("2025-06-11T08:30:00+08:00");
        site.account("wang", "王一苇", Role::Drafter);
        let mut colleague = site.client();
        colleague.sign_in("wang", PASSWORD);
        assert_eq!(decide(&mut colleague, &address, &[("reason", "改为每月。")]).status, 303);

        let given = events_of(&site, "response-given");
        let changed = events_of(&site, "response-changed");
        assert_eq!((given.len(), changed.len()), (1, 1));
        assert_eq!((given[0].who.as_str(), changed[0].who.as_str()), ("周青禾", "王一苇"));
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_microsecond();
        assert_eq!(given[0].at, at("2025-06-10T10:00:00+08:00"));
        assert_eq!(changed[0].at, at("2025-06-11T08:30:00+08:00"));
        let detail = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let (given, changed) = (detail(&given[0].detail), detail(&changed[0].detail));
        assert!(given["from"].is_null());
        assert_eq!(given["to"]["reason"], "每季度已够。\n另见第2项。");
        assert_eq!(changed["from"], given["to"]);
        assert_eq!(changed["to"]["outcome"], "adopted");

        let page = colleague.get(&address).text();
        let history = page.split("办理经过").nth(1).unwrap();
        for shown in ["周青禾", "王一苇", "填写采纳情况", "修改采纳情况", "<del>未采纳：每季度已够。", "<ins>采纳：改为每月。</ins>", "2025-06-11 08:30"] {
            assert!(history.contains(shown), "{shown}: {history}");
        }
        assert_eq!(colleague.get(&format!("{address}?saved=1")).status, 200);
    }

    /// Two tabs: the second is told, sees both texts, and can then save knowingly.
    fn the_second_of_two_tabs_is_told(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut one = site.staff();
        site.account("wang", "王一苇", Role::Drafter);
        let mut two = site.client();
        two.sign_in("wang", PASSWORD);
        let address = only_remark(&mut one);
        let theirs = [("outcome", "adopted"), ("reason", "先保存的理由。"), ("revision", "0")];
        let mine = [("outcome", "partly"), ("reason", "后保存的理由，写了很久。"), ("revision", "0")];
        assert_eq!(decide(&mut one, &address, &theirs).status, 303);
        let refused = decide(&mut two, &address, &mine);
        assert_eq!(refused.status, 409);
        let page = refused.text();
        for shown in ["周青禾", "先保存的理由。", "后保存的理由，写了很久。"] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(page.contains("class=\"note note-bad conflict\"") && page.contains("<title>错误："));
        let typed = page.split("<textarea").nth(1).unwrap().split("</textarea>").next().unwrap();
        assert!(typed.contains("后保存的理由，写了很久。"), "still in the form: {typed}");
        assert!(events_of(&site, "response-changed").is_empty());

        let address_of_form = format!("{address}/outcome");
        let (csrf, revision) = (refused.hidden("csrf"), revision(&refused, "outcome"));
        let again = [("csrf", csrf.as_str()), ("revision", &revision), ("outcome", "partly"), ("reason", "后保存的理由，写了很久。")];
        assert_eq!(two.post(&address_of_form, &again).status, 303);
        assert_eq!(events_of(&site, "response-changed").len(), 1);
        assert_eq!(two.post(&address_of_form, &again).status, 409, "and only once");
        for odd in ["2147483647", "-1", "-2147483648", "99999999999", "x", ""] {
            let reply = decide(&mut two, &address, &[("revision", odd)]);
            assert_eq!(reply.status, 409, "{odd}");
        }
    }

    /// Many at once: one is saved, the others are told.
    fn many_at_once_are_one_decision(site: TestSite) {
        site.publish_sample();
        comment(&site, "2.1.1", "建议每月清理一次。");
        let mut office = site.staff();
        let address = only_remark(&mut office);
        let clients: Vec<_> = (0..5).map(|_| site.staff()).collect();
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let saving: Vec<_> = clients
                .into_iter()
                .map(|mut client| {
                    let address = format!("{address}/outcome");
                    scope.spawn(move || {
                        let csrf = client.csrf();
                        let fields = [("csrf", csrf.as_str()), ("revision", "0"), ("outcome", "adopted"), ("reason", "照改。")];
                        client.post(&address, &fields).status
                    })
                })
                .collect();
            saving.into_iter().map(|one| one.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409, 409, 409, 409]);
        assert_eq!(events_of(&site, "response-given").len(), 1);
    }
}
