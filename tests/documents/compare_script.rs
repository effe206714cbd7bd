//! A plan, a known list of edits, and the matching that must find the edits again.

use crate::compare::{plan, told};
use jianyan::documents::compare::{Change, Link, Resolved, compose, matches, resolve};
use jianyan::documents::model::numeral;
use std::collections::{BTreeMap, BTreeSet};

/// Official words: the sections of a plan share most of theirs.
const WORDS: [&str; 64] = [
    "推进",
    "完善",
    "加强",
    "建立",
    "健全",
    "落实",
    "统筹",
    "开展",
    "提升",
    "优化",
    "鼓励",
    "支持",
    "引导",
    "规范",
    "公布",
    "检查",
    "社区",
    "街道",
    "学校",
    "医院",
    "公园",
    "市场",
    "企业",
    "居民",
    "老人",
    "儿童",
    "志愿者",
    "网格员",
    "物业",
    "商户",
    "游客",
    "村民",
    "绿道",
    "停车位",
    "充电桩",
    "路灯",
    "食堂",
    "书屋",
    "步道",
    "河岸",
    "管网",
    "屋顶",
    "广场",
    "驿站",
    "菜园",
    "球场",
    "站台",
    "厕所",
    "台账",
    "制度",
    "机制",
    "标准",
    "预算",
    "培训",
    "巡查",
    "评价",
    "热线",
    "公示",
    "补助",
    "登记",
    "维修",
    "改造",
    "照明",
    "保洁",
];

/// The cases that are tried, by number: the same each time.
const SEEDS: std::ops::Range<u64> = 0..48;

/// A generator without state outside it (SplitMix64), so that a case is told by its number.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % sides
    }

    fn sentence(&mut self) -> Vec<&'static str> {
        (0..6 + self.roll(8))
            .map(|_| WORDS[self.roll(WORDS.len())])
            .collect()
    }

    fn section(&mut self, id: usize) -> Section {
        Section {
            ids: vec![id],
            heading: self.sentence()[..3].to_vec(),
            sentences: (0..4).map(|_| self.sentence()).collect(),
        }
    }
}

#[derive(Clone, Debug)]
struct Section {
    /// Which sections of the first version its words come from; none when it is new.
    ids: Vec<usize>,
    heading: Vec<&'static str>,
    sentences: Vec<Vec<&'static str>>,
}

type Plan = Vec<Vec<Section>>;

