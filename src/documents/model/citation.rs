//! How a place in a draft is cited in official writing: 第二部分（三）第8项, 第十二条第（一）项.
//!
//! In laws and regulations the steps below an article are 款, 项 (in brackets) and 目 (with a figure);
//! in plans the steps are 部分, a bracketed number, and 项.

use super::numeral;
use crate::words::Lang;

/// The citation of a canonical path (see [`super::Place::path`]), such as `二/(三)/8`: 第二部分（三）第8项,
/// or `Part 2 (3) item 8`. Empty for an empty path. A step that is no number (附则) stands as it is.
#[must_use]
pub fn cite(path: &str, lang: Lang) -> String {
    let mut cited = String::new();
    let mut above = Step::Other;
    for label in path.split('/').filter(|label| !label.is_empty()) {
        let (step, zh, en) = read(label, above);
        if lang == Lang::En && !cited.is_empty() {
            cited.push(' ');
        }
        cited.push_str(&lang.pick(zh, en));
        above = step;
    }
    cited
}

/// Citation and heading in one line, with a blank between; one of the two may be empty.
#[must_use]
pub fn cite_with_heading(path: &str, heading: &str, lang: Lang) -> String {
    format!("{} {heading}", cite(path, lang)).trim().to_owned()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Article,
    /// （一） below an article.
    Clause,
    Other,
}

/// What a label is, and how it is cited in Chinese and in English.
fn read(label: &str, above: Step) -> (Step, String, String) {
    if let Some((zh, en)) = article(label) {
        return (Step::Article, zh, en);
    }
    let inner = label
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    if let Some(inner) = inner {
        let figure = numeral::read(inner).map_or_else(|| inner.to_owned(), |n| n.to_string());
        return match above {
            Step::Article => (
                Step::Clause,
                format!("第（{inner}）项"),
                format!("item ({figure})"),
            ),
            _ => (above, format!("（{inner}）"), format!("({figure})")),
        };
    }
    if let Some(number) = label.strip_prefix('—') {
        return (
            Step::Other,
            format!("第{number}点"),
            format!("point {number}"),
        );
    }
    if label.bytes().all(|byte| byte.is_ascii_digit()) {
        let word = if above == Step::Clause { "目" } else { "项" };
        return (above, format!("第{label}{word}"), format!("item {label}"));
    }
    if let Some(number) = numeral::read(label) {
        return (
            Step::Other,
            format!("第{label}部分"),
            format!("Part {number}"),
        );
    }
    let (zh, en) = division(label).unwrap_or_else(|| (label.to_owned(), label.to_owned()));
    (Step::Other, zh, en)
}

/// `第12条` and `第120条之1`, in the numerals that laws are cited in; `第121.3条` keeps its own.
fn article(label: &str) -> Option<(String, String)> {
    let (number, rest) = label.strip_prefix('第')?.split_once('条')?;
    let zh_number = in_words(number);
    if rest.is_empty() {
        return Some((format!("第{zh_number}条"), format!("Article {number}")));
    }
    let sub = rest.strip_prefix('之')?;
    Some((
        format!("第{zh_number}条之{}", in_words(sub)),
        format!("Article {number}-{sub}"),
    ))
}

/// 编, 分编, 章 and 节.
fn division(label: &str) -> Option<(String, String)> {
    let rest = label.strip_prefix('第')?;
    for (word, en) in [
        ("分编", "Subpart"),
        ("编", "Book"),
        ("章", "Chapter"),
        ("节", "Section"),
    ] {
        if let Some(number) = rest.strip_suffix(word) {
            return Some((
                format!("第{}{word}", in_words(number)),
                format!("{en} {number}"),
            ));
        }
    }
    None
}

fn in_words(figure: &str) -> String {
    figure
        .parse()
        .map_or_else(|_| figure.to_owned(), numeral::write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_cited_as_offices_cite_it() {
        for (path, zh, en) in [
            ("", "", ""),
            ("一", "第一部分", "Part 1"),
            ("十二", "第十二部分", "Part 12"),
            ("二/(一)", "第二部分（一）", "Part 2 (1)"),
            ("二/(三)/8", "第二部分（三）第8项", "Part 2 (3) item 8"),
            ("三/3", "第三部分第3项", "Part 3 item 3"),
            ("二/(1)", "第二部分（1）", "Part 2 (1)"),
            (
                "二/(三)/8/(1)",
                "第二部分（三）第8项（1）",
                "Part 2 (3) item 8 (1)",
            ),
            (
                "二/(三)/8/(1)/①",
                "第二部分（三）第8项（1）①",
                "Part 2 (3) item 8 (1) ①",
            ),
            ("一/(二)/—3", "第一部分（二）第3点", "Part 1 (2) point 3"),
            ("(三)", "（三）", "(3)"),
            ("8", "第8项", "item 8"),
            ("1/(1)", "第1项（1）", "item 1 (1)"),
            ("第12条", "第十二条", "Article 12"),
            ("第120条之1", "第一百二十条之一", "Article 120-1"),
            ("第121.3条", "第121.3条", "Article 121.3"),
            ("第12条/(一)", "第十二条第（一）项", "Article 12 item (1)"),
            (
                "第12条/(一)/2",
                "第十二条第（一）项第2目",
                "Article 12 item (1) item 2",
            ),
            ("第1章", "第一章", "Chapter 1"),
            ("第3章/第2节", "第三章第二节", "Chapter 3 Section 2"),
            (
                "第2编/第1分编/第4章",
                "第二编第一分编第四章",
                "Book 2 Subpart 1 Chapter 4",
            ),
            ("第1章/一", "第一章第一部分", "Chapter 1 Part 1"),
            ("附则", "附则", "附则"),
            ("附件1", "附件1", "附件1"),
            ("附件1/一/(二)", "附件1第一部分（二）", "附件1 Part 1 (2)"),
        ] {
            assert_eq!(cite(path, Lang::Zh), zh, "{path}");
            assert_eq!(cite(path, Lang::En), en, "{path}");
        }
    }

    #[test]
    fn a_heading_stands_behind_a_blank() {
        assert_eq!(
            cite_with_heading("二/(一)", "甲", Lang::Zh),
            "第二部分（一） 甲"
        );
        assert_eq!(cite_with_heading("", "甲", Lang::Zh), "甲");
        assert_eq!(cite_with_heading("三", "", Lang::Zh), "第三部分");
    }
}
