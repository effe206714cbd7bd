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
    children: Vec<Item>,
}

fn words() -> impl Strategy<Value = String> {
    "[甲乙丙丁戊己庚辛壬癸]{2,12}"
}

fn item(depth: u32) -> BoxedStrategy<Item> {
    let children = if depth < 4 {
        prop::collection::vec(item(depth + 1), 0..4).boxed()
    } else {
        Just(Vec::new()).boxed()
    };
    let bullets = prop::collection::vec(words(), 0..3);
    let body = prop::option::of(words());
    (words(), body, bullets, prop::option::of(words()), children)
        .prop_map(|(heading, body, bullets, closing, children)| Item {
            closing: closing.filter(|_| !bullets.is_empty()),
            heading,
            body,
            bullets,
            children,
        })
        .boxed()
}

#[derive(Clone, Copy, Debug)]
struct Style {
    full: bool,
    blank_lines: bool,
    own_lines: bool,
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
        (_, true) => format!("（{number}）"),
        (_, false) => format!("({number})"),
    }
}

fn print(items: &[Item], level: usize, style: Style, out: &mut String) {
    let end = if style.blank_lines { "\n\n" } else { "\n" };
    for (index, item) in items.iter().enumerate() {
        out.push_str(&label(style, level, index + 1));
        out.push_str(&item.heading);
        match &item.body {
            Some(body) if style.own_lines => out.push_str(&format!("{end}{body}。{end}")),
            Some(body) => out.push_str(&format!("。{body}。{end}")),
            None => out.push_str(end),
        }
        for bullet in &item.bullets {
            out.push_str(&format!("——{bullet}。{end}"));
        }
        if let Some(closing) = &item.closing {
            out.push_str(&format!("{closing}。{end}"));
        }
        print(&item.children, level + 1, style, out);
    }
}

fn check(items: &[Item], nodes: &[Node], level: usize, style: Style) {
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
        let body: String = node
            .text
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_tree_is_read_back(
        items in prop::collection::vec(item(1), 1..5),
        full in any::<bool>(),
        blank_lines in any::<bool>(),
        own_lines in any::<bool>(),
    ) {
        let style = Style { full, blank_lines, own_lines };
        let mut text = String::from("望川区书屋建设方案\n");
        print(&items, 1, style, &mut text);
        let outline = read(&text);
        prop_assert_eq!(outline.documents.len(), 1);
        check(&items, &outline.documents[0].nodes, 1, style);
    }

    #[test]
    fn any_text_is_kept(text in "([一二十1２]{0,2}[、.．()（）—:：;。|《》“”\\[\\]○年月日附件公告征求意见方案第条章之甲局 \\r\n\u{3000}]{1,8}){1,60}") {
        if !text.trim().is_empty() {
            read(&text);
        }
    }

    #[test]
    fn any_characters_are_kept(text in "\\PC{1,200}") {
        if !text.trim().is_empty() {
            read(&text);
        }
    }
}
