//! What is a name among the words of a letter's end, and what only looks like one.

/// `张 三` is 张三; the blanks of a name in Latin letters stay.
#[must_use]
pub fn squeeze_name(name: &str) -> String {
    if name.chars().any(|c| c.is_ascii_alphabetic()) {
        return name.to_owned();
    }
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What people write into a field they leave empty.
#[must_use]
pub fn is_none_word(text: &str) -> bool {
    matches!(text, "无" | "没有" | "暂无" | "/" | "-" | "—" | "个人")
}

/// Words that begin like a surname and stand at the end of letters, but are no names.
const NO_NAMES: &[&str] = &[
    "何时", "从速", "应当", "时间", "方便", "左右", "高度", "和谐", "全部", "平时", "公开", "于是",
    "关于", "简单", "常见", "向好", "许多", "成都", "方案", "项目", "单位", "利益", "通过", "万分",
    "都好", "文明", "元月", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "平安", "安好",
    "安康", "祝好", "祝安", "祝福", "谢谢", "顺利",
];

/// Two or three characters at the end of a letter that begin like a surname but are not a name.
#[must_use]
pub fn is_courtesy(text: &str) -> bool {
    NO_NAMES.iter().any(|word| text.starts_with(word))
}

/// `Wang Wei`, `John Q. Smith`: two to four capitalised words.
#[must_use]
pub fn is_latin_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(|c: char| c.is_uppercase())
                && word.chars().all(|c| {
                    c.is_alphabetic() && !crate::width::is_han(c) || matches!(c, '.' | '-' | '\'')
                })
        })
}
