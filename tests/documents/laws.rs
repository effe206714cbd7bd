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

fn paths(text: &str) -> Vec<String> {
    let outline = read(text);
    outline.documents.iter().flat_map(listing).collect()
}

#[test]
fn a_table_of_contents_is_no_body() {
    for contents in [
        "目　　录\n第一章　总　　则\n第二章　借阅\n　第一节　一般规定\n第三章　附　　则\n",
        "目录\n第一章 总则……………1\n第二章 借阅......2\n第一节 一般规定\t3\n第三章 附则 …… (4)\n",
        "第一章 总则\n第二章 借阅\n第一节 一般规定\n第三章 附则\n\n",
    ] {
        let outline = read(&format!(
            "望川区书屋条例\n（2031年4月1日通过）\n{contents}第一章　总则\n第一条　为了读书，制定本条例。\n第二章　借阅\n第一节　一般规定\n第二条　借阅免费。\n第三章　附则\n第三条　本条例自公布之日起施行。\n"
        ));
        let [law] = outline.documents.as_slice() else {
            panic!("{} documents", outline.documents.len())
        };
        assert_eq!(law.title.as_deref(), Some("望川区书屋条例"));
        assert_eq!(
            listing(law),
            [
                "第1章 总则",
                "第1条 ",
                "第2章 借阅",
                "第2章/第1节 一般规定",
                "第2条 ",
                "第3章 附则",
                "第3条 ",
            ],
            "{contents}"
        );
        assert_eq!(outline.noise.len(), 1);
        assert_eq!(outline.noise[0].reason, "目录");
        assert_eq!(codes(&outline), []);
    }
}

#[test]
fn a_table_of_contents_that_differs_from_the_body_is_reported() {
    let outline = read(
        "望川区书屋条例\n目录\n第一章 总则\n第二章 借书\n第一章　总则\n第一条　为了读书，制定本条例。\n第二章　借阅\n第二条　借阅免费。\n",
    );
    assert_eq!(codes(&outline), [("table-of-contents", 2)]);
    assert!(outline.warnings[0].message.contains("借书"));
}

#[test]
fn one_chapter_behind_a_line_of_contents_is_the_body() {
    let found =
        paths("书屋条例\n目录\n第一章 总则\n第一条 为了读书，制定本条例。\n第二条 免费。\n");
    assert_eq!(found, ["第1章 总则", "第1条 ", "第2条 "]);
}

#[test]
fn a_code_has_parts_and_sub_parts_and_closes_with_rules_without_a_number() {
    let outline = read(
        "某国书屋法典\n目　　录\n第一编　总　　则\n第一章　一般规定\n第二编　藏　　书\n第一分编　通　　则\n第二章　一般规定\n第二分编　借　　阅\n第三章　期限\n附　　则\n\n第一编　总　　则\n第一章　一般规定\n第一条　甲。\n第二编　藏　　书\n第一分编　通　　则\n第二章　一般规定\n第二条　乙。\n第二分编　借　　阅\n第三章　期限\n第三条　丙。\n附　　则\n第四条　丁。\n",
    );
    let law = outline.plan().unwrap();
    let levels: Vec<String> = law
        .walk()
        .iter()
        .map(|place| format!("{} {} {}", place.node.level, place.path, place.anchor))
        .collect();
    assert_eq!(
        levels,
        [
            "1 第1编 p1",
            "3 第1编/第1章 p1.c1",
            "4 第1条 1",
            "1 第2编 p2",
            "2 第2编/第1分编 p2.sp1",
            "3 第2编/第1分编/第2章 p2.sp1.c2",
            "4 第2条 2",
            "2 第2编/第2分编 p2.sp2",
            "3 第2编/第2分编/第3章 p2.sp2.c3",
            "4 第3条 3",
            "1 附则 p0",
            "4 第4条 4",
        ]
    );
    assert_eq!(law.nodes[2].label, "附　　则");
    assert_eq!(codes(&outline), []);
}

#[test]
fn a_constitution_has_a_preamble() {
    let found = paths(
        "某地宪章\n目　　录\n序　　言\n第一章　总纲\n\n序　　言\n此地历史悠久。\n此地人民勤劳。\n第一章　总纲\n第一条　人民勤劳。\n",
    );
    assert_eq!(found, ["序言 ", "第1章 总纲", "第1条 "]);
}

