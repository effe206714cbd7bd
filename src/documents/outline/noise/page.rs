//! The furniture of a website around a text: path, table of properties, summary, footer.

use super::{Physical, mark};
use crate::documents::model::NodeKind;
use crate::documents::outline::label;
use std::collections::HashMap;

/// Words that make a row of cells the notice's own and not the website's.
const OWN: [&str; 5] = ["联系人", "联系电话", "邮箱", "征求意见", "意见反馈"];
const PROPERTIES: [&str; 12] = [
    "发布时间:",
    "发布日期:",
    "来源:",
    "浏览次数",
    "点击数",
    "阅读次数",
    "字体:",
    "字号:",
    "作者:",
    "责任编辑",
    "打印",
    "分享",
];
const FOOTER: [&str; 14] = [
    "版权",
    "转载",
    "ICP备",
    "公网安备",
    "网站标识码",
    "本网",
    "网站地图",
    "关闭窗口",
    "扫一扫",
    "分享到",
    "技术支持:",
    "主办单位:",
    "承办单位:",
    "上一篇",
];

/// Marks what stands before the first label.
pub(super) fn header(head: &[Physical], reasons: &mut [Option<&'static str>]) {
    cells(head, reasons);
    for (index, line) in head.iter().enumerate() {
        let next = index.saturating_add(1);
        if is_path(line.shadow) {
            mark(reasons, index, next, "网站导航路径");
        } else if is_properties(line.shadow) {
            mark(reasons, index, next, "网页信息行");
        }
    }
    summaries(head, reasons);
}

/// Runs of lines with cells `a | b |`, also where a cell is broken over lines.
fn cells(head: &[Physical], reasons: &mut [Option<&'static str>]) {
    let mut start = 0_usize;
    while let Some(first) = head.get(start) {
        let mut end = start.saturating_add(1);
        if !first.shadow.contains('|') {
            start = end;
            continue;
        }
        while is_cell(head, end) {
            end = end.saturating_add(1);
        }
        let run = head.get(start..end).unwrap_or_default();
        let own = run
            .iter()
            .any(|line| OWN.iter().any(|word| line.shadow.contains(word)));
        if !own {
            let path = run.len() == 1;
            mark(
                reasons,
                start,
                end,
                if path {
                    "网站导航路径"
                } else {
                    "网页信息表"
                },
            );
        }
        start = end;
    }
}

fn is_cell(head: &[Physical], index: usize) -> bool {
    let shadow = |at: usize| head.get(at).map_or("", |line| line.shadow);
    let line = shadow(index);
    let broken = !line.is_empty()
        && line.chars().count() <= 40
        && shadow(index.saturating_sub(1)).ends_with('|')
        && shadow(index.saturating_add(1)).starts_with('|');
    line.contains('|') || broken
}

fn is_path(line: &str) -> bool {
    let opens = ["首页", "当前位置", "您的位置", "您现在的位置", "所在位置"];
    opens.iter().any(|word| line.starts_with(word))
        && line.contains(['>', '›', '»', '/', '\\'])
        && line.chars().count() <= 120
}

fn is_properties(line: &str) -> bool {
    let known = PROPERTIES
        .iter()
        .filter(|word| line.contains(**word))
        .count();
    known >= 2 && line.chars().count() <= 120
}

/// A paragraph that comes again further down is the website's summary; the last one is kept.
fn summaries(head: &[Physical], reasons: &mut [Option<&'static str>]) {
    let mut last: HashMap<&str, usize> = HashMap::new();
    let long = |line: &Physical| line.shadow.chars().nth(19).is_some();
    for (index, line) in head.iter().enumerate().filter(|(_, line)| long(line)) {
        last.insert(line.shadow, index);
    }
    for (index, line) in head.iter().enumerate().filter(|(_, line)| long(line)) {
        let again = last.get(line.shadow).is_some_and(|at| *at > index);
        if again || is_shortened(head, index) {
            mark(
                reasons,
                index,
                index.saturating_add(1),
                "与正文重复的网页摘要",
            );
        }
    }
}

/// `首段的开头……`: the start of one of the next paragraphs.
fn is_shortened(head: &[Physical], index: usize) -> bool {
    let Some(line) = head.get(index) else {
        return false;
    };
    let start = line.shadow.trim_end_matches(['…', '.']);
    start.len() < line.shadow.len()
        && start.chars().nth(19).is_some()
        && head
            .iter()
            .skip(index.saturating_add(1))
            .take(30)
            .any(|later| later.shadow.starts_with(start))
}

/// Names copyright and the like, and is no sentence of a plan that happens to.
fn is_named(line: &str) -> bool {
    let certain = ["本网", "版权所有", "转载请", "ICP备", "公网安备"];
    let prose = label::recognise(line).is_some_and(|label| label.kind != NodeKind::Fifth)
        || (line.ends_with('。') && !certain.iter().any(|word| line.contains(word)));
    !prose && line.chars().nth(150).is_none() && FOOTER.iter().any(|word| line.contains(word))
}

/// Marks the lines of the website behind the text: they are at the end, begin with ① ※ © or name
/// copyright and the like, and the first of them names it.
pub(super) fn footer(lines: &[Physical], reasons: &mut [Option<&'static str>]) {
    let marked = |line: &str| line.starts_with(|c| matches!(c, '①'..='⑳' | '※' | '©' | '◎' | '☆'));
    let mut start = None;
    for (index, line) in lines.iter().enumerate().rev() {
        if is_named(line.shadow) {
            start = Some(index);
        } else if !(marked(line.shadow) || line.shadow.is_empty()) {
            break;
        }
    }
    if let Some(start) = start {
        mark(reasons, start, lines.len(), "网站页脚");
    }
}
