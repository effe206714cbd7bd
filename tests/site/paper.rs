//! The form on paper.

use crate::on_both;
use crate::page::Page;

on_both! {
    /// Everything that the form online asks for, where to bring it, by when, and the office's slip.
    fn the_paper_form_holds_what_the_form_online_holds(site: TestSite) {
        site.publish_sample();
        let html = site.client().get("/c/plan/paper").text();
        let page = Page::read(&html);
        let words = page.line(".paper-form");
        for part in [
            "《青禾区楼道整洁行动方案》(征求意见稿)", "2025年5月29日（星期四）", "2025年6月28日（星期六）", "对哪一条", "意见和理由", "建议改为", "姓名", "电话", "电子邮箱", "通信地址",
            "《个人信息保护法》第十七条", "同意这样处理我的个人信息", "青禾区社区建设局治理科", "0900-5550123", "loudao@example.org", "陶知行", "回执号", "收到日期", "经手人",
        ] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert!(words.contains(&format!("{}/c/plan", site.base)) && words.contains(&format!("{}/r", site.base)));
        assert_eq!(crate::qr::read(&html), format!("{}/c/plan", site.base));
        assert!(site.client().get("/en/c/plan/paper").text().contains("Comment form"));
        assert_eq!(site.client().get("/c/none/paper").status, 404);
        for from in ["/c/plan", "/c/plan/comment"] {
            assert!(Page::read(&site.client().get(from).text()).links().contains(&"/c/plan/paper"), "{from}");
        }
    }
}
