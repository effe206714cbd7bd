//! What a reader sees between two wordings.

use jianyan::documents::compare::{Block, Run, SectionRedline, redline, section_redline};
use jianyan::documents::model::{Node, NodeKind};
use proptest::prelude::*;

/// `[-deleted-]` and `{+inserted+}`.
fn marked(runs: &[Run]) -> String {
    let mark = |run: &Run| match run {
        Run::Same(text) => text.clone(),
        Run::Deleted(text) => format!("[-{text}-]"),
        Run::Inserted(text) => format!("{{+{text}+}}"),
    };
    runs.iter().map(mark).collect()
}

fn sides(runs: &[Run]) -> (String, String) {
    let of = |leave: fn(&Run) -> bool| -> String {
        runs.iter()
            .filter(|run| !leave(run))
            .map(Run::text)
            .collect()
    };
    (
        of(|run| matches!(run, Run::Inserted(_))),
        of(|run| matches!(run, Run::Deleted(_))),
    )
}

fn holds(old: &str, new: &str) -> Vec<Run> {
    let runs = redline(old, new);
    assert_eq!(sides(&runs), (old.to_owned(), new.to_owned()));
    assert!(runs.iter().all(|run| !run.text().is_empty()));
    for pair in runs.windows(2) {
        let kinds = [&pair[0], &pair[1]].map(std::mem::discriminant);
        assert_ne!(
            kinds[0], kinds[1],
            "two runs of one kind side by side: {runs:?}"
        );
    }
    runs
}

#[test]
fn words_numbers_dates_and_titles_change_as_a_whole() {
    for (old, new, shown) in [
        (
            "到2027年，全区新建绿道40公里。",
            "到2027年，全区新建绿道45公里。",
            "到2027年，全区新建绿道[-40公里-]{+45公里+}。",
        ),
        (
            "自2026年1月1日起施行。",
            "自2026年3月1日起施行。",
            "自[-2026年1月1日-]{+2026年3月1日+}起施行。",
        ),
        (
            "按照《松涧区绿道管理办法》执行。",
            "按照《松涧区绿道养护办法》执行。",
            "按照[-《松涧区绿道管理办法》-]{+《松涧区绿道养护办法》+}执行。",
        ),
        ("优化营商环境。", "优化营商环境。", "优化营商环境。"),
        (
            "推动老旧小区改造。",
            "推进老旧小区改造。",
            "[-推动-]{+推进+}老旧小区改造。",
        ),
        ("", "新增一条。", "{+新增一条。+}"),
        ("删去一条。", "", "[-删去一条。-]"),
        ("", "", ""),
    ] {
        assert_eq!(marked(&holds(old, new)), shown);
    }
}

#[test]
fn a_crumb_between_two_changes_is_swallowed_and_a_line_end_is_not() {
    let shown = marked(&holds("建设公园、学校。", "修缮剧院、医院。"));
    assert_eq!(shown, "[-建设公园、学校-]{+修缮剧院、医院+}。");
    let shown = marked(&holds("建设公园\n学校", "修缮剧院\n医院"));
    assert_eq!(shown, "[-建设公园-]{+修缮剧院+}\n[-学校-]{+医院+}");
    let shown = marked(&holds("三十日内，到住所登记。", "十五日内，向街道登记。"));
    assert_eq!(shown, "[-三十日-]{+十五日+}内，[-到住所-]{+向街道+}登记。");
    let shown = marked(&holds("公园、学校和医院开放", "学校开放"));
    assert_eq!(shown, "[-公园、-]学校[-和医院-]开放");
}

