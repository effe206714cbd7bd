//! The contents of a text beside what is being read: as much as a person can look over.

use crate::web::public::outline::{OutlineNode, SectionRef};
use crate::web::shelf::{Section, Text};

/// Above this many entries on the two upper levels, the second is shown only where the reader is.
const MOST_UPPER: usize = 160;
/// Above this many entries side by side, only those near the reader are shown.
const MOST_BESIDE: usize = 60;
const SHOWN_BEFORE: usize = 15;
const SHOWN_FROM: usize = 30;
/// Above this many sections the contents of the whole text end at the second level.
const MOST_WHOLE: usize = 300;

/// The entries around a section: the upper levels, and below them the branch being read. `None`
/// gives the upper levels alone.
pub(super) fn around(text: &Text, here: Option<usize>) -> Vec<OutlineNode> {
    let mut branch = here.map(|here| text.above(here)).unwrap_or_default();
    branch.extend(here);
    let upper = text
        .sections
        .iter()
        .filter(|section| section.depth < 2 && section.has_page())
        .count();
    let is_open = |index: usize, section: &Section| {
        branch.contains(&index) || (section.depth == 0 && upper <= MOST_UPPER)
    };
    entries(text, &text.top, &is_open, &|index| branch.contains(&index))
}

/// The entries of a whole text, whose anchors are all on one page.
pub(super) fn whole(text: &Text) -> Vec<OutlineNode> {
    let deep = text.sections.len() <= MOST_WHOLE;
    let is_open = |_: usize, section: &Section| deep || section.depth == 0;
    nested(text, &text.top, &is_open)
}

fn entries(
    text: &Text,
    siblings: &[usize],
    is_open: &dyn Fn(usize, &Section) -> bool,
    in_branch: &dyn Fn(usize) -> bool,
) -> Vec<OutlineNode> {
    let listed = with_pages(text, siblings);
    let (start, end) = if listed.len() > MOST_BESIDE {
        let here = listed.iter().position(|index| in_branch(*index));
        let here = here.unwrap_or(0);
        let end = (here + SHOWN_FROM).min(listed.len());
        (here.saturating_sub(SHOWN_BEFORE), end)
    } else {
        (0, listed.len())
    };
    let gap = |at: usize, left_out: usize| {
        let section = listed.get(at).and_then(|index| text.sections.get(*index));
        section.filter(|_| left_out > 0).map(|section| OutlineNode {
            anchor: section.anchor.clone(),
            left_out,
            ..OutlineNode::default()
        })
    };
    let shown = listed.iter().skip(start).take(end.saturating_sub(start));
    let shown = shown.filter_map(|index| {
        let section = text.sections.get(*index)?;
        let below = if is_open(*index, section) {
            entries(text, &section.children, is_open, in_branch)
        } else {
            Vec::new()
        };
        entry(text, *index, below)
    });
    gap(start.saturating_sub(1), start)
        .into_iter()
        .chain(shown)
        .chain(gap(end, listed.len().saturating_sub(end)))
        .collect()
}

fn nested(
    text: &Text,
    siblings: &[usize],
    is_open: &dyn Fn(usize, &Section) -> bool,
) -> Vec<OutlineNode> {
    let listed = with_pages(text, siblings).into_iter();
    let entries = listed.filter_map(|index| {
        let section = text.sections.get(index)?;
        let below = if is_open(index, section) {
            nested(text, &section.children, is_open)
        } else {
            Vec::new()
        };
        entry(text, index, below)
    });
    entries.collect()
}

fn with_pages(text: &Text, siblings: &[usize]) -> Vec<usize> {
    let has_page = |index: &usize| text.sections.get(*index).is_some_and(Section::has_page);
    siblings.iter().copied().filter(has_page).collect()
}

fn entry(text: &Text, index: usize, children: Vec<OutlineNode>) -> Option<OutlineNode> {
    let SectionRef {
        anchor,
        label,
        heading,
    } = reference(text, index)?;
    Some(OutlineNode {
        anchor,
        label,
        heading,
        children,
        left_out: 0,
    })
}

/// A section named in passing: by the office's own name for it where there is one.
pub(super) fn reference(text: &Text, index: usize) -> Option<SectionRef> {
    let node = text.node(index)?;
    Some(SectionRef {
        anchor: text.sections.get(index)?.anchor.clone(),
        label: node.label.clone(),
        heading: node.name.clone().unwrap_or_else(|| node.heading.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::model::DocumentKind;
    use crate::documents::model::published::PublishedDocument;
    use crate::documents::outline::outline;
    use crate::documents::read::{Limits, from_bytes};

    fn text(words: &str) -> Text {
        let source = from_bytes("plan.txt", words.as_bytes(), &Limits::default()).unwrap();
        let outline = outline(&source);
        Text::new(PublishedDocument {
            id: String::new(),
            kind: DocumentKind::Draft,
            title: String::new(),
            outline: outline.plan().unwrap().clone(),
        })
    }

    fn anchors(entries: &[OutlineNode]) -> Vec<String> {
        let mut all = Vec::new();
        for entry in entries {
            all.push(if entry.left_out > 0 {
                format!("{}+{}", entry.anchor, entry.left_out)
            } else {
                entry.anchor.clone()
            });
            all.extend(anchors(&entry.children));
        }
        all
    }

    #[test]
    fn below_the_second_level_only_the_branch_being_read_is_open() {
        let text = text("方案\n一、甲\n（一）乙\n1.丙。\n2.丁。\n（二）戊\n1.己。\n二、庚\n辛。\n");
        assert_eq!(anchors(&around(&text, None)), ["1", "1.1", "1.2", "2"]);
        let here = text.find("1.2").unwrap();
        assert_eq!(
            anchors(&around(&text, Some(here))),
            ["1", "1.1", "1.2", "1.2.1", "2"]
        );
        assert_eq!(whole(&text).len(), 2);
        assert_eq!(anchors(&whole(&text)).len(), 7);
    }

    #[test]
    fn of_very_many_side_by_side_those_near_the_reader_are_shown() {
        let articles = ["条例".to_owned()]
            .into_iter()
            .chain((1..=200).map(|n| format!("第{n}条　为了便民，制定本条例。")));
        let text = text(&articles.collect::<Vec<_>>().join("\n"));
        let here = text.find("100").unwrap();
        let shown = anchors(&around(&text, Some(here)));
        assert_eq!(shown.first().unwrap(), "84+84");
        assert_eq!(shown.last().unwrap(), "130+71");
        assert_eq!(shown.len(), 47);
        assert_eq!(whole(&text).len(), 200);
    }
}
