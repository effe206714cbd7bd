//! Any law, printed in any of the ways laws are printed, is read back as the same law.

use crate::support::read;
use jianyan::documents::model::{Node, NodeKind, numeral};
use proptest::prelude::*;

/// One place of a law: its words, its paragraphs (款) behind its children, and what stands below.
#[derive(Clone, Debug)]
struct Place {
    kind: NodeKind,
    number: u32,
    inserted: bool,
    words: String,
    row: bool,
    children: Vec<Place>,
    closing: Option<String>,
}

/// How a law is printed.
#[derive(Clone, Copy, Debug)]
struct Style {
    gap: &'static str,
    indent: &'static str,
    end: &'static str,
    spaced: bool,
    full: bool,
    arabic: bool,
    own_line: bool,
    contents: Contents,
    order: bool,
    pages: bool,
    website: bool,
    markdown: bool,
}

#[derive(Clone, Copy, Debug)]
enum Contents {
    None,
    Plain,
    Paged,
    Untitled,
}

fn words() -> impl Strategy<Value = String> {
    "[甲乙丙丁戊己庚辛壬癸]{2,12}"
}

fn item() -> impl Strategy<Value = Place> {
    words().prop_map(|words| Place {
        kind: NodeKind::Second,
        number: 0,
        inserted: false,
        words,
        row: false,
        children: Vec::new(),
        closing: None,
    })
}

/// The first words are those that a reference could go on with too.
fn article() -> impl Strategy<Value = Place> {
    let first = prop::sample::select(vec![
        "",
        "",
        "中国",
        "以此",
        "第一类",
        "和睦",
        "所有",
        "项目",
    ]);
    let items = prop_oneof![
        2 => Just(Vec::new()),
        1 => prop::collection::vec(item(), 1..5),
    ];
    (
        first,
        words(),
        items,
        prop::option::of(words()),
        prop::bool::weighted(0.05),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(first, words, children, closing, inserted, row)| Place {
            kind: NodeKind::Article,
            number: 0,
            inserted,
            words: format!("{first}{words}"),
            row,
            children,
            closing,
        })
}

fn division(kind: NodeKind, inner: BoxedStrategy<Vec<Place>>) -> BoxedStrategy<Place> {
    (words(), inner)
        .prop_map(move |(words, children)| Place {
            kind,
            number: 0,
            inserted: false,
            words,
            row: false,
            children,
            closing: None,
        })
        .boxed()
}

fn many(inner: BoxedStrategy<Place>) -> BoxedStrategy<Vec<Place>> {
    prop::collection::vec(inner, 1..4).boxed()
}

/// Chapters of articles or of sections, alone or under parts and sub-parts.
fn law() -> BoxedStrategy<Vec<Place>> {
    let articles = || many(article().boxed());
    let sections = many(division(NodeKind::Section, articles()));
    let chapter = division(NodeKind::Chapter, prop_oneof![articles(), sections].boxed());
    let chapters = prop::collection::vec(chapter, 2..4).boxed();
    let parts = |below: BoxedStrategy<Vec<Place>>| {
        prop::collection::vec(division(NodeKind::Part, below), 2..3).boxed()
    };
    let sub_parts = many(division(NodeKind::SubPart, chapters.clone()));
    prop_oneof![
        articles(),
        chapters.clone(),
        parts(chapters),
        parts(sub_parts)
    ]
    .boxed()
}

/// Gives every place its number: articles count through the law, all else among its siblings.
fn count(places: &mut [Place], articles: &mut u32) {
    for (index, place) in places.iter_mut().enumerate() {
        if place.kind == NodeKind::Article {
            place.inserted &= *articles > 0 && index > 0;
            *articles += u32::from(!place.inserted);
            place.number = *articles;
        } else {
            place.number = u32::try_from(index).unwrap() + 1;
        }
        count(&mut place.children, articles);
    }
    // 之一 follows its article once.
    for index in 1..places.len() {
        let (before, behind) = places.split_at_mut(index);
        let doubled = before[index - 1].inserted && behind[0].inserted;
        assert!(!doubled || before[index - 1].number == behind[0].number);
    }
}

fn single_insertions(places: &mut [Place]) {
    let mut last = true;
    for place in places {
        place.inserted &= !last;
        last = place.inserted;
        single_insertions(&mut place.children);
    }
}

fn label(place: &Place, style: Style) -> String {
    let number = if style.arabic {
        place.number.to_string()
    } else {
        numeral::write(place.number)
    };
    match place.kind {
        NodeKind::Part => format!("第{number}编"),
        NodeKind::SubPart => format!("第{number}分编"),
        NodeKind::Chapter => format!("第{number}章"),
        NodeKind::Section => format!("第{number}节"),
        NodeKind::Article if place.inserted => format!("第{number}条之一"),
        NodeKind::Article => format!("第{number}条"),
        _ if style.full => format!("（{}）", numeral::write(place.number)),
        _ => format!("({})", numeral::write(place.number)),
    }
}

fn heading(place: &Place, style: Style) -> String {
    let mut out = String::new();
    for c in place.words.chars() {
        if style.spaced && !out.is_empty() {
            out.push('　');
        }
        out.push(c);
    }
    out
}

