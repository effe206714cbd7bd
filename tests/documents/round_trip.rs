//! Any tree, printed the way plans are printed, is read back as the same tree; and no text at all
//! makes the reader panic or lose a character.

use crate::support::read;
use jianyan::documents::model::{Node, numeral};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Item {
    heading: String,
    body: Option<String>,
    bullets: Vec<String>,
    closing: Option<String>,
    row: bool,
    children: Vec<Item>,
}

fn words() -> impl Strategy<Value = String> {
    "[甲乙丙丁戊己庚辛壬癸]{2,12}"
}

fn item(depth: u32) -> BoxedStrategy<Item> {
    let children = if depth < 5 {
        prop::collection::vec(item(depth + 1), 0..4).boxed()
    } else {
        Just(Vec::new()).boxed()
    };
    let bullets = prop::collection::vec(words(), 0..3);
    let body = prop::option::of(words());
    let closing = prop::option::of(words());
    let row = prop::bool::weighted(0.1);
    (words(), body, bullets, closing, row, children)
        .prop_map(|(heading, body, bullets, closing, row, children)| Item {
            closing: closing.filter(|_| !bullets.is_empty()),
            heading,
            body,
            bullets,
            row,
            children,
        })
        .boxed()
}

#[derive(Clone, Copy, Debug)]
struct Style {
    full: bool,
    own_lines: bool,
    end: &'static str,
    indent: &'static str,
    contents: bool,
    pages: bool,
    website: bool,
}

fn label(style: Style, level: usize, number: usize) -> String {
    let number = u32::try_from(number).unwrap();
    let chinese = numeral::write(number);
    match (level, style.full) {
        (1, _) => format!("{chinese}、"),
        (2, true) => format!("（{chinese}）"),
        (2, false) => format!("({chinese})"),
        (3, true) => format!("{number}．"),
        (3, false) => format!("{number}."),
        (4, true) => format!("（{number}）"),
        (4, false) => format!("({number})"),
        _ => char::from_u32(u32::from('①') + number - 1)
            .unwrap()
            .to_string(),
    }
}

fn print(items: &[Item], level: usize, style: Style, lines: &mut Vec<String>) {
    for (index, item) in items.iter().enumerate() {
        // One ① alone counts nothing.
        if level == 5 && items.len() == 1 {
            continue;
        }
        let head = format!("{}{}", label(style, level, index + 1), item.heading);
        match &item.body {
            Some(body) if style.own_lines => lines.extend([head, format!("{body}。")]),
            Some(body) => lines.push(format!("{head}。{body}。")),
            None => lines.push(head),
        }
        if item.row {
            lines.push("\t一、甲\t1.乙\t".to_owned());
        }
        lines.extend(item.bullets.iter().map(|bullet| format!("——{bullet}。")));
        lines.extend(item.closing.iter().map(|closing| format!("{closing}。")));
        if style.pages && index == 1 {
            lines.push("- 12 -".to_owned());
        }
        print(&item.children, level + 1, style, lines);
    }
}

fn contents(items: &[Item], level: usize, style: Style, lines: &mut Vec<String>) {
    for (index, item) in items.iter().enumerate() {
        let label = label(style, level, index + 1);
        lines.push(format!("{label}{}…………{}", item.heading, index + 2));
        if level < 2 {
            contents(&item.children, level + 1, style, lines);
        }
    }
}

fn printed(items: &[Item], style: Style) -> String {
    let mut lines = Vec::new();
    if style.website {
        lines.push("首页 > 政务公开 > 规划".to_owned());
    }
    lines.push("望川区书屋建设方案".to_owned());
    if style.contents {
        lines.push("目　录".to_owned());
        contents(items, 1, style, &mut lines);
    }
    print(items, 1, style, &mut lines);
    if style.website {
        lines.push("※ 版权所有：望川区".to_owned());
    }
    let mut out = String::new();
    for line in lines {
        let row = line.starts_with('\t');
        out.push_str(if row { "" } else { style.indent });
        out.push_str(&line);
        out.push_str(style.end);
    }
    out
}

fn check(items: &[Item], nodes: &[Node], level: usize, style: Style) {
    if level == 5 && items.len() == 1 {
        assert!(nodes.is_empty());
        return;
    }
    assert_eq!(items.len(), nodes.len());
    for (index, (item, node)) in items.iter().zip(nodes).enumerate() {
        assert_eq!(node.label, label(style, level, index + 1));
        assert_eq!(node.heading, item.heading);
        assert_eq!(usize::from(node.level), level);
        let (bullets, children) = node.children.split_at(item.bullets.len());
        let found: Vec<&str> = bullets
            .iter()
            .map(|bullet| bullet.heading.as_str())
            .collect();
        assert_eq!(found, item.bullets);
        let rows = node.text.matches("\t一、甲\t1.乙\t").count();
        assert_eq!(rows, usize::from(item.row));
        let body: String = node
            .text
            .replace("\t一、甲\t1.乙\t", "")
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '。')
            .collect();
        let wanted = format!(
            "{}{}",
            item.body.as_deref().unwrap_or(""),
            item.closing.as_deref().unwrap_or("")
        );
        assert_eq!(body, wanted);
        check(&item.children, children, level + 1, style);
    }
}

fn style() -> impl Strategy<Value = Style> {
    let end = prop::sample::select(vec!["\n", "\n\n", "\r\n"]);
    let indent = prop::sample::select(vec!["", "　　", "  "]);
    let flags = prop::collection::vec(any::<bool>(), 5);
    (end, indent, flags).prop_map(|(end, indent, flags)| Style {
        full: flags[0],
        own_lines: flags[1],
        contents: flags[2],
        pages: flags[3],
        website: flags[4],
        end,
        indent,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_tree_is_read_back(items in prop::collection::vec(item(1), 1..5), style in style()) {
        let outline = read(&printed(&items, style));
        prop_assert_eq!(outline.documents.len(), 1);
        check(&items, &outline.documents[0].nodes, 1, style);
        let odd = outline.warnings.iter().find(|warning| warning.code == "table-of-contents");
        prop_assert_eq!(odd, None);
    }

    #[test]
    fn any_text_is_kept(text in "([一二十1２]{0,2}[、.．()（）—:：;。|《》“”\\[\\]○年月日附件公告征求意见方案第条章节编之甲局目录附则修改为①#\\t \\r\n\u{3000}]{1,8}){1,60}") {
        if !text.trim().is_empty() {
            read(&text);
        }
    }

    #[test]
    fn any_characters_are_kept(text in "\\PC{1,200}") {
        // Not at the start, where some characters are the mark of another kind of file.
        read(&format!("甲{text}"));
    }
}
