//! The end of a document: attachment list, issuer and date, and the notes below them.

use super::dates::{self, RawDate};
use super::lines::{self, Line};
use super::title;
use crate::documents::model::{Signature, numeral};

/// What the name of an office ends with.
const OFFICES: [&str; 34] = [
    "局",
    "委",
    "委员会",
    "办公室",
    "政府",
    "厅",
    "部",
    "院",
    "中心",
    "办",
    "会",
    "支队",
    "大队",
    "公司",
    "办事处",
    "处",
    "所",
    "站",
    "社",
    "署",
    "组",
    "集团",
    "指挥部",
    "分局",
    "银行",
    "支行",
    "分行",
    "联",
    "馆",
    "团",
    "校",
    "科",
    "股",
    "海关",
];

/// What the name of an office ends with where nothing but the name tells a signature.
const ISSUERS: [&str; 8] = [
    "局",
    "委员会",
    "办公室",
    "人民政府",
    "厅",
    "人民法院",
    "人民检察院",
    "指挥部",
];

/// A signature found, with the index of its first line.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub first: usize,
    pub signature: Signature,
}

/// The signature whose date is on line `index`.
pub(super) fn at(lines: &[Line], index: usize) -> Option<Found> {
    let line = lines
        .get(index)
        .filter(|line| line.label.is_none() && !line.listed && !line.inert)?;
    if let Some(date) = dates::whole(&line.shadow) {
        return Some(below_issuers(lines, index, line, date));
    }
    let (issuer, date) = dates::trailing(&line.shadow)?;
    let sound = is_office(issuer) && !issuer.contains([',', '。', ':', '(', '、']);
    sound.then(|| Found {
        first: index,
        signature: Signature {
            issuer: Some(line.printed(0, issuer.len()).to_owned()),
            date: date.on(None),
            lines: [line.number, line.number],
        },
    })
}

/// The office that stands alone as the last words of a document, with no date below it.
pub(super) fn undated(lines: &[Line], from: usize, end: usize) -> Option<Found> {
    let own = lines.get(from..end)?;
    let (index, line) = own
        .iter()
        .enumerate()
        .rfind(|(_, line)| !line.is_blank() && !is_note(line))?;
    let (_, above) = lines::before(own, index)?;
    let ended = above.listed || above.shadow.ends_with(['。', ':', '!', ')', '》']);
    let office = ISSUERS.iter().any(|ending| line.shadow.ends_with(ending));
    let plain = line.label.is_none() && names_issuer(line) && line.shadow.chars().nth(4).is_some();
    (ended && office && plain).then(|| Found {
        first: from.saturating_add(index),
        signature: Signature {
            issuer: Some(line.words()),
            date: None,
            lines: [line.number, line.number],
        },
    })
}

fn below_issuers(lines: &[Line], index: usize, line: &Line, date: RawDate) -> Found {
    let mut first = index;
    let mut issuers: Vec<String> = Vec::new();
    while let Some((above, issuer)) = lines::before(lines, first) {
        let far = first.saturating_sub(above) > 4;
        let more = issuers.is_empty() || is_office(&issuer.shadow);
        if far || !more || !names_issuer(issuer) || issuers.len() >= 20 {
            break;
        }
        issuers.insert(0, issuer.words());
        first = above;
    }
    Found {
        first,
        signature: Signature {
            issuer: (!issuers.is_empty()).then(|| issuers.join("、")),
            date: date.on(None),
            lines: [
                lines.get(first).map_or(line.number, |line| line.number),
                line.number,
            ],
        },
    }
}

fn names_issuer(line: &Line) -> bool {
    title::has_shape(line)
        && line.at_most(40)
        && !line.shadow.contains([',', ';', '“', '《'])
        && (is_office(&line.shadow) || !title::is_complete(&line.shadow))
}

/// Whether words end like the name of an office.
pub(super) fn is_office(line: &str) -> bool {
    line.chars().nth(2).is_some() && OFFICES.iter().any(|ending| line.ends_with(ending))
}

/// A line that stands below a signature and still belongs to it.
pub(super) fn is_note(line: &Line) -> bool {
    let text = line.shadow.as_ref();
    if line.inert {
        return false;
    }
    let bracketed = text.starts_with('(') && text.ends_with(')') && !title::names_state(text);
    let imprint = [
        "抄送",
        "主题词",
        "公开方式",
        "信息公开选项",
        "此件",
        "联系人:",
        "联系电话:",
    ];
    line.is_blank()
        || line.listed
        || (line.label.is_none()
            && (bracketed || imprint.iter().any(|word| text.starts_with(word))))
        || (text.ends_with("印发") && !dates::find_all(text).is_empty())
}

/// `附件`, `附件2` alone on a line: the next document begins here.
pub(super) fn is_marker(line: &Line) -> bool {
    if line.listed || line.inert || !line.shadow.starts_with('附') || !line.at_most(20) {
        return false;
    }
    let squeezed: String = line.shadow.chars().filter(|c| *c != ' ').collect();
    squeezed
        .strip_prefix("附件")
        .or_else(|| squeezed.strip_prefix("附表"))
        .map(|rest| rest.trim_end_matches([':', '.', '、']))
        .is_some_and(|rest| rest.len() <= 6 && rest.chars().all(is_count))
}

/// A digit, arabic or Chinese.
pub(super) fn is_count(c: char) -> bool {
    c.is_ascii_digit() || numeral::is_numeral(c)
}
