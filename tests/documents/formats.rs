//! Texts as the readers of other formats deliver them: table rows between tabs, pictures as U+FFFC,
//! footnotes, and headings that the format states.

use crate::support::{codes, listing, read, source};
use jianyan::documents::model::NodeKind;
use jianyan::documents::outline::outline_with;

#[test]
fn a_table_row_is_text_whatever_it_begins_with() {
    let outline = read(
        "书屋建设方案\n一、任务分工\n\t序号\t任务\t单位\t\n\t一、\t藏书\t区文体局\t\n\t(一)建屋\t甲\u{2028}乙\t区规划局\t\n\t第一条\t关于书屋的通知\t2031年4月1日\t\n\t附件1\t- 3 -\t首页 > 公告\t\n二、保障\n——宣传。\n\t1.\t2.\t\n多读书。\n",
    );
    let [plan] = outline.documents.as_slice() else {
        panic!("{} documents", outline.documents.len())
    };
    assert_eq!(listing(plan), ["一 任务分工", "二 保障", "二/—1 宣传"]);
    assert_eq!(plan.nodes[0].text.lines().count(), 6);
    assert!(plan.nodes[0].text.ends_with("首页 > 公告\t\n"));
    let bullet = &plan.nodes[1].children[0];
    assert_eq!(bullet.text, "。\n\t1.\t2.\t\n");
    assert_eq!(plan.nodes[1].words_after(), "多读书。\n");
    assert_eq!(plan.signature, None);
    assert_eq!(outline.noise, []);
}

#[test]
fn rows_pictures_and_footnotes_at_the_head_and_the_end_are_kept() {
    let outline = read(
        "\u{fffc}（图片1）\n书屋建设方案\n\t| 打印\t分享 |\t\n一、目标\n\u{fffc}（图片2）\n多读书。〔注1〕\n〔注1〕一、二、三类书屋。\n\t版权所有\t\n",
    );
    assert_eq!(outline.noise, []);
    let plan = outline.plan().unwrap();
    assert_eq!(plan.nodes.len(), 1);
    assert!(plan.nodes[0].text.ends_with("\t版权所有\t\n"));
}

#[test]
fn a_heading_that_the_file_states_without_a_number_is_reported() {
    let text = "# 书屋建设方案\n## 一、目标\n多读书。\n### 近期目标\n建书屋12家。\n";
    let outline = outline_with(&source(text), &[(1, 1), (2, 2), (4, 3)]);
    assert_eq!(outline.reproduce(), text);
    assert_eq!(codes(&outline), [("unnumbered-heading", 4)]);
    let plan = outline.plan().unwrap();
    assert_eq!(plan.title.as_deref(), Some("书屋建设方案"));
    assert_eq!(listing(plan), ["一 目标"]);
}

#[test]
fn a_plans_table_of_contents_is_no_body() {
    let outline = read(
        "书屋建设规划\n目 录\n前言…………1\n一、现状与形势…………2\n（一）现状......2\n（二）形势......3\n二、主要任务\t5\n附件 任务表 ……9\n前言\n读书是好事。\n一、现状与形势\n（一）现状。书屋不多。\n（二）形势\n读者不少。\n二、主要任务\n多建书屋。\n",
    );
    let plan = outline.plan().unwrap();
    assert_eq!(plan.title.as_deref(), Some("书屋建设规划"));
    assert_eq!(
        listing(plan),
        [
            "一 现状与形势",
            "一/(一) 现状",
            "一/(二) 形势",
            "二 主要任务"
        ]
    );
    assert_eq!(outline.noise.len(), 1);
    assert_eq!(outline.noise[0].lines, [2, 8]);
    assert_eq!(codes(&outline), []);
}

#[test]
fn a_catalogue_is_no_table_of_contents() {
    let outline = read(
        "望川区重点产业\n目录\n一、鼓励类\n（一）书屋\n（二）报亭\n二、限制类\n（一）麻将馆\n",
    );
    let count: usize = outline
        .documents
        .iter()
        .map(|document| document.walk().len())
        .sum();
    assert_eq!(count, 5);
    assert_eq!(outline.noise, []);
}

#[test]
fn circled_numbers_count_where_they_count() {
    let outline = read(
        "书屋建设方案\n一、目标\n（一）藏书\n1.选书\n（1）购书\n①文学。名著优先。\n②科学。\n③艺术。\n（2）捐书①\n① 由居民捐赠。\n二、保障\n③多宣传。\n",
    );
    let plan = outline.plan().unwrap();
    let fifth: Vec<(&str, &str, u8)> = plan
        .walk()
        .iter()
        .filter(|place| place.node.kind == NodeKind::Fifth)
        .map(|place| {
            let node = place.node;
            (node.label.as_str(), node.heading.as_str(), node.level)
        })
        .collect();
    assert_eq!(
        fifth,
        [("①", "文学", 5), ("②", "科学", 5), ("③", "艺术", 5)]
    );
    let second = plan.find_path("一/(一)/1/(1)/②").unwrap();
    assert_eq!(second.anchor, "1.1.1.1.2");
    assert_eq!(codes(&outline), []);
}

#[test]
fn an_office_alone_at_the_end_has_signed() {
    let outline = read("关于征求《书屋方案》意见的公告\n请于2031年5月1日前反馈。\n望川区文体局\n");
    let signature = outline.documents[0].signature.as_ref().unwrap();
    assert_eq!(signature.issuer.as_deref(), Some("望川区文体局"));
    assert_eq!((signature.date, signature.lines), (None, [3, 3]));
    let plan = read("书屋方案\n一、目标\n多读书。\n二、单位\n望川区文体局\n");
    assert_eq!(plan.documents[0].signature, None);
}

#[test]
fn a_plan_cut_into_lines_keeps_its_sentences() {
    let outline = read(
        "书屋建设方案\n一、目标\n（一）建好书屋。各街镇按照方便居民、合理布局的原则选址，并按照第\n（二）项的要求配备设施，每家书屋的面积不少于二百平方米，座位不\n少于三十个，藏书不少于三千册，报刊不少于五十种，每年更新不少于\n1.5成，由区文体局会同区规划局制定具体标准并组织实施，按照标准第\n2.条的规定验收，验收的结果向社会公布，接受居民的监督，并作为年度\n考核的依据，考核的办法由区文体局另行制定并报区政府同意以后在各街\n镇公布施行，各街镇可以结合自己的实际制定实施的细则，细则应当报区\n文体局备案，备案的办法按照有关规定执行，执行中的问题由区文体局会\n同有关部门研究解决。\n（二）管好书屋。每日开放。\n",
    );
    let plan = outline.plan().unwrap();
    assert_eq!(
        listing(plan),
        ["一 目标", "一/(一) 建好书屋", "一/(二) 管好书屋"]
    );
    assert_eq!(codes(&outline), [("hard-wrapped", 4)]);
}

#[test]
fn a_table_of_contents_that_the_format_marks_is_no_text() {
    let text = "书屋建设方案\n一、目标\n二、保障\n一、目标\n多读书。\n二、保障\n多宣传。\n";
    let mut file = source(text);
    file.contents = vec![[2, 3]];
    let outline = jianyan::documents::outline::outline(&file);
    assert_eq!(listing(&outline.documents[0]), ["一 目标", "二 保障"]);
    assert_eq!(outline.documents[0].nodes[0].line, 4);
    assert_eq!(
        (outline.noise[0].lines, outline.noise[0].reason.as_str()),
        ([2, 3], "目录")
    );
    assert_eq!(outline.reproduce(), text);
}
