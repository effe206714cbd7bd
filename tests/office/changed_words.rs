//! What a sender sees of the words that were changed after the outcomes are published.

use crate::imports::{VERSIONS, revised, send, upload};
use crate::on_both;
use crate::steps::{comment, decide, queue, remark_ids};

on_both! {
    /// Under the outcome stands the redline of the section, for each sender that of their own.
    fn the_changed_words_stand_under_the_outcome(site: TestSite) {
        site.publish_sample();
        let edited = comment(&site, "2.1.1", "一季度一次太少，应当每月一次。");
        let same = comment(&site, "2.2.4", "充电棚好。");
        let gone = comment(&site, "3.2", "手册没人看。");
        let mut office = site.staff();
        let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", revised().as_bytes())]);
        let base = reply.location().to_owned();
        send(&mut office, &base, "/matches", "/matches", &[]).location();
        send(&mut office, &base, "/check", "/publish", &[("when", "now"), ("note", "按意见改了。")]).location();
        let shown = |receipt: &str| site.client().get(&site.receipt(receipt)).text();
        assert!(!shown(&edited).contains("<del>"), "the outcomes are not published yet");

        site.clock.set("2025-07-01T09:00:00+08:00");
        let mut office = site.staff();
        for id in remark_ids(&queue(&mut office, "")) {
            assert_eq!(decide(&mut office, &format!("/office/c/plan/remarks/{id}"), &[]).status, 303);
        }
        let csrf = office.csrf();
        office.post("/office/c/plan/publish", &[("csrf", &csrf)]).location();
        let page = shown(&edited);
        let answer = page.split("<div class=\"answer\">").nth(1).unwrap();
        assert!(answer.contains("已写入第1项。") && answer.contains("改了的字（现在是：1.开展集中清理）"), "{answer}");
        assert!(answer.contains("<del>") && answer.contains("季度") && answer.contains("<ins>"), "{answer}");
        assert!(!shown(&same).contains("<ins>"), "only its number changed");
        let page = shown(&gone);
        assert!(page.contains("这一条删去了") && page.contains("<del>"), "{page}");
    }

    /// Words that a remark quotes are found again in the revised draft: the same, changed, or gone.
    fn quoted_words_are_found_again(site: TestSite) {
        site.publish_sample();
        let quote = |section: &str, exact: &str| {
            let fields = [
                ("section", section), ("quote_exact", exact), ("text", exact), ("sender_kind", "person"), ("name", "沈知秋"), ("phone", "19900001234"), ("consent", "yes"),
            ];
            site.client().post("/c/plan/submissions", &fields).receipt()
        };
        let changed = quote("2.1.1", "各社区每季度组织一次集中清理");
        let same = quote("2.2.4", "严禁楼道充电");
        let gone = quote("3.2", "编印简明手册");
        let shown = |receipt: &str| site.client().get(&site.receipt(receipt)).text();
        assert!(shown(&changed).contains("<mark>各社区每季度组织一次集中清理</mark>"));
        assert!(!shown(&changed).contains("现在的版本"), "there is one version only");
        let mut office = site.staff();
        let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", revised().as_bytes())]);
        let base = reply.location().to_owned();
        send(&mut office, &base, "/matches", "/matches", &[]).location();
        send(&mut office, &base, "/check", "/publish", &[("when", "now"), ("note", "按意见改了。")]).location();
        let page = shown(&changed);
        assert!(page.contains("所引的文字在现在的版本里是：“") && page.contains("集中清理"), "{page}");
        assert!(shown(&same).contains("所引的文字在现在的版本里没有变"), "{}", shown(&same));
        assert!(shown(&gone).contains("所引的文字在现在的版本里已经没有了"), "{}", shown(&gone));
        let waiting = r#"[{"section":"3.2","version":1,"text":"还没提交"}]"#;
        let list = site.client().post("/c/plan/comment", &[("from", "tray"), ("go", "tray"), ("tray", waiting)]).text();
        assert!(list.contains("(二)加强宣传"), "what is written down names the section that was read: {list}");
        let again = site.client().post("/c/plan/comment", &[("from", "tray"), ("go", "edit-1"), ("tray", waiting)]).text();
        assert!(again.contains("编印简明手册"), "{again}");
        let told = remark_ids(&queue(&mut office, "")).iter().filter(|id| office.get(&format!("/office/c/plan/remarks/{id}")).text().contains("所引的文字在现在的版本里")).count();
        assert_eq!(told, 3, "the office is told the same");
    }
}
