//! The office corrects an outline: the tree changes, the source's characters do not.

use jianyan::documents::edit::{At, Edit, apply, paragraphs, replay};
use jianyan::documents::model::{DocumentKind, DocumentOutline, Outline};
use jianyan::documents::outline::outline;
use jianyan::documents::read::{Limits, from_bytes};
use proptest::prelude::*;

const PLAN: &str = "松涧区河道整洁方案(征求意见稿)
前言一段。
一、总体要求
(一)指导思想。坚持清水入城。
(二)主要目标。三年见效。
——水更清。
——岸更绿。
到2030年长期保持。
二、重点任务
本部分共两项。
1.清理河面。每周一次。(区河道办、区城管局按职责分工负责)
补充说明一段。
页脚:联系我们 网站地图
2.加固河堤。三年完成。
松涧区河道办
2025年5月1日
";

fn read() -> Outline {
    let source = from_bytes("plan.txt", PLAN.as_bytes(), &Limits::default()).unwrap();
    outline(&source)
}

fn plan(outline: &Outline) -> &DocumentOutline {
    &outline.documents[0]
}

/// Labels with headings, set in by two blanks a level, as a page lists them.
fn tree(outline: &Outline) -> Vec<String> {
    plan(outline)
        .walk()
        .iter()
        .map(|place| {
            let depth = "  ".repeat(place.ancestors.len());
            format!("{depth}{}{}", place.node.label, place.node.heading)
        })
        .collect()
}

fn place(outline: &Outline, label: &str) -> At {
    let walk = plan(outline).walk();
    let place = walk.iter().position(|place| place.node.label == label);
    At {
        document: 0,
        place: place.unwrap_or_else(|| panic!("{label}: {:?}", tree(outline))),
    }
}

fn edited(edits: &[fn(&Outline) -> Edit]) -> Outline {
    let mut outline = read();
    for edit in edits {
        let edit = edit(&outline);
        apply(&mut outline, &edit).unwrap();
        assert_eq!(outline.reproduce(), PLAN, "after {edit:?}");
    }
    outline
}

#[test]
fn a_heading_ends_where_the_office_says() {
    let outline = edited(&[|o| Edit::Rename {
        at: place(o, "(一)"),
        words: "指导思想。坚持清水".into(),
    }]);
    let at = place(&outline, "(一)").place;
    let walk = plan(&outline).walk();
    assert_eq!(walk[at].node.heading, "指导思想。坚持清水");
    assert_eq!(walk[at].node.text, "入城。\n");
}

#[test]
fn another_name_leaves_the_text_as_printed() {
    let outline = edited(&[|o| Edit::Rename {
        at: place(o, "1."),
        words: "保洁".into(),
    }]);
    let walk = plan(&outline).walk();
    let node = walk[place(&outline, "1.").place].node;
    assert_eq!(
        (node.heading.as_str(), node.name.as_deref()),
        ("清理河面", Some("保洁"))
    );
}

#[test]
fn raising_takes_along_what_follows() {
    let outline = edited(&[|o| Edit::Promote {
        at: place(o, "(二)"),
    }]);
    assert_eq!(
        tree(&outline)[..5],
        [
            "一、总体要求",
            "  (一)指导思想",
            "(二)主要目标",
            "  ——水更清",
            "  ——岸更绿"
        ]
    );
    let walk = plan(&outline).walk();
    assert!(walk[2].node.text.contains("到2030年"));
    // What stood beside it now stands below it, and can be raised in turn.
    let first = edited(&[|o| Edit::Promote {
        at: place(o, "(一)"),
    }]);
    assert_eq!(
        tree(&first)[..3],
        ["一、总体要求", "(一)指导思想", "  (二)主要目标"]
    );
}

#[test]
fn lowering_goes_below_the_one_before() {
    let outline = edited(&[|o| Edit::Demote { at: place(o, "2.") }]);
    assert_eq!(
        tree(&outline)[5..],
        ["二、重点任务", "  1.清理河面", "    2.加固河堤"]
    );
    let walk = plan(&outline).walk();
    assert_eq!(walk[7].path, "二/1/2");
}

#[test]
fn what_cannot_be_raised_or_lowered_says_so() {
    let mut outline = read();
    let before = outline.clone();
    for edit in [
        Edit::Promote {
            at: place(&outline, "二、"),
        },
        Edit::Demote {
            at: place(&outline, "一、"),
        },
        Edit::Demote {
            at: place(&outline, "1."),
        },
        Edit::Merge {
            at: At {
                document: 0,
                place: 99,
            },
        },
        Edit::Rename {
            at: place(&outline, "1."),
            words: "  ".into(),
        },
        Edit::Restore { noise: 99 },
        Edit::Kind {
            document: 9,
            kind: DocumentKind::Draft,
        },
    ] {
        apply(&mut outline, &edit).unwrap_err();
        assert_eq!(outline, before, "{edit:?}");
    }
}

