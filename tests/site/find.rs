//! Finding words in the plan.

use crate::on_both;
use crate::page::Page;
use crate::support::TestSite;

/// What a search says, the sections it lists, and the words it marks.
fn find(site: &TestSite, query: &str) -> (String, Vec<String>, Vec<String>) {
    let query = serde_urlencoded::to_string([("q", query)]).unwrap();
    let reply = site.client().get(&format!("/c/plan/find?{query}"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    let page = Page::read(&reply.text());
    let sections = page
        .links()
        .into_iter()
        .filter_map(|href| href.strip_prefix("/c/plan/s/"))
        .map(str::to_owned)
        .collect();
    let marked = page
        .words
        .iter()
        .filter(|words| words.inside.contains(&"mark".to_owned()))
        .map(|words| words.text.clone())
        .collect();
    (page.packed(".found", &[]), sections, marked)
}

on_both! {
    /// Every section that has all the words, wherever they stand in it, whatever their width.
    fn words_are_found_where_they_stand(site: TestSite) {
        site.publish_sample();
        let (said, sections, marked) = find(&site, "灭火器");
        assert_eq!((said.as_str(), sections.len()), ("共1条。", 1), "{sections:?}");
        assert_eq!(sections, ["2.2.3"]);
        assert_eq!(marked, ["灭火器"; 2], "in the heading and in the words");
        assert_eq!(find(&site, "楼道").1, ["1.2", "2.1", "2.2.4"]);
        assert_eq!(find(&site, "楼道 充电").1, ["2.2.4"]);
        assert_eq!(find(&site, "９５．５％").1, ["1.2"]);
        assert_eq!(find(&site, "粉刷墙面").1, ["1.2"], "a bullet is read on its section's page");
    }

    /// Nothing typed, too little, too much, nothing there: each is said, and what was typed stays.
    fn what_cannot_be_found_is_said(site: TestSite) {
        site.publish_sample();
        assert!(find(&site, " 　").0.starts_with("输入一两个词"));
        assert!(find(&site, "楼").0.contains("至少输入两个字"));
        assert!(find(&site, &"楼".repeat(101)).0.contains("100个字以内"));
        assert!(find(&site, "地铁").0.contains("没有找到"));
        let reply = site.client().get("/c/plan/find?q=%3Cb%3E%22%27%26");
        assert!(!reply.text().contains("<b>"));
        assert_eq!(Page::read(&reply.text()).value("q"), "<b>\"'&");
        assert_eq!(site.client().get("/c/plan/find").status, 200);
        assert_eq!(site.client().get("/c/plan/find?q=%FF%00").status, 200);
        assert_eq!(site.client().get("/c/none/find?q=x").status, 404);
    }

    /// The box stands on every page of the plan, and works in English too.
    fn every_page_of_the_plan_has_the_box(site: TestSite) {
        site.publish_sample();
        for path in ["/c/plan", "/c/plan/draft", "/c/plan/explanation", "/c/plan/s/2.1", "/en/c/plan/s/2.1"] {
            let page = Page::read(&site.client().get(path).text());
            let action = page.find("form", "role", "search").unwrap().get("action").unwrap().to_owned();
            assert_eq!(action, if path.starts_with("/en") { "/en/c/plan/find" } else { "/c/plan/find" });
        }
        let page = Page::read(&site.client().get("/en/c/plan/find?q=%E6%A5%BC%E9%81%93").text());
        assert_eq!(page.packed(".found", &[]), "3sections.");
    }
}
