//! Recognises titles, also where the source breaks them over lines.

use super::dates;
use super::lines::{self, Line, at_most};
use crate::documents::model::shadow;

/// What the title of an official text ends with.
const ENDINGS: [&str; 48] = [
    "方案",
    "纲要",
    "办法",
    "规定",
    "意见",
    "条例",
    "计划",
    "规划",
    "细则",
    "说明",
    "通知",
    "公告",
    "通告",
    "公示",
    "决定",
    "措施",
    "清单",
    "指南",
    "规则",
    "规范",
    "制度",
    "导则",
    "标准",
    "启事",
    "报告",
    "解读",
    "要点",
    "章程",
    "预案",
    "目录",
    "政策",
    "指引",
    "意见稿",
    "草案",
    "的函",
    "法",
    "准则",
    "决议",
    "法典",
    "修正案",
    "解释",
    "批复",
    "通则",
    "守则",
    "规程",
    "公约",
    "协定",
    "令",
];
const MAX_LINES: usize = 4;

/// A title found, as indexes of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    pub first: usize,
    pub last: usize,
    /// In one piece, as printed.
    pub words: String,
    /// Whether it ends the way titles end.
    pub complete: bool,
}

/// A line that could be (part of) a title: short, no label, no sentence, no `key: value`.
pub(super) fn has_shape(line: &Line) -> bool {
    !line.is_blank()
        && line.label.is_none()
        && !line.listed
        && !line.inert
        && !line.heads
        && line.at_most(60)
        && !line.is_sentence()
        && !line.shadow.contains([':', '。', '|', '@'])
        && !is_note(&line.shadow)
        && dates::whole(&line.shadow).is_none()
        && !is_number(&line.shadow)
}

/// `某政发〔2024〕5号`: a document's number, printed before its title.
pub(super) fn is_number(line: &str) -> bool {
    line.ends_with('号')
        && line.contains(['〔', '[', '('])
        && line.contains(['〕', ']', ')'])
        && at_most(line, 30)
}

/// `(此件公开发布)`, `(2024年5月1日通过)`: a note and no title, unless it names the state of a draft.
fn is_note(line: &str) -> bool {
    line.starts_with('(') && line.ends_with(')') && !names_state(line)
}

/// Whether a title says that its text is not yet decided.
pub(super) fn names_draft(words: &str) -> bool {
    ["征求意见", "草案", "送审", "讨论稿", "初稿", "修订稿"]
        .iter()
        .any(|word| words.contains(word))
}

/// Whether a bracket belongs to a title: a draft's state, or 试行 and 暂行 of a text in force.
pub(super) fn names_state(words: &str) -> bool {
    names_draft(words) || words.contains("试行") || words.contains("暂行")
}

/// Whether words end the way titles end, brackets at the end not counted.
pub(super) fn is_complete(words: &str) -> bool {
    let mut core = shadow::squeeze(words);
    while let Some(open) = core.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        core.truncate(open);
    }
    let core = core.trim_end_matches('》');
    core.chars().nth(1).is_some() && ENDINGS.iter().any(|ending| core.ends_with(ending))
}

/// The title whose first line is `start`; at most two blank lines stand between its lines.
pub(super) fn at(lines: &[Line], start: usize) -> Option<Title> {
    let mut found: Option<Title> = None;
    let mut words = String::new();
    let mut next = start;
    for _ in 0..MAX_LINES {
        let Some((index, line)) = lines::from(lines, next) else {
            break;
        };
        let near = index.saturating_sub(next) <= 2;
        let done = found.as_ref().is_some_and(|title| title.complete);
        if !near || !has_shape(line) || (done && !continues(line)) {
            break;
        }
        words.push_str(&line.words());
        let complete = is_complete(&words);
        if complete || found.is_none() {
            found = Some(Title {
                first: start,
                last: index,
                words: words.clone(),
                complete,
            });
        }
        next = index.saturating_add(1);
    }
    found
}

/// Goes on after a title that could already end: `(征求意见稿)`, `起草说明`, `的通知`.
fn continues(line: &Line) -> bool {
    let short = line.at_most(20);
    (line.shadow.starts_with('(') && names_state(&line.shadow))
        || (short && is_complete(&line.shadow))
}