#[test]
fn references_at_the_start_of_a_line_are_no_articles() {
    let found = paths(
        "书屋条例\n第一条　甲。\n第二条　乙：\n（一）第五条第二款规定的情形；\n（二）项目已经落实；\n第三条、第四条规定的期限，另行计算。\n第三条规定的情形除外。\n第三条第一款所称书屋，是指社区书屋。\n第三条和第四条适用于此。\n第三条　丙。\n第四条至第六条由区政府解释。\n（一）项和（二）项的费用不退。\n",
    );
    assert_eq!(
        found,
        [
            "第1条 ",
            "第2条 ",
            "第2条/(一) 第五条第二款规定的情形；",
            "第2条/(二) 项目已经落实；",
            "第3条 ",
        ]
    );
}

#[test]
fn articles_without_a_blank_may_begin_like_references() {
    let found = paths(
        "书屋条例\n第一章规划与建设\n第一条为了读书，制定本条例。\n第二条中国公民可以借书。\n第三条以欺骗手段借书的，责令归还。\n第四条第一类书屋实行备案管理。\n第五条和睦相处。\n第五条之一一切读者平等。\n第二章规章的制定\n第七条明确责任。\n第八条所有读者守时。\n第八条以此类推。\n",
    );
    assert_eq!(
        found,
        [
            "第1章 规划与建设",
            "第1条 ",
            "第2条 ",
            "第3条 ",
            "第4条 ",
            "第5条 ",
            "第5条之1 ",
            "第2章 规章的制定",
            "第7条 ",
            "第8条 ",
        ]
    );
}

#[test]
fn titled_spaced_and_arabic_articles_are_read() {
    let found = paths(
        "# 书屋条例\n\n## 第１章　总 则\n\n第1条【立法目的】为了读书。\n\n第 2 条（适用范围）\n适用于本区。\n\n【章名】 第二章 借阅\n\n第 三 条 借阅免费。\n\n- （一）图书；\n\n- （二）报刊。\n",
    );
    assert_eq!(
        found,
        [
            "第1章 总 则",
            "第1条 ",
            "第2条 ",
            "第2章 借阅",
            "第3条 ",
            "第3条/(一) 图书；",
            "第3条/(二) 报刊",
        ]
    );
}

#[test]
fn a_chapter_and_its_heading_may_stand_on_two_lines() {
    let outline = read(
        "书屋条例\n第一章\n\n　　总　则\n第一条　甲。\n第二章\n附则\n第二条　乙。\n第三章\n第三条　丙。\n",
    );
    let law = outline.plan().unwrap();
    let chapter = &law.nodes[0];
    assert_eq!(
        (
            chapter.label.as_str(),
            chapter.gap.as_str(),
            chapter.heading.as_str()
        ),
        ("第一章", "\n\n　　", "总　则")
    );
    assert_eq!(
        listing(law),
        ["第1章 总　则", "第1条 ", "第2章 附则", "第2条 ", "第3条 "]
    );
}

#[test]
fn a_paragraph_behind_the_items_is_the_articles() {
    let outline = read(
        "书屋条例\n第一条　书屋应当：\n（一）开放；\n（二）免费：\n每周一日除外。\n（三）安静。\n前款规定的时间，由区政府公布。\n第二条　另有规定的，从其规定。\n",
    );
    let law = outline.plan().unwrap();
    let article = law.find_path("第1条").unwrap().node;
    assert_eq!(article.words_after(), "前款规定的时间，由区政府公布。\n");
    let free = law.find_path("第1条/(二)").unwrap().node;
    assert_eq!(free.text, "\n每周一日除外。\n");
    assert_eq!(article.children.len(), 3);
}

#[test]
fn an_interpretation_groups_its_articles() {
    let outline = read(
        "某院关于审理书屋案件的解释\n为正确审理案件，制定本解释。\n一、一般规定\n第一条　甲。\n第二条　乙：\n（一）子；\n（二）丑。\n二、借阅\n第三条　丙。\n",
    );
    let law = outline.plan().unwrap();
    let levels: Vec<(u8, usize)> = law
        .walk()
        .iter()
        .map(|place| (place.node.level, place.ancestors.len()))
        .collect();
    assert_eq!(
        levels,
        [(1, 0), (2, 1), (2, 1), (3, 2), (3, 2), (1, 0), (2, 1)]
    );
    assert_eq!(codes(&outline), []);
}