fn print(places: &[Place], style: Style, lines: &mut Vec<String>) {
    for (index, place) in places.iter().enumerate() {
        let label = label(place, style);
        match place.kind {
            NodeKind::Article => {
                let end = if place.children.is_empty() {
                    "。"
                } else {
                    "："
                };
                lines.push(format!("{label}{}{}{end}", style.gap, place.words));
            }
            NodeKind::Second => {
                let last = index + 1 == places.len();
                let end = if last { "。" } else { "；" };
                lines.push(format!("{label}{}{end}", place.words));
            }
            _ if style.own_line => lines.extend([label, heading(place, style)]),
            _ => {
                let marks = if style.markdown { "## " } else { "" };
                lines.push(format!(
                    "{marks}{label}{}{}",
                    style.gap,
                    heading(place, style)
                ));
            }
        }
        print(&place.children, style, lines);
        lines.extend(place.closing.iter().map(|words| format!("{words}。")));
        if place.row {
            lines.push("\t第九条 甲\t第一章 乙\t".to_owned());
        }
        if style.pages && place.kind == NodeKind::Article && place.number.is_multiple_of(3) {
            lines.push("— 3 —".to_owned());
        }
    }
}

fn contents(places: &[Place], style: Style, lines: &mut Vec<String>) {
    for place in places {
        if matches!(place.kind, NodeKind::Article | NodeKind::Second) {
            continue;
        }
        let page = match style.contents {
            Contents::Paged => "…………12",
            _ => "",
        };
        let entry = format!("{} {}{page}", label(place, style), heading(place, style));
        lines.push(entry);
        contents(&place.children, style, lines);
    }
}

fn printed(law: &[Place], style: Style) -> String {
    let mut lines = Vec::new();
    if style.website {
        lines.push("首页 > 政务公开 > 法规".to_owned());
    }
    if style.order {
        lines.extend(
            [
                "某国主席令",
                "第四十五号",
                "《某国书屋法》已于2031年4月1日通过，现予公布。",
                "某国主席　林一",
                "2031年4月1日",
            ]
            .map(str::to_owned),
        );
    }
    lines.push("某国书屋法".to_owned());
    lines.push(
        "（2031年4月1日通过　根据2032年4月1日《关于修改〈某国书屋法〉的决定》修正）".to_owned(),
    );
    let mut entries = Vec::new();
    contents(law, style, &mut entries);
    let titled =
        !entries.is_empty() && !matches!(style.contents, Contents::None | Contents::Untitled);
    if titled {
        lines.push("目　　录".to_owned());
    }
    if titled || (matches!(style.contents, Contents::Untitled) && entries.len() >= 3) {
        lines.extend(entries);
    }
    print(law, style, &mut lines);
    if style.website {
        lines.push("版权所有：某国法规网".to_owned());
    }
    let mut out = String::new();
    for line in lines {
        let bare = line.starts_with(['#', '\t', '—']);
        out.push_str(if bare { "" } else { style.indent });
        out.push_str(&line);
        out.push_str(style.end);
    }
    out
}

fn check(places: &[Place], nodes: &[Node], style: Style) {
    let labels = |node: &Node| node.label.clone();
    assert_eq!(
        places
            .iter()
            .map(|place| label(place, style))
            .collect::<Vec<_>>(),
        nodes.iter().map(labels).collect::<Vec<_>>()
    );
    for (place, node) in places.iter().zip(nodes) {
        assert_eq!(node.kind, place.kind);
        assert_eq!(node.number, place.number);
        assert_eq!(node.sub_number.is_some(), place.inserted);
        let own = match place.kind {
            NodeKind::Article => "".to_owned(),
            // Up to the first 。, which only the last item has.
            NodeKind::Second => node.heading.trim_end_matches('；').to_owned(),
            _ => node.heading.clone(),
        };
        let wanted = match place.kind {
            NodeKind::Article => "".to_owned(),
            NodeKind::Second => place.words.clone(),
            _ => heading(place, style),
        };
        assert_eq!(own, wanted);
        if place.kind == NodeKind::Article {
            assert!(node.text.trim().starts_with(&place.words));
            let closing = place.closing.clone().unwrap_or_default();
            assert!(node.text.contains(&closing), "{closing} in {:?}", node.text);
            assert!(!place.row || node.walk_text().contains("\t第九条 甲\t"));
        }
        check(&place.children, &node.children, style);
    }
}

/// The text of a node with that of all below it.
trait WalkText {
    fn walk_text(&self) -> String;
}

impl WalkText for Node {
    fn walk_text(&self) -> String {
        let below: String = self.children.iter().map(WalkText::walk_text).collect();
        format!("{}{below}", self.text)
    }
}

fn style() -> impl Strategy<Value = Style> {
    let gap = prop::sample::select(vec!["　", " ", "", "　　"]);
    let indent = prop::sample::select(vec!["", "　　", "    "]);
    let end = prop::sample::select(vec!["\n", "\n\n", "\r\n"]);
    let contents = prop::sample::select(vec![
        Contents::None,
        Contents::Plain,
        Contents::Paged,
        Contents::Untitled,
    ]);
    let flags = prop::collection::vec(any::<bool>(), 8);
    (gap, indent, end, contents, flags).prop_map(|(gap, indent, end, contents, flags)| Style {
        gap,
        indent,
        end,
        contents,
        spaced: flags[0],
        full: flags[1],
        arabic: flags[2] && flags[3],
        own_line: flags[3] && flags[4],
        order: flags[4] && flags[5],
        pages: flags[5],
        website: flags[6],
        markdown: flags[7],
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_law_is_read_back(mut law in law(), style in style()) {
        single_insertions(&mut law);
        count(&mut law, &mut 0);
        let outline = read(&printed(&law, style));
        let found = outline.documents.last().unwrap();
        prop_assert_eq!(outline.documents.len(), 1 + usize::from(style.order));
        prop_assert_eq!(found.title.as_deref(), Some("某国书屋法"));
        check(&law, &found.nodes, style);
        let codes: Vec<&str> = outline.warnings.iter().map(|warning| warning.code.as_str()).collect();
        prop_assert_eq!(codes, Vec::<&str>::new());
    }
}