#[test]
fn merging_makes_words_of_a_heading() {
    let outline = edited(&[|o| Edit::Merge { at: place(o, "2.") }]);
    let walk = plan(&outline).walk();
    let node = walk[place(&outline, "1.").place].node;
    assert!(node.text.contains("2.加固河堤。三年完成。"));
    // The first of its parent goes on in the parent, with its units.
    let first = edited(&[|o| Edit::Merge { at: place(o, "1.") }]);
    let walk = plan(&first).walk();
    let parent = walk[place(&first, "二、").place].node;
    assert!(parent.text.contains("1.清理河面。每周一次。"));
    assert_eq!(parent.units, ["区河道办", "区城管局"]);
}

#[test]
fn a_paragraph_opens_a_section() {
    let before = read();
    let at = place(&before, "1.");
    assert_eq!(paragraphs(plan(&before), at.place)[0], "补充说明一段。");
    let split = edited(&[|o| Edit::Split {
        at: place(o, "1."),
        paragraph: 0,
        below: true,
    }]);
    assert_eq!(tree(&split)[6..8], ["  1.清理河面", "    补充说明一段"]);
    let walk = plan(&split).walk();
    assert_eq!(walk[7].node.line, 12);
    assert_eq!(walk[6].node.units, ["区河道办", "区城管局"]);
}

#[test]
fn what_was_set_aside_can_come_back() {
    let mut outline = read();
    let before = outline.clone();
    let at = place(&outline, "1.");
    let footer = paragraphs(plan(&outline), at.place)
        .iter()
        .position(|words| words.contains("网站地图"));
    let footer = footer.expect("the footer is read as text");
    apply(
        &mut outline,
        &Edit::NoiseParagraph {
            at,
            paragraph: footer,
        },
    )
    .unwrap();
    assert_eq!(outline.reproduce(), PLAN);
    assert_eq!(outline.noise.len(), before.noise.len() + 1);
    assert_eq!(outline.noise[0].lines, [13, 13]);
    assert!(!plan(&outline).verbatim().contains("网站地图"));
    apply(&mut outline, &Edit::Restore { noise: 0 }).unwrap();
    assert_eq!(outline, before);
}

#[test]
fn a_document_gets_its_kind_and_title() {
    let outline = edited(&[
        |_| Edit::Kind {
            document: 0,
            kind: DocumentKind::Attachment,
        },
        |_| Edit::Title {
            document: 0,
            words: "附件一".into(),
        },
    ]);
    assert_eq!(plan(&outline).kind, DocumentKind::Attachment);
    assert_eq!(plan(&outline).title.as_deref(), Some("附件一"));
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let at = (0..12_usize).prop_map(|place| At { document: 0, place });
    prop_oneof![
        at.clone().prop_map(|at| Edit::Promote { at }),
        at.clone().prop_map(|at| Edit::Demote { at }),
        at.clone().prop_map(|at| Edit::Merge { at }),
        at.clone().prop_map(|at| Edit::Noise { at }),
        (at.clone(), 0..3_usize).prop_map(|(at, paragraph)| Edit::NoiseParagraph { at, paragraph }),
        (at.clone(), 0..3_usize, any::<bool>()).prop_map(|(at, paragraph, below)| Edit::Split {
            at,
            paragraph,
            below
        }),
        (at, "[清河总]{1,2}").prop_map(|(at, words)| Edit::Rename { at, words }),
        (0..4_usize).prop_map(|noise| Edit::Restore { noise }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is done, in whatever order: every character of the source is kept in its place, and
    /// the list of what was done gives the same outline again.
    #[test]
    fn no_edit_loses_a_character(edits in proptest::collection::vec(any_edit(), 1..12)) {
        let mut outline = read();
        let mut done = Vec::new();
        for edit in edits {
            let before = outline.clone();
            match apply(&mut outline, &edit) {
                Ok(()) => done.push(edit),
                Err(_) => prop_assert_eq!(&outline, &before),
            }
            prop_assert_eq!(outline.reproduce(), PLAN);
        }
        prop_assert_eq!(replay(read(), &done).unwrap(), outline);
    }
}