fn printed(parts: &Plan) -> String {
    let mut text = "松涧区行动方案\n(征求意见稿)\n".to_owned();
    let number = |index: usize| numeral::write(u32::try_from(index + 1).unwrap());
    for (part, sections) in parts.iter().enumerate() {
        text.push_str(&format!(
            "{}、{}\n",
            number(part),
            WORDS[part * 2..part * 2 + 6].concat()
        ));
        for (index, section) in sections.iter().enumerate() {
            text.push_str(&format!(
                "({}){}。",
                number(index),
                section.heading.concat()
            ));
            for sentence in &section.sentences {
                text.push_str(&format!("{}。", sentence.concat()));
            }
            text.push('\n');
        }
    }
    text
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Edit {
    /// A fifth of the words are others.
    Rename,
    /// A new section before this one.
    Insert,
    /// To the end of the next part.
    Move,
    /// At a sentence in the middle; the second half gets a heading.
    Split,
    /// With the section behind it.
    Merge,
    Delete,
}

const EDITS: [Edit; 6] = [
    Edit::Rename,
    Edit::Insert,
    Edit::Move,
    Edit::Split,
    Edit::Merge,
    Edit::Delete,
];

/// What the edits did: which old section stands in which new ones, and the text of the new one.
struct Case {
    old: Plan,
    new: Plan,
    /// What was done to each old section that was touched.
    done: BTreeMap<usize, Edit>,
}

/// Edits every third section at most, so that a merger's neighbour is its own.
fn case(seed: u64, parts: usize, sections: usize) -> Case {
    let mut dice = Dice(seed);
    let mut next = 0..;
    let old: Plan = (0..parts)
        .map(|_| {
            (0..sections)
                .map(|_| dice.section(next.next().unwrap()))
                .collect()
        })
        .collect();
    let mut done = BTreeMap::new();
    let mut new: Plan = vec![Vec::new(); parts];
    let mut arriving: Plan = vec![Vec::new(); parts];
    for (part, sections) in old.iter().enumerate() {
        let mut sections = sections.iter().cloned().enumerate().peekable();
        while let Some((index, mut section)) = sections.next() {
            let edit = (index % 3 == 1).then(|| EDITS[dice.roll(EDITS.len())]);
            if let Some(edit) = edit {
                done.insert(section.ids[0], edit);
            }
            match edit {
                None => new[part].push(section),
                Some(Edit::Rename) => {
                    for sentence in &mut section.sentences {
                        let at = dice.roll(sentence.len());
                        sentence[at] = WORDS[dice.roll(WORDS.len())];
                    }
                    new[part].push(section);
                }
                Some(Edit::Insert) => {
                    let mut inserted = dice.section(0);
                    inserted.ids.clear();
                    new[part].extend([inserted, section]);
                }
                Some(Edit::Move) => arriving[(part + 1) % old.len()].push(section),
                Some(Edit::Split) => {
                    let mut second = section.clone();
                    second.sentences = section.sentences.split_off(2);
                    second.heading = dice.sentence()[..3].to_vec();
                    new[part].extend([section, second]);
                }
                Some(Edit::Merge) => {
                    let (_, behind) = sections.next().unwrap();
                    done.insert(behind.ids[0], Edit::Merge);
                    section.ids.extend(behind.ids);
                    section.sentences.extend(behind.sentences);
                    new[part].push(section);
                }
                Some(Edit::Delete) => {}
            }
        }
    }
    for (part, arriving) in new.iter_mut().zip(arriving) {
        part.extend(arriving);
    }
    Case { old, new, done }
}

fn anchors(plan: &Plan) -> Vec<(String, &Section)> {
    let part = |(part, sections): (usize, &'_ Vec<Section>)| -> Vec<String> {
        (0..sections.len())
            .map(|index| format!("{}.{}", part + 1, index + 1))
            .collect()
    };
    let names = plan.iter().enumerate().flat_map(part);
    names.zip(plan.iter().flatten()).collect()
}

/// What the edits did, as links say it.
fn expected(case: &Case) -> BTreeSet<(Option<String>, Option<String>)> {
    let old: BTreeMap<usize, String> = anchors(&case.old)
        .into_iter()
        .map(|(anchor, section)| (section.ids[0], anchor))
        .collect();
    let mut links = BTreeSet::new();
    let mut alive = BTreeSet::new();
    for (anchor, section) in anchors(&case.new) {
        if section.ids.is_empty() {
            links.insert((None, Some(anchor.clone())));
        }
        for id in &section.ids {
            alive.insert(*id);
            links.insert((Some(old[id].clone()), Some(anchor.clone())));
        }
    }
    let gone = old.iter().filter(|(id, _)| !alive.contains(id));
    links.extend(gone.map(|(_, anchor)| (Some(anchor.clone()), None)));
    links
}

fn found(case: &Case) -> Vec<Link> {
    matches(&plan(&printed(&case.old)), &plan(&printed(&case.new)))
}

/// Links between sections; parts are left out.
fn ends(links: &[Link]) -> BTreeSet<(Option<String>, Option<String>)> {
    let is_section = |link: &&Link| {
        let anchor = link.from.as_ref().or(link.to.as_ref()).unwrap();
        anchor.contains('.')
    };
    let ends = |link: &Link| (link.from.clone(), link.to.clone());
    links.iter().filter(is_section).map(ends).collect()
}

fn covers_everything(case: &Case, links: &[Link]) {
    let (old, new) = (plan(&printed(&case.old)), plan(&printed(&case.new)));
    let of = |end: fn(&Link) -> &Option<String>| -> BTreeSet<&str> {
        links
            .iter()
            .filter_map(|link| end(link).as_deref())
            .collect()
    };
    let (from, to) = (of(|link| &link.from), of(|link| &link.to));
    assert!(
        old.walk()
            .iter()
            .all(|place| from.contains(place.anchor.as_str()))
    );
    assert!(
        new.walk()
            .iter()
            .all(|place| to.contains(place.anchor.as_str()))
    );
    for link in links {
        assert_eq!(link.from.is_none(), link.change == Change::New);
        assert_eq!(link.to.is_none(), link.change == Change::Gone);
    }
    let order: Vec<&str> = links.iter().filter_map(|link| link.to.as_deref()).collect();
    let walk: Vec<String> = new.walk().into_iter().map(|place| place.anchor).collect();
    let mut distinct = order.clone();
    distinct.dedup();
    assert_eq!(distinct, walk, "not in the order of the new version");
}

/// Sections of four sentences and more, a fifth of whose words are others at most, moved, cut
/// between sentences, joined with their neighbour, taken out or put in: every link is found,
/// and each is told by its name.
#[test]
fn every_edit_is_found_again() {
    for seed in SEEDS {
        let case = case(seed, 3, 9);
        let links = found(&case);
        covers_everything(&case, &links);
        assert_eq!(ends(&links), expected(&case), "{:#?}", told(&links));
        for (anchor, section) in anchors(&case.old) {
            let changes: BTreeSet<&str> = links
                .iter()
                .filter(|link| link.from.as_deref() == Some(anchor.as_str()))
                .map(|link| link.change.code())
                .collect();
            let wanted: &[&str] = match case.done.get(&section.ids[0]) {
                None | Some(Edit::Insert) => &["same", "renumbered"],
                Some(Edit::Rename) => &["same", "edited", "renumbered"],
                Some(Edit::Move) => &["moved"],
                Some(Edit::Split) => &["split"],
                Some(Edit::Merge) => &["merged"],
                Some(Edit::Delete) => &["gone"],
            };
            assert!(
                changes.len() == 1 && changes.iter().all(|change| wanted.contains(change)),
                "{anchor}: {changes:?}, not {wanted:?}: {:#?}",
                told(&links)
            );
        }
    }
}

/// The same two versions give the same links; read backwards, the same pairs.
#[test]
fn a_matching_is_the_same_each_time_and_backwards() {
    for seed in SEEDS {
        let case = case(seed, 2, 6);
        let links = found(&case);
        assert_eq!(&links, &found(&case));
        let backwards = Case {
            old: case.new.clone(),
            new: case.old.clone(),
            done: BTreeMap::new(),
        };
        let turned: BTreeSet<_> = ends(&found(&backwards))
            .into_iter()
            .map(|(a, b)| (b, a))
            .collect();
        assert_eq!(ends(&links), turned);
    }
}

/// Three versions, the third being the first again: in one step everything is where it was,
/// but for what was taken out and put in anew.
#[test]
fn there_and_back_leads_home() {
    for seed in SEEDS {
        let case = case(seed, 2, 6);
        let [old, new] = [&case.old, &case.new].map(|parts| plan(&printed(parts)));
        let composed = compose(&matches(&old, &new), &matches(&new, &old));
        for (anchor, section) in anchors(&case.old) {
            match case.done.get(&section.ids[0]) {
                Some(Edit::Delete) => {}
                Some(Edit::Merge) => {
                    let is_found = matches!(resolve(&composed, &anchor), Resolved::Found { .. });
                    assert!(is_found, "{anchor}");
                }
                _ => {
                    let home = matches!(resolve(&composed, &anchor), Resolved::Found { anchor: ref home, .. } if *home == anchor);
                    assert!(home, "{anchor}: {:#?}", told(&composed));
                }
            }
        }
    }
}
