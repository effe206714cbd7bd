//! After the window: the office answers what is left, one after the other, and publishes.

use crate::journey::remark_ids;
use crate::on_both;

fn send(client: &mut crate::support::Client, text: &str, phone: &str) -> String {
    client
        .post(
            "/c/plan/submissions",
            &[
                ("section", "2.2.4"),
                ("text", text),
                ("sender_kind", "person"),
                ("name", "欧阳文渊"),
                ("phone", phone),
                ("consent", "yes"),
            ],
        )
        .receipt()
}

on_both! {
    /// Nothing is public before; outcome, reason and masked name are public after, on the page and
    /// on the receipt.
    fn answers_are_published_once_all_are_given(site: TestSite) {
        site.publish_sample();
        let mut citizen = site.client();
        let receipt = send(&mut citizen, "充电棚请装遮雨板，我的电话是19900005678。", "19900005678");
        send(&mut citizen, "楼下充电费能不能便宜一点？", "19900005679");
        let mut office = site.staff();
        let csrf = office.csrf();
        let publish = |office: &mut crate::support::Client, csrf: &str| {
            office.post("/office/c/plan/publish", &[("csrf", csrf)])
        };
        assert_eq!(publish(&mut office, &csrf).status, 409, "the window is open");
        assert_eq!(citizen.get("/c/plan/feedback").status, 404);

        site.clock.set("2025-07-01T09:00:00+08:00");
        let mut office = site.staff();
        let csrf = office.csrf();
        assert_eq!(publish(&mut office, &csrf).status, 409, "two remarks are unanswered");

        let ids = remark_ids(&office.get("/office/c/plan/remarks").text(), "plan");
        let give = |office: &mut crate::support::Client, id: &str, outcome: &str, reason: &str| {
            let address = format!("/office/c/plan/remarks/{id}");
            let page = office.get(&address);
            let (csrf, revision) = (page.hidden("csrf"), page.hidden("revision"));
            let fields = [("csrf", csrf.as_str()), ("revision", &revision), ("outcome", outcome), ("reason", reason), ("then", "next")];
            let reply = office.post(&format!("{address}/outcome"), &fields);
            reply.location().to_owned()
        };
        let next = give(&mut office, &ids[0], "adopted", "已在第4项中增加遮雨设施。");
        assert_eq!(next, format!("/office/c/plan/remarks/{}?after=1", ids[1]), "on to the next unanswered one");
        let done = give(&mut office, &ids[1], "not-adopted", "电价由价格主管部门核定。");
        assert!(done.ends_with("?saved=1&last=1"), "none is left: {done}");

        assert_eq!(office.get("/office/c/plan/publish").status, 200);
        assert_eq!(publish(&mut office, &csrf).location(), "/c/plan/feedback");
        let page = citizen.get("/c/plan/feedback").text();
        for words in ["已在第4项中增加遮雨设施", "未采纳", "欧阳**"] {
            assert!(page.contains(words), "{words} is missing: {page}");
        }
        for private in ["欧阳文渊", "19900005678", "19900005679"] {
            assert!(!page.contains(private), "{private} is public");
        }
        let shown = citizen.get(&site.receipt(&receipt)).text();
        assert!(shown.contains("已在第4项中增加遮雨设施"), "{shown}");
        assert!(citizen.get("/").text().contains("已反馈"));
        assert!(citizen.get("/en/c/plan/feedback").text().contains("Not adopted"));
        assert_eq!(publish(&mut office, &csrf).status, 409, "only once");
    }
}