#[test]
fn what_an_amendment_quotes_is_its_text() {
    let found = paths(
        "关于修改《望川区书屋条例》的决定\n会议决定对《望川区书屋条例》作如下修改：\n一、第二条改为第三条，修改为：“第三条　书屋免费。\n“读者应当：\n“（一）守时；\n“（二）安静。”\n二、增加一条，作为第四条：\n“第四条　书屋每日开放。”\n第七条改为第八条，修改为：“周一除外。”\n第八条后增加一条，作为第九条，即：“除外的日期应当公布。”\n三、增加一章，作为第二章：“第二章　管理\n第九条　区政府管理书屋。\n（一）藏书；\n（二）借阅。\n第十条　费用由区政府承担。”\n四、删去第十一条。\n第十二条第二款修改为：“略。”\n本决定自公布之日起施行。\n",
    );
    let labels: Vec<&str> = found
        .iter()
        .map(|path| path.split(' ').next().unwrap())
        .collect();
    assert_eq!(labels, ["一", "二", "三", "四"]);
}

#[test]
fn a_quotation_that_is_never_closed_swallows_no_item() {
    let found = paths(
        "关于修改《书屋条例》的决定\n一、第二条修改为：“书屋免费。\n二、删去第三条。\n三、第四条修改为：“每日开放。”\n",
    );
    assert_eq!(found.len(), 3);
}

#[test]
fn an_order_before_a_law_and_attachments_behind_it_are_documents_of_their_own() {
    let outline = read(
        "某国主席令\n第四十五号\n《某国书屋法》已于2031年4月1日通过，现予公布，自2031年5月1日起施行。\n某国主席　林一\n2031年4月1日\n某国书屋法\n（2031年4月1日通过）\n第一条　甲。\n第二条　乙。\n附件一：书屋标志的式样\n一、标志为圆形。\n二、标志为绿色。\n附件二\n书屋名录\n一、望川书屋\n",
    );
    let found: Vec<(Option<&str>, usize)> = outline
        .documents
        .iter()
        .map(|document| (document.title.as_deref(), document.nodes.len()))
        .collect();
    assert_eq!(
        found,
        [
            (Some("某国主席令"), 0),
            (Some("某国书屋法"), 2),
            (Some("书屋标志的式样"), 2),
            (Some("书屋名录"), 1),
        ]
    );
    assert_eq!(codes(&outline), []);
}

#[test]
fn a_hard_wrapped_law_is_read_by_its_paragraphs() {
    let outline = read(
        "书屋管理条例\n\n　　第一章总则\n\n　　第一条为了规范书屋的设置，加强书屋的管理，提高书屋的服\n务水平，根据有关规定，制定本条例。\n\n　　第二条国有书屋应当适应居民读书的需要，遵循方便、免费\n、安静的原则，并按照本条例第四条、第五条和\n第六条的规定开放，具体时间由书屋按照居民的意见确定，并在\n一、二层的入口处公布。\n\n　　第三条书屋根据居民的需要开展下列活动，并对参加活动的读\n者给予帮助：\n\n　　（一）读书会，由书屋的工作人员或者志愿者按照读者的年龄\n（一）至（三）组分别组织；\n\n　　（二）讲座，每月不少于一次，由书屋邀请有专长的居民按照\n第五条规定的办法讲授；\n\n　　第四条书屋应当建立藏书目录，并按照国家规定的分类方法对\n图书进行分类，每年清点一次，清点的结果向社会公布，接受居\n民的监督。\n",
    );
    let law = outline.plan().unwrap();
    let found: Vec<String> = law.walk().into_iter().map(|place| place.path).collect();
    assert_eq!(
        found,
        [
            "第1章",
            "第1条",
            "第2条",
            "第3条",
            "第3条/(一)",
            "第3条/(二)",
            "第4条"
        ]
    );
    assert_eq!(codes(&outline), [("hard-wrapped", 6)]);
}

#[test]
fn a_table_of_contents_may_count_its_chapters_anew() {
    let entries = "总则\n第一章 目的\n第二章 范围\n分则\n第一章 藏书\n第二章 借阅\n";
    let outline = read(&format!(
        "书屋条例\n目录\n{entries}总则\n第一章 目的\n第一条 甲。\n第二章 范围\n第二条 乙。\n分则\n第一章 藏书\n第三条 丙。\n第二章 借阅\n第四条 丁。\n"
    ));
    let law = outline.plan().unwrap();
    assert_eq!(law.walk().len(), 10);
    assert_eq!(outline.noise[0].lines, [2, 8]);
}

#[test]
fn rules_of_a_trade_number_by_their_part() {
    let outline = read(
        "书屋运行规则\n第121.1条目的\n为了读书。\n第121.3条　适用范围\n本规则适用于书屋。\n第121.11条规定的情形除外。\n第121.5条 定义\n略。\n",
    );
    let law = outline.plan().unwrap();
    let paths: Vec<String> = law.walk().into_iter().map(|place| place.path).collect();
    assert_eq!(paths, ["第121.1条", "第121.3条", "第121.5条"]);
    assert_eq!(codes(&outline), []);
}
