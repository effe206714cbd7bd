//! Tables, pictures and notes stand in the text as they stand in the office's file.

use crate::on_both;
use crate::original::{picture, publish};
use crate::page::Page;
use crate::support::notice::NOTICE;

const TABLE: &str = "每层配备2具灭火器〔注1〕,每年检验一次。见下表:
\t楼栋\t数量\t责任人\t
\t1号楼\u{2028}2号楼\t12\t\t
\t3号楼\t<6>\t陶知行\t
￼（图片1）
其余照旧￼（图片2）。
〔注1〕干粉灭火器。
";

fn text() -> String {
    let (before, after) = NOTICE
        .split_once("每层配备2具灭火器,每年检验一次。")
        .unwrap();
    format!("{before}{TABLE}{after}")
}

on_both! {
    /// A reader finds rows and cells, pictures with their words, and notes; on both pages.
    fn tables_and_pictures_are_shown(site: TestSite) {
        let photo = picture(&site, b"photo", "image/png", "灭火器放在这里");
        publish(&site, "plan", &text(), "plan.txt", vec![photo.clone()]);
        for path in ["/c/plan/s/2.2.3", "/c/plan/draft", "/en/c/plan/s/2.2.3"] {
            let reply = site.client().get(path).text();
            let page = Page::read(&reply);
            let count = |name: &str| page.tags.iter().filter(|tag| tag.name == name).count();
            assert_eq!((count("table"), count("th"), count("td")), (1, 3, 6), "{path}: {reply}");
            assert_eq!(page.packed("thead", &[]), "楼栋数量责任人");
            assert!(reply.contains("<td>1号楼<br>2号楼</td>"), "{reply}");
            assert!(reply.contains("<td>&#60;6&#62;</td>"));
            let region = page.find("div", "class", "table-in-text").unwrap();
            assert_eq!((region.get("tabindex"), region.get("aria-label")), (Some("0"), Some("表格：楼栋、数量、责任人")));
            let img = page.tags.iter().find(|tag| tag.name == "img").unwrap();
            assert_eq!(img.get("src").unwrap(), format!("/c/plan/images/{}", photo.sha256));
            assert_eq!(img.get("alt"), Some("灭火器放在这里"));
            assert_eq!(site.client().get(img.get("src").unwrap()).status, 200);
            assert!(page.packed("main", &[]).contains("其余照旧￼（图片2）。"), "a picture that is not there leaves its name");
            assert_eq!(page.packed(".note-line", &[]), "〔注1〕干粉灭火器。");
            assert!(reply.contains("灭火器<sup class=\"note-mark\">〔注1〕</sup>"));
        }
        let found = Page::read(&site.client().get("/c/plan/find?q=3%E5%8F%B7%E6%A5%BC").text());
        assert!(found.links().contains(&"/c/plan/s/2.2.3"), "words in a cell are found");
    }
}
