//! A revised draft beside the old one: what became of each section, and where old addresses lead.

use crate::support::read;
use jianyan::documents::compare::{Change, Link, Resolved, compose, matches, resolve};
use jianyan::documents::model::DocumentOutline;
use jianyan::words::Lang;

pub fn plan(text: &str) -> DocumentOutline {
    let outline = read(text);
    outline
        .plan()
        .or(outline.documents.first())
        .unwrap()
        .clone()
}

/// `from → to change`, with what else is to be said.
pub fn told(links: &[Link]) -> Vec<String> {
    links
        .iter()
        .map(|link| {
            let end = |anchor: &Option<String>| anchor.clone().unwrap_or_else(|| "·".to_owned());
            let also = if link.also_edited { " edited" } else { "" };
            let (from, to) = (end(&link.from), end(&link.to));
            format!("{from} → {to} {}{also}", link.change.code())
        })
        .collect()
}

fn compared(old: &str, new: &str) -> Vec<String> {
    told(&matches(&plan(old), &plan(new)))
}

const OLD: &str = "松涧区绿道建设行动方案\n(征求意见稿)\n\
一、总体要求\n\
(一)指导思想。坚持以人民为中心，把绿道建成居民家门口的公共空间。\n\
(二)主要目标。到2027年，全区新建绿道40公里，改造旧步道25公里。\n\
二、重点任务\n\
(一)贯通滨河绿道。打通断点十二处，补种乔木，增设夜间照明和无障碍坡道。\n\
(二)完善服务设施。每两公里设一处驿站，提供饮水、急救和充电服务。\n\
(三)加强日常养护。建立巡查台账，病虫害三日内处置，破损设施七日内修复。\n\
三、保障措施\n\
(一)组织保障。区园林局牵头，建立联席会议，每季度调度一次进展情况。\n\
(二)资金保障。统筹市级补助和区级财政资金，鼓励社会捐赠认养。\n";

#[test]
fn a_text_that_did_not_change_says_so() {
    let told = compared(OLD, OLD);
    assert_eq!(told.len(), 10);
    assert!(told.iter().all(|link| link.ends_with("same")), "{told:#?}");
}

#[test]
fn width_and_blanks_are_no_change() {
    let new = OLD
        .replace('(', "（")
        .replace(')', "）")
        .replace("40公里", "４０ 公里");
    assert!(
        compared(OLD, &new)
            .iter()
            .all(|link| link.ends_with("same"))
    );
}

#[test]
fn an_edited_section_keeps_its_place_and_an_inserted_one_pushes_the_others_on() {
    let new = OLD
        .replace("新建绿道40公里", "新建绿道60公里")
        .replace(
            "(二)完善服务设施。",
            "(二)丰富文化内涵。沿线讲好古桥、古井和老街的故事，请居民来写。\n(三)完善服务设施。",
        )
        .replace("(三)加强日常", "(四)加强日常");
    assert_eq!(
        compared(OLD, &new),
        [
            "1 → 1 same",
            "1.1 → 1.1 same",
            "1.2 → 1.2 edited",
            "2 → 2 same",
            "2.1 → 2.1 same",
            "· → 2.2 new",
            "2.2 → 2.3 renumbered",
            "2.3 → 2.4 renumbered",
            "3 → 3 same",
            "3.1 → 3.1 same",
            "3.2 → 3.2 same",
        ]
    );
}

#[test]
fn a_section_under_another_part_and_one_out_of_order_moved() {
    let care = "加强日常养护。建立巡查台账，病虫害三日内处置，破损设施七日内修复。\n";
    let new = OLD
        .replace(&format!("(三){care}"), "")
        .replace("认养。\n", &format!("认养。\n(三){care}"));
    let told = compared(OLD, &new);
    assert!(told.contains(&"2.3 → 3.3 moved".to_owned()), "{told:#?}");
    assert_eq!(told.iter().filter(|link| link.contains("moved")).count(), 1);

    let river = "贯通滨河绿道。打通断点十二处，补种乔木，增设夜间照明和无障碍坡道。\n";
    let new = OLD
        .replace(&format!("(一){river}"), "")
        .replace("(二)完善", "(一)完善")
        .replace("(三)加强", "(二)加强")
        .replace(
            "七日内修复。\n",
            &format!("七日内修复。\n(三){}", river.replace("十二", "十五")),
        );
    let told = compared(OLD, &new);
    assert!(
        told.contains(&"2.1 → 2.3 moved edited".to_owned()),
        "{told:#?}"
    );
    assert!(
        told.contains(&"2.2 → 2.1 renumbered".to_owned()),
        "{told:#?}"
    );
}