proptest! {
    #[test]
    fn nothing_is_lost_between_two_texts(
        old in "[推动进老旧小区改造的、。《》0-9年月第条ab \n]{0,80}",
        new in "[推动进老旧小区改造的、。《》0-9年月第条ab \n]{0,80}",
    ) {
        holds(&old, &new);
    }

    #[test]
    fn nothing_is_lost_whatever_the_characters(old in "\\PC{0,40}", new in "\\PC{0,40}") {
        holds(&old, &new);
    }

    #[test]
    fn the_lines_of_a_section_are_all_shown_once(
        old in "[甲乙丙。\t\n]{0,60}",
        new in "[甲乙丙。\t\n]{0,60}",
    ) {
        let shown = section_redline(Some(&node("1.", &old)), Some(&node("1.", &new)));
        prop_assert_eq!(printed(&shown), (without_blank_lines(&old), without_blank_lines(&new)));
    }
}

fn node(label: &str, text: &str) -> Node {
    Node {
        label: label.to_owned(),
        gap: String::new(),
        heading: String::new(),
        name: None,
        level: 3,
        kind: NodeKind::Third,
        number: 1,
        sub_number: None,
        units: Vec::new(),
        text: text.to_owned(),
        line: 1,
        at: 0,
        children: Vec::new(),
    }
}

/// All characters but tabs and breaks, as the old and as the new version has them.
fn printed(shown: &SectionRedline) -> (String, String) {
    let runs: Vec<Run> = shown
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph(runs) => runs.clone(),
            Block::Table(rows) => rows.iter().flat_map(|row| row.cells.concat()).collect(),
        })
        .collect();
    let (old, new) = sides(&runs);
    (without_blank_lines(&old), without_blank_lines(&new))
}

fn without_blank_lines(text: &str) -> String {
    text.replace(['\t', '\n'], "")
}

#[test]
fn a_section_is_shown_paragraph_by_paragraph() {
    let old = node(
        "（三）",
        "养护由区园林局负责。\n每季度公布一次养护情况。\n经费由区级财政承担。",
    );
    let new = node(
        "（四）",
        "养护由区园林局负责。\n鼓励居民认养树木。\n每月公布一次养护情况。\n经费由区级财政承担。",
    );
    let shown = section_redline(Some(&old), Some(&new));
    assert_eq!(marked(&shown.label), "[-（三）-]{+（四）+}");
    let shown: Vec<String> = shown
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(runs) => marked(runs),
            Block::Table(_) => unreachable!(),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "养护由区园林局负责。",
            "{+鼓励居民认养树木。+}",
            "[-每季度-]{+每月+}公布一次养护情况。",
            "经费由区级财政承担。",
        ]
    );
}

#[test]
fn a_table_is_compared_row_by_row_and_cell_by_cell() {
    let old = node(
        "1.",
        "任务如下：\n\t序号\t任务\t时限\t\n\t1\t新建绿道\t2026年\t\n\t2\t补种乔木\t2027年\t",
    );
    let new = node(
        "1.",
        "任务如下：\n\t序号\t任务\t时限\t\n\t1\t新建绿道\t2027年\t\n\t2\t修缮驿站\t2027年6月\t\n\t3\t补种乔木\t2027年\t",
    );
    let shown = section_redline(Some(&old), Some(&new));
    let [Block::Paragraph(intro), Block::Table(rows)] = shown.blocks.as_slice() else {
        panic!("{shown:?}");
    };
    assert_eq!(marked(intro), "任务如下：");
    let rows: Vec<String> = rows
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| marked(cell))
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "序号|任务|时限",
            "1|新建绿道|[-2026年-]{+2027年+}",
            "{+2+}|{+修缮驿站+}|{+2027年6月+}",
            "[-2-]{+3+}|补种乔木|2027年",
        ]
    );
}

#[test]
fn a_section_that_came_or_went_is_shown_whole() {
    let one = node("1.", "甲。\n乙。");
    let came = section_redline(None, Some(&one));
    assert_eq!(printed(&came), (String::new(), "甲。乙。".to_owned()));
    assert_eq!(marked(&came.label), "{+1.+}");
    let went = section_redline(Some(&one), None);
    assert_eq!(printed(&went), ("甲。乙。".to_owned(), String::new()));
}
