//! What a person should look at before publishing. Nothing is corrected or made up.

mod texts;

pub(super) use texts::{contents, quotes, stated};

use crate::documents::model::{
    DocumentKind, DocumentOutline, Node, NodeKind, Warning, numeral, shadow,
};

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

pub(super) fn hard_wrapped(line: usize) -> Warning {
    let message = format!(
        "第{line}行接着上一行的句子：原文每段被硬换行分成多行，行首的编号如在句中未作为标题，请核对"
    );
    warning("hard-wrapped", line, message)
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
    Brackets::default().check(&document.nodes, out);
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

/// The last number of each label form; a form is looked for among the few a document has.
#[derive(Default)]
struct Last(Vec<(NodeKind, u32)>);

impl Last {
    fn of(&self, kind: NodeKind) -> Option<u32> {
        let found = self.0.iter().find(|(known, _)| *known == kind);
        found.map(|(_, number)| *number)
    }

    fn set(&mut self, kind: NodeKind, number: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, last)) => *last = number,
            None => self.0.push((kind, number)),
        }
    }
}

/// Follows the numbers of each label form through a document.
#[derive(Default)]
struct Sequence {
    last: Last,
}

impl Sequence {
    fn siblings(&mut self, nodes: &[Node], out: &mut Vec<Warning>) {
        let mut here = Last::default();
        for node in nodes {
            let dotted = node.kind == NodeKind::Article && node.label.contains('.');
            if node.kind != NodeKind::Bullet && node.number > 0 && !dotted {
                self.step(node, here.of(node.kind), out);
                here.set(node.kind, node.number);
                self.last.set(node.kind, node.number);
            }
            self.siblings(&node.children, out);
        }
    }

    fn step(&self, node: &Node, sibling: Option<u32>, out: &mut Vec<Warning>) {
        let last = self.last.of(node.kind);
        let line = node.line;
        let going_on = sibling
            .or(last)
            .map_or(1, |number| number.saturating_add(1));
        let inserted = node.sub_number.is_some() && sibling.or(last) == Some(node.number);
        if node.number == going_on || inserted {
            return;
        }
        let label = shadow::squeeze(&node.label);
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
        NodeKind::Fifth => char::from_u32(u32::from('①').saturating_add(number).saturating_sub(1))
            .map_or_else(String::new, |mark| format!("“{mark}”")),
        NodeKind::Part => format!("“第{}编”", numeral::write(number)),
        NodeKind::SubPart => format!("“第{}分编”", numeral::write(number)),
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
#[derive(Default)]
struct Brackets {
    /// Whether the first label with a bracket had a full-width one, and its line.
    first: Option<(bool, usize)>,
    told: bool,
}

impl Brackets {
    fn check(&mut self, nodes: &[Node], out: &mut Vec<Warning>) {
        for node in nodes {
            self.label(&node.label, node.line, out);
            self.check(&node.children, out);
        }
    }

    fn label(&mut self, label: &str, line: usize, out: &mut Vec<Warning>) {
        if !label.starts_with(['(', '（', '﹙']) {
            return;
        }
        let full = label.starts_with('（');
        let closes_full = label.trim_end_matches('、').ends_with('）');
        if closes_full != full {
            out.push(warning(
                "mixed-brackets",
                line,
                format!("第{line}行的序号“{label}”两边括号不是同一种"),
            ));
        } else if let Some((other, seen)) =
            self.first.filter(|(known, _)| *known != full && !self.told)
        {
            self.told = true;
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
        self.first = self.first.or(Some((full, line)));
    }
}
