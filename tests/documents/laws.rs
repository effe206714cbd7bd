//! 编, 章, 节, 条.

use crate::support::{codes, listing, read};

#[test]
fn a_law_is_read_by_chapters_and_articles() {
    let outline = read(
        "望川区书屋条例(草案)\n第一章　总则\n第一条　为了方便居民读书，制定本条例。\n本条例所称书屋，是指社区书屋。\n第二条　书屋应当：\n(一)开放；\n(二)免费。\n第二章　管理\n第一节　藏书\n第三条　违反第二条规定的，责令改正。\n第三条之一　藏书应当登记。\n第十条规定的情形除外。\n第四条　本条例自公布之日起施行。\n",
    );
    let law = outline.plan().unwrap();
    assert_eq!(
        listing(law),
        [
            "第1章 总则",
            "第1条 ",
            "第2条 ",
            "第2条/(一) 开放；",
            "第2条/(二) 免费",
            "第2章 管理",
            "第2章/第1节 藏书",
            "第3条 ",
            "第3条之1 ",
            "第4条 ",
        ]
    );
    let anchors: Vec<String> = law.walk().into_iter().map(|place| place.anchor).collect();
    assert_eq!(
        anchors,
        ["c1", "1", "2", "2.1", "2.2", "c2", "c2.s1", "3", "3-1", "4"]
    );
    let article = law.find_path("第3条之1").unwrap().node;
    assert_eq!((article.label.as_str(), article.level), ("第三条之一", 3));
    assert_eq!(article.text, "　藏书应当登记。\n第十条规定的情形除外。\n");
    assert_eq!(codes(&outline), []);
}

#[test]
fn articles_without_a_blank_must_continue_the_count() {
    let outline = read(
        "书屋办法\n第一条为了读书，制定本办法。\n第二条书屋免费。\n第九条书屋不在此列。\n第一百二十条之一　另行规定。\n",
    );
    let law = outline.plan().unwrap();
    let paths: Vec<String> = law.walk().into_iter().map(|place| place.path).collect();
    assert_eq!(paths, ["第1条", "第2条", "第120条之1"]);
}