#[test]
fn a_section_cut_in_two_is_split_and_two_put_together_are_merged() {
    let whole = "(三)加强日常养护。建立巡查台账，病虫害三日内处置，破损设施七日内修复。\n";
    let two = "(三)加强日常养护。建立巡查台账，病虫害三日内处置。\n(四)及时修复设施。破损设施七日内修复。\n";
    let new = OLD.replace(whole, two);
    let split = ["2.3 → 2.3 split", "2.3 → 2.4 split"];
    let told = compared(OLD, &new);
    assert!(
        split.iter().all(|link| told.contains(&(*link).to_owned())),
        "{told:#?}"
    );
    let told = compared(&new, OLD);
    let merged = ["2.3 → 2.3 merged", "2.4 → 2.3 merged"];
    assert!(
        merged.iter().all(|link| told.contains(&(*link).to_owned())),
        "{told:#?}"
    );
}

#[test]
fn what_is_gone_stands_where_it_stood() {
    let new = OLD
        .replace(
            "(二)完善服务设施。每两公里设一处驿站，提供饮水、急救和充电服务。\n",
            "",
        )
        .replace("(三)加强", "(二)加强");
    let told = compared(OLD, &new);
    let place = |what: &str| told.iter().position(|link| link == what).unwrap();
    assert_eq!(place("2.2 → · gone"), place("2.1 → 2.1 same") + 1);
    assert_eq!(place("2.3 → 2.2 renumbered"), place("2.2 → · gone") + 1);
}

#[test]
fn a_part_is_known_by_its_children_when_its_heading_is_rewritten() {
    let told = compared(OLD, &OLD.replace("三、保障措施", "三、怎样做成这件事"));
    assert!(told.contains(&"3 → 3 edited".to_owned()), "{told:#?}");
    assert!(told.contains(&"3.1 → 3.1 same".to_owned()), "{told:#?}");
}

#[test]
fn a_part_that_moves_takes_its_sections_along() {
    let (front, rest) = OLD.split_once("二、").unwrap();
    let (tasks, means) = rest.split_once("三、").unwrap();
    let told = compared(OLD, &format!("{front}二、{means}三、{tasks}"));
    let moved: Vec<&String> = told.iter().filter(|link| link.contains("moved")).collect();
    assert_eq!(moved.len(), 1, "{told:#?}");
    assert!(
        told.contains(&"2.1 → 3.1 renumbered".to_owned()),
        "{told:#?}"
    );
}

#[test]
fn articles_keep_their_place_when_a_chapter_begins_elsewhere() {
    let law = |border: usize| {
        let mut text = "松涧区养犬管理办法\n第一章 总则\n".to_owned();
        for (number, words) in [
            "甲犬应当登记造册",
            "乙犬应当牵绳出行",
            "丙犬不得进入校园",
            "丁犬伤人须即刻送医",
        ]
        .iter()
        .enumerate()
        {
            if number == border {
                text.push_str("第二章 管理\n");
            }
            let label = ["一", "二", "三", "四"][number];
            text.push_str(&format!("第{label}条 {words}，违者由所在街道劝导。\n"));
        }
        text
    };
    let told = compared(&law(1), &law(2));
    assert!(told.iter().all(|link| link.ends_with("same")), "{told:#?}");
}

#[test]
fn equal_bullets_are_told_apart_by_their_place() {
    let text = |first: &str| {
        format!(
            "松涧区方案\n一、甲项工作安排如下\n——{first}\n——按季度报送。\n二、乙项工作安排如下\n——按月报送。\n——按季度报送。\n"
        )
    };
    let told = compared(&text("按月报送。"), &text("逐日张榜公布完成情况。"));
    assert!(told.contains(&"1.b2 → 1.b2 same".to_owned()), "{told:#?}");
    assert!(told.contains(&"2.b1 → 2.b1 same".to_owned()), "{told:#?}");
    assert!(told.contains(&"2.b2 → 2.b2 same".to_owned()), "{told:#?}");
    assert!(told.contains(&"1.b1 → · gone".to_owned()), "{told:#?}");
}

