//! Tells 第十二条 as the number of an article from 第十二条 as a reference to one: by the words
//! behind it. 第十二条规定的… is a reference, 第十二条　国家鼓励… an article; 第五条中国公民… could be
//! either and is decided by its place.

use super::lines::at_most;
use crate::documents::model::numeral;

/// Whether words behind 第…条 are those of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cited {
    No,
    Perhaps,
    Surely,
}

/// What only follows a reference.
const SURELY: [&str; 31] = [
    "、第",
    "、(",
    ",",
    "。",
    ";",
    ")",
    "》",
    "”",
    "的",
    "和第",
    "或第",
    "及第",
    "与第",
    "至第",
    "到第",
    "或者第",
    "以及第",
    "规定的",
    "规定,",
    "规定情形",
    "规定处",
    "规定执行",
    "所称",
    "所列",
    "所述",
    "所指",
    "所规定",
    "所定",
    "之规定",
    "中的",
    "中“",
];
/// What begins an article too, where no blank is printed behind its number.
const PERHAPS: [&str; 15] = [
    "、", "规定", "和", "或", "及", "与", "至", "到", "中", "所", "明确", "以", "第", "(", "之",
];

/// Judges the words behind the number, blanks before them taken away.
pub(super) fn of(rest: &str) -> Cited {
    if SURELY.iter().any(|word| rest.starts_with(word)) || names_paragraph(rest) {
        Cited::Surely
    } else if PERHAPS.iter().any(|word| rest.starts_with(word)) {
        Cited::Perhaps
    } else {
        Cited::No
    }
}

/// `第二款…`, `第(三)项…`, `(三)项…`
fn names_paragraph(rest: &str) -> bool {
    let inner = rest.strip_prefix('第').unwrap_or(rest);
    if !(inner.len() < rest.len() || rest.starts_with('(')) {
        return false;
    }
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let after = inner.trim_start_matches(|c: char| numeral::is_numeral(c) || c.is_ascii_digit());
    let after = after.strip_prefix(')').unwrap_or(after);
    after.len() < inner.len()
        && after.starts_with(['款', '项', '条', '目', '章', '节', '编'])
        && !after.starts_with("项目")
        && !after.starts_with("条件")
}

/// `改为第七条`, `修改为:`, `后增加一条,作为第九条:`: an amendment speaks of the article.
pub(super) fn is_amendment(rest: &str) -> bool {
    let says = ["改为", "修改为", "删去", "删除", "作为第"];
    if says.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    let Some(end) = rest.find([':', '“', '。']) else {
        return false;
    };
    let (head, tail) = rest.split_at_checked(end).unwrap_or_default();
    !tail.starts_with('。')
        && at_most(head, 60)
        && ["修改为", "改为第", "增加一款", "增加一项", "增加一条"]
            .iter()
            .any(|word| head.contains(word))
}

/// Whether words behind `(一)` are those of a reference: `(一)项规定`, `(一)、(二)`, `(一)至(三)项`.
pub(super) fn is_item(rest: &str) -> bool {
    if let Some(rest) = rest.strip_prefix('项') {
        let goes_on = [
            "、", ",", "。", ";", ")", "规定", "的", "所", "和", "至", "或", "中", "情形",
        ];
        return rest.is_empty() || goes_on.iter().any(|word| rest.starts_with(word));
    }
    ["、", "和", "至", "或", "或者", "以及", "及"]
        .iter()
        .any(|word| {
            rest.strip_prefix(word)
                .is_some_and(|rest| rest.starts_with(['(', '第']))
        })
}
