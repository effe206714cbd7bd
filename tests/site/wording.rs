//! What the program says in Chinese: one word for one thing (docs/GLOSSARY.md), no phrase that was
//! translated word for word, and full-width brackets. Published texts and what people write are their own.

use std::path::{Path, PathBuf};

/// Words that do not stand in what the program says, and what stands in their place.
const INSTEAD: [(&str, &str); 42] = [
    ("收回同意", "撤回同意（个人信息保护法 Art. 15）"),
    ("处理结果", "采纳情况"),
    ("意见处理", "意见办理"),
    ("通讯地址", "通信地址"),
    ("回执编号", "回执号"),
    ("来件方式", "渠道"),
    ("代号", "错误代码"),
    ("个人信息请求", "个人信息申请"),
    ("照意见改了", "已按意见修改"),
    ("改了一部分", "部分内容已采纳"),
    ("说的是别的事", "不属于本次征求意见的内容"),
    ("谁提的", "提出人"),
    ("怎么来的", "来源"),
    ("收下了", "已收取"),
    ("放到一边", "归为非意见"),
    ("重新拿起来", "恢复办理"),
    ("读出来的", "识别、提取"),
    ("发来的原样", "邮件原文"),
    ("几个时间", "时间信息"),
    ("算作收到", "认定收到时间"),
    ("办过什么", "办理记录"),
    ("是不是本人发的", "发件人核验"),
    ("谁做了", "操作人"),
    ("给谁看", "版本"),
    ("对账", "数量核对"),
    ("两边相等", "合计一致"),
    ("您想要什么", "申请事项"),
    ("再多说一点", "其他信息"),
    ("只露姓", "只显示姓氏"),
    ("谁在用", "个人信息处理者"),
    ("留多久", "保存期限"),
    ("从不要钱", "不会收费"),
    ("哪个单位管什么", "责任单位"),
    ("用这个样子", "保存设置"),
    ("不能反悔", "不能恢复"),
    ("首尾都算", "含首尾两日"),
    ("走起", "起算"),
    ("试过没有成功", "发送失败"),
    ("放弃0封", "停止重试"),
    ("看一下大小写", "检查大小写"),
    ("眼下来的人", "当前访问人数"),
    ("不印它的内容", "不收录其内容"),
];

/// What reads the texts of others knows their words too.
const READERS: [&str; 3] = ["documents/outline", "intake/model", "mail/inbound"];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The string literals of a source, without its comments and tests; of any other file all of it.
fn said(path: &Path, text: &str) -> Vec<String> {
    if path.extension().is_none_or(|end| end != "rs") {
        return vec![text.to_owned()];
    }
    let program = text.split("#[cfg(test)]").next().unwrap();
    let code = program
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n").replace("\\\"", "\u{1}");
    code.split('"')
        .skip(1)
        .step_by(2)
        .map(ToOwned::to_owned)
        .collect()
}

fn everything_said() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for part in ["templates", "src", "assets"] {
        files(&root.join(part), &mut found);
    }
    let mut all = Vec::new();
    for path in found {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let is_text = ["rs", "html", "txt", "js"]
            .iter()
            .any(|end| name.ends_with(end));
        let is_exempt = name.starts_with("assets/demo") || name.contains("/tests");
        if !is_text || is_exempt || READERS.iter().any(|part| name.contains(part)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        all.extend(
            said(&path, &text)
                .into_iter()
                .map(|one| (name.clone(), one)),
        );
    }
    assert!(all.len() > 3_000, "{}", all.len());
    all
}

#[test]
fn one_word_for_one_thing() {
    let mut faults = Vec::new();
    for (file, text) in everything_said() {
        for (word, instead) in INSTEAD {
            if text.contains(word) {
                faults.push(format!("{file}: {word}: say {instead}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Sentences, that is: a name that is cut off a title, and an address in our own notation, are none.
#[test]
fn brackets_beside_chinese_are_full_width() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || "》”".contains(c);
    let mut faults = Vec::new();
    for (file, text) in everything_said() {
        let own = [
            "export/file_name.rs",
            "web/api/model.rs",
            "documents/model/node.rs",
        ];
        if own.iter().any(|end| file.ends_with(end)) {
            continue;
        }
        let characters: Vec<char> = text.chars().collect();
        for (at, pair) in characters.windows(2).enumerate() {
            let wrong = is_han(pair[0]) && matches!(pair[1], '(' | ')')
                || matches!(pair[0], '(' | ')') && is_han(pair[1]);
            if wrong {
                let around: String = characters
                    [at.saturating_sub(10)..(at + 10).min(characters.len())]
                    .iter()
                    .collect();
                faults.push(format!("{file}: {around:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