#[test]
fn an_old_address_leads_to_where_its_text_went() {
    let new = OLD
        .replace(
            "(一)指导思想。坚持以人民为中心，把绿道建成居民家门口的公共空间。\n",
            "",
        )
        .replace("(二)主要目标", "(一)主要目标")
        .replace(
            "病虫害三日内处置，",
            "病虫害三日内处置。\n(四)及时修复设施。",
        );
    let links = matches(&plan(OLD), &plan(&new));
    let found = |anchor: &str, others: &[&str], change| Resolved::Found {
        anchor: anchor.to_owned(),
        others: others.iter().map(|other| (*other).to_owned()).collect(),
        change,
    };
    assert_eq!(
        resolve(&links, "1.2"),
        found("1.1", &[], Change::Renumbered)
    );
    assert_eq!(
        resolve(&links, "2.3"),
        found("2.3", &["2.4"], Change::Split)
    );
    let gone = Resolved::Gone {
        nearest: Some("1".to_owned()),
    };
    assert_eq!(resolve(&links, "1.1"), gone);
    assert_eq!(resolve(&links, "9.9"), Resolved::Unknown);
    assert_eq!(
        resolve(&matches(&plan(OLD), &plan("松涧区通知\n无")), "1.1"),
        Resolved::Gone { nearest: None }
    );
}

#[test]
fn three_versions_are_read_as_one_step() {
    let second = OLD
        .replace(
            "(二)完善服务设施。",
            "(二)丰富文化内涵。沿线讲好古桥、古井和老街的故事，请居民来写。\n(三)完善服务设施。",
        )
        .replace("(三)加强日常", "(四)加强日常");
    let third = second
        .replace(
            "(二)丰富文化内涵。沿线讲好古桥、古井和老街的故事，请居民来写。\n",
            "",
        )
        .replace("(三)完善", "(二)完善")
        .replace("(四)加强", "(三)加强")
        .replace("新建绿道40公里", "新建绿道60公里")
        .replace(
            "(二)资金保障。统筹市级补助和区级财政资金，鼓励社会捐赠认养。\n",
            "",
        );
    let [first, second, third] = [OLD, &second, &third].map(plan);
    let steps = [matches(&first, &second), matches(&second, &third)];
    let composed = compose(&steps[0], &steps[1]);
    let direct = matches(&first, &third);
    assert_eq!(told(&composed), told(&direct));
    assert!(told(&composed).contains(&"3.2 → · gone".to_owned()));
}

#[test]
fn a_piece_that_was_split_off_and_dropped_leaves_an_edited_section() {
    let link = |from: Option<&str>, to: Option<&str>, change| Link {
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
        change,
        likeness: 500,
        also_edited: false,
    };
    let split = [
        link(Some("1"), Some("1"), Change::Split),
        link(Some("1"), Some("2"), Change::Split),
        link(Some("2"), Some("3"), Change::Renumbered),
    ];
    let dropped = [
        link(Some("1"), Some("1"), Change::Same),
        link(Some("2"), None, Change::Gone),
        link(Some("3"), Some("2"), Change::Renumbered),
    ];
    assert_eq!(
        told(&compose(&split, &dropped)),
        ["1 → 1 edited", "2 → 2 same"]
    );
    let merged = [
        link(Some("1"), Some("1"), Change::Merged),
        link(Some("2"), Some("1"), Change::Merged),
        link(Some("3"), Some("2"), Change::Renumbered),
    ];
    assert_eq!(
        told(&compose(&split, &merged)),
        ["1 → 1 edited", "2 → 2 same"]
    );
}

#[test]
fn every_change_has_a_code_and_a_word_in_both_languages() {
    for change in Change::ALL {
        assert_eq!(Change::parse(change.code()), Some(change));
        assert_eq!(serde_json::to_value(change).unwrap(), change.code());
        assert!(!change.word(Lang::Zh).is_ascii() && change.word(Lang::En).is_ascii());
    }
    assert_eq!(Change::parse("lost"), None);
}
