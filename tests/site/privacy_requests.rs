//! Requests about personal data, as the sender asks them.

use crate::after::{act, pass, rows, sent, words};
use crate::on_both;
use crate::page::Page;
use crate::receipt::dump;

on_both! {
    /// Asked on the receipt's page, sealed, noted, waiting once.
    fn a_request_is_written_down_once(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "意见", "shen@example.org");
        let k = pass(&site, &receipt);
        let form = site.client().get(&format!("/r/{receipt}/requests?k={k}")).text();
        for part in ["查阅、复制我的个人信息", "更正我的个人信息", "删除我的联系方式", "意见的文字留在记录里", "不能再发邮件"] {
            assert!(form.contains(part), "{part}");
        }
        for _ in 0..2 {
            let asked = act(&site, &receipt, "requests", &[("kind", "copy"), ("text", "请寄到我家门口的信箱")]);
            assert!(asked.location().ends_with("&done=asked"));
        }
        act(&site, &receipt, "requests", &[("kind", "erase"), ("text", "")]).location();
        assert_eq!(dump(&site, "privacy_requests").len(), 2);
        assert_eq!(rows(&site, "audit_events", "privacy-requested"), 2);
        let note = jianyan::ids::hex("门口".as_bytes());
        assert!(dump(&site, "privacy_requests").iter().all(|row| !row.contains("门口") && !row.to_lowercase().contains(&note)), "the note is sealed");
        let shown = words(&site, &receipt);
        assert!(shown.contains("您申请：查阅、复制我的个人信息") && shown.contains("您申请：删除我的联系方式"), "{shown}");
        let again = Page::read(&site.client().get(&format!("/r/{receipt}/requests?k={k}")).text()).line("main");
        assert_eq!(again.matches("等待办理").count(), 2, "{again}");
    }

    /// Nothing chosen, an endless note, hidden characters: refused with everything kept.
    fn a_wrong_request_is_given_back(site: TestSite) {
        site.publish_sample();
        let receipt = sent(&site, "意见", "");
        for (kind, text, at) in [("", "写了很多", "#kind-copy"), ("everything", "写了很多", "#kind-copy"), ("correct", "a\u{1}b", "#text"), ("correct", &"长".repeat(2_001), "#text")] {
            let wrong = act(&site, &receipt, "requests", &[("kind", kind), ("text", text)]);
            assert_eq!(wrong.status, 422, "{kind}");
            let page = Page::read(&wrong.text());
            assert!(page.title().starts_with("错误：") && page.links().contains(&at), "{kind}");
            assert_eq!(page.value("text"), text);
        }
        assert!(dump(&site, "privacy_requests").is_empty());
        // Twenty at once are one.
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| act(&site, &receipt, "requests", &[("kind", "copy")]).location().to_owned());
            }
        });
        assert_eq!(dump(&site, "privacy_requests").len(), 1);
    }
}
