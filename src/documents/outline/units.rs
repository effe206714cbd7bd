//! Responsible units named at the end of a paragraph: `(责任单位：…)`, `(…按职责分工负责)`.

/// What opens a list of units.
const OPENINGS: [&str; 9] = [
    "责任单位",
    "责任部门",
    "牵头单位",
    "牵头部门",
    "配合单位",
    "配合部门",
    "主办单位",
    "协办单位",
    "参与单位",
];
/// What may stand behind the last name of a list.
const CLOSINGS: [&str; 16] = [
    "按照职责分工负责",
    "按职责分工负责",
    "按照职责分工落实",
    "按职责分工落实",
    "分工负责",
    "按职责负责",
    "共同负责",
    "分别负责",
    "负责落实",
    "负责",
    "落实",
    "牵头",
    "配合",
    "参与",
    "参加",
    "按职责分工",
];

/// The bytes of a folded paragraph that are its bracket of units, brackets included.
pub(super) fn bracket(paragraph: &str) -> Option<(usize, usize)> {
    let body = paragraph.trim_end_matches(['。', ' ', ';']);
    let inner_end = body.strip_suffix(')')?.len();
    let start = opening_bracket(body.get(..inner_end)?)?;
    let inner = body.get(start..inner_end)?.strip_prefix('(')?;
    names_units(inner).then_some((start, body.len()))
}

/// The opening bracket that the end of the text stands in.
fn opening_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, c) in text.char_indices().rev() {
        match c {
            ')' => depth = depth.saturating_add(1),
            '(' if depth == 0 => return Some(index),
            '(' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn names_units(inner: &str) -> bool {
    let opened = OPENINGS.iter().any(|word| {
        inner
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(':'))
    });
    let closed = inner.ends_with("负责")
        || inner.ends_with("落实")
        || inner.ends_with("配合")
        || inner.ends_with("牵头");
    let prose = inner.contains('。') || !is_short(inner);
    !prose && (opened || (closed && !inner.starts_with(['由', '全'])))
}

/// A list of units is no longer than this; what is longer is prose.
fn is_short(list: &str) -> bool {
    list.chars().nth(600).is_none()
}

/// The bytes of the paragraph that list units: the last bracket, or all of `责任单位：…`.
pub(super) fn listed(paragraph: &str) -> Option<(usize, usize)> {
    if let Some((start, end)) = bracket(paragraph) {
        return Some((start.saturating_add(1), end.saturating_sub(1)));
    }
    let bare = OPENINGS.iter().any(|word| {
        paragraph
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(':'))
    });
    (bare && is_short(paragraph)).then_some((0, paragraph.trim_end_matches('。').len()))
}

/// The stretches of a folded list that are names, in bytes. 和 divides only before 各; 等 and what
/// the units do is not part of a name.
pub(super) fn names(list: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0_usize;
    let mut previous = ' ';
    for (index, c) in list.char_indices() {
        let after = index.saturating_add(c.len_utf8());
        let before_each = c == '和' && list.get(after..).is_some_and(|rest| rest.starts_with('各'));
        if matches!(c, '、' | ',' | ';') || before_each {
            found.extend(name(list, start, index));
            start = after;
        }
        if c == ':' && previous != ':' {
            start = after;
        }
        previous = c;
    }
    found.extend(name(list, start, list.len()));
    found
}

fn name(list: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let whole = list.get(start..end)?;
    let mut core = whole.trim_matches(' ');
    // What may be cut off ends with one of these; a name seldom does.
    while core.ends_with(['责', '实', '头', '合', '与', '加', '工', '等']) {
        let closed = CLOSINGS.iter().find_map(|word| core.strip_suffix(word));
        let Some(shorter) = closed.or_else(|| core.strip_suffix('等')) else {
            break;
        };
        core = shorter.trim_end_matches(' ');
    }
    let from = start.saturating_add(
        whole
            .len()
            .saturating_sub(whole.trim_start_matches(' ').len()),
    );
    let short = core.chars().nth(40).is_none();
    (!core.is_empty() && short).then_some((from, from.saturating_add(core.len())))
}
