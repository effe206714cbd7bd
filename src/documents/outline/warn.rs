//! What a person should look at before publishing. Nothing is corrected or made up.

use crate::documents::model::{
    DocumentKind, DocumentOutline, Node, NodeKind, Warning, numeral, shadow,
};
use std::collections::HashMap;

fn warning(code: &str, line: usize, message: String) -> Warning {
    Warning {
        code: code.to_owned(),
        message,
        line,
    }
}

pub(super) fn inline_enumeration(line: usize, number: u32) -> Warning {
    let message = format!("第{line}行是一段之内的列举（从{number}起），未作为标题，请核对");
    warning("inline-enumeration", line, message)
}

pub(super) fn label_form(line: usize, number: u32) -> Warning {
    let wanted = numeral::write(number);
    let message =
        format!("第{line}行的序号“({number})”按位置应为“({wanted})”，已按该级标题处理，原文未改");
    warning("label-form", line, message)
}

/// The warnings of one document.
pub(super) fn document(document: &DocumentOutline, out: &mut Vec<Warning>) {
    let [first, _] = document.lines;
    if document.title.is_none() {
        out.push(warning(
            "missing-title",
            first,
            format!("从第{first}行起的{}没有标题", name(document.kind)),
        ));
    }
    let plan = matches!(
        document.kind,
        DocumentKind::Draft | DocumentKind::AdoptedPlan
    );
    if plan && document.nodes.is_empty() {
        out.push(warning(
            "no-sections",
            first,
            format!(
                "从第{first}行起的{}没有编号标题，无法分条征求意见",
                name(document.kind)
            ),
        ));
    }
    let mut state = Sequence::default();
    state.siblings(&document.nodes, out);
    brackets(document, out);
}

fn name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Notice => "公告",
        DocumentKind::Draft => "征求意见稿",
        DocumentKind::Explanation => "起草说明",
        DocumentKind::ForwardingNotice => "通知",
        DocumentKind::AdoptedPlan => "正文",
        DocumentKind::Attachment => "附件",
    }
}

/// Follows the numbers of each label form through a document.
#[derive(Default)]
struct Sequence {
    last: HashMap<NodeKind, u32>,
}

impl Sequence {
    fn siblings(&mut self, nodes: &[Node], out: &mut Vec<Warning>) {
        let mut here: HashMap<NodeKind, u32> = HashMap::new();
        for node in nodes {
            if node.kind != NodeKind::Bullet {
                self.step(node, here.get(&node.kind).copied(), out);
                here.insert(node.kind, node.number);
                self.last.insert(node.kind, node.number);
            }
            self.siblings(&node.children, out);
        }
    }

    fn step(&self, node: &Node, sibling: Option<u32>, out: &mut Vec<Warning>) {
        let last = self.last.get(&node.kind).copied();
        let line = node.line;
        let label = shadow::squeeze(&node.label);
        let going_on = sibling
            .or(last)
            .map_or(1, |number| number.saturating_add(1));
        let inserted = node.sub_number.is_some() && sibling.or(last) == Some(node.number);
        if node.number == going_on || inserted {
            return;
        }
        if node.number == 1 {
            let within = sibling.is_some();
            if within || (node.kind == NodeKind::Third && last.is_some()) {
                out.push(warning(
                    "restarted-numbering",
                    line,
                    format!("第{line}行的序号从“{label}”重新开始，引用时请写明上级标题"),
                ));
            }
            return;
        }
        if sibling.is_some_and(|number| node.number <= number) {
            out.push(warning(
                "repeated-number",
                line,
                format!("第{line}行的序号“{label}”重复或倒退"),
            ));
            return;
        }
        let from = if sibling.is_none() && last.is_some_and(|number| number >= node.number) {
            1
        } else {
            going_on
        };
        let from = if sibling.is_none() && from > node.number {
            1
        } else {
            from
        };
        let missing = range(node.kind, from, node.number.saturating_sub(1));
        out.push(warning(
            "sequence-gap",
            line,
            format!("第{line}行的“{label}”之前缺少{missing}，请核对原文"),
        ));
    }
}

fn range(kind: NodeKind, from: u32, to: u32) -> String {
    let print = |number| match kind {
        NodeKind::First => format!("“{}、”", numeral::write(number)),
        NodeKind::Second => format!("“({})”", numeral::write(number)),
        NodeKind::Third | NodeKind::Bullet => format!("“{number}.”"),
        NodeKind::Fourth => format!("“({number})”"),
        NodeKind::Part => format!("“第{}编”", numeral::write(number)),
        NodeKind::Chapter => format!("“第{}章”", numeral::write(number)),
        NodeKind::Section => format!("“第{}节”", numeral::write(number)),
        NodeKind::Article => format!("“第{}条”", numeral::write(number)),
    };
    if from == to {
        print(from)
    } else {
        format!("{}至{}", print(from), print(to))
    }
}

/// Labels with a half- and a full-width bracket: in one label, or first the one and then the other.
fn brackets(document: &DocumentOutline, out: &mut Vec<Warning>) {
    let mut first: Option<(bool, usize)> = None;
    let mut told = false;
    for place in document.walk() {
        let (label, line) = (&place.node.label, place.node.line);
        if !shadow::squeeze(label).starts_with('(') {
            continue;
        }
        let full = label.starts_with('（');
        if label.ends_with('）') != full {
            out.push(warning(
                "mixed-brackets",
                line,
                format!("第{line}行的序号“{label}”两边括号不是同一种"),
            ));
        } else if let Some((other, seen)) = first.filter(|(known, _)| *known != full && !told) {
            told = true;
            let (a, b) = if other {
                ("全角", "半角")
            } else {
                ("半角", "全角")
            };
            out.push(warning(
                "mixed-brackets",
                line,
                format!("第{line}行起序号用{b}括号，而第{seen}行用{a}括号"),
            ));
        }
        first = first.or(Some((full, line)));
    }
}

/// Quotation marks of a line that do not pair, such as “甲“.
pub(super) fn quotes(line: usize, words: &str, out: &mut Vec<Warning>) {
    for (open, close) in [('“', '”'), ('《', '》')] {
        let opened = words.chars().filter(|c| *c == open).count();
        let closed = words.chars().filter(|c| *c == close).count();
        if opened != closed {
            out.push(warning(
                "unpaired-quotes",
                line,
                format!("第{line}行的“{open}”与“{close}”不成对"),
            ));
        }
    }
}
