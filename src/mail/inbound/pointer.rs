//! Whether a letter only points to its attachment: 意见见附件, 详见附件, please see attached.

use crate::intake::model::closing::{is_closing, is_reach, is_signed};

/// What the words of a message say about its attachments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// Nothing else: the attachment is the letter.
    Only,
    /// There are words of its own, and opinions stand in the attachment too.
    Also,
}

/// Messages longer than this, in characters, say something themselves.
const LONGEST: usize = 400;
/// Of longer ones so much is looked at, in bytes.
const MOST: usize = 60_000;
/// What is left of a message that only points, in characters.
const MOST_LEFT: usize = 12;

/// What a message says; `None` when it points to no attachment.
#[must_use]
pub fn pointer(text: &str) -> Option<Pointer> {
    let start = text.get(..text.floor_char_boundary(MOST)).unwrap_or(text);
    if !mentions(&start.to_ascii_lowercase()) {
        return None;
    }
    let (mut points, mut opinions, mut left) = (false, false, 0);
    for line in start.lines().take(500).filter(|line| !is_closing(line)) {
        for clause in line.split(['。', '，', ',', '！', '!', '；', ';', '\t', '、', '~']) {
            let clause: String = crate::width::half_width(clause)
                .to_lowercase()
                .split_whitespace()
                .collect();
            match sort(&clause) {
                Sort::Pointer => {
                    points = true;
                    opinions |= [
                        "意见", "建议", "修改", "意見", "建議", "comment", "opinion", "suggest",
                        "feedback",
                    ]
                    .iter()
                    .any(|word| clause.contains(word));
                }
                Sort::Words => left += clause.chars().count(),
                Sort::Nothing => {}
            }
        }
    }
    if points && left <= MOST_LEFT && text.chars().count() <= LONGEST {
        return Some(Pointer::Only);
    }
    (points && opinions).then_some(Pointer::Also)
}

fn mentions(lower: &str) -> bool {
    [
        "附件", "附上", "附后", "見附", "见附", "随附", "隨附", "附檔", "附档", "附文", "attach",
        "enclosed", "添付", "첨부",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

enum Sort {
    /// Says that the matter is attached.
    Pointer,
    /// A greeting, a courtesy, a name, a title: no opinion.
    Nothing,
    Words,
}

fn sort(clause: &str) -> Sort {
    if clause.is_empty() {
        return Sort::Nothing;
    }
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let judges = has(&[
        "应",
        "增加",
        "删",
        "改为",
        "太",
        "不妥",
        "没有",
        "看不",
        "打不开",
        "下载",
        "缺少",
        "should",
        "补充到",
    ]);
    let numbered = clause.contains('第') && clause.contains(['条', '项', '款', '点', '章']);
    let short = clause.chars().count() <= 45;
    if mentions(clause) && short && !judges && !numbered {
        return Sort::Pointer;
    }
    let greeting = [
        "您好",
        "你好",
        "尊敬的",
        "各位",
        "领导",
        "局长",
        "贵局",
        "市场监管局",
        "hi",
        "hello",
        "dear",
        "先生",
        "老师",
        "敬启者",
        "大家好",
        "早上好",
        "下午好",
    ];
    let polite = [
        "查收",
        "审阅",
        "查阅",
        "请阅",
        "请看",
        "谢谢",
        "感谢",
        "此致",
        "敬礼",
        "祝",
        "望采纳",
        "敬请",
        "请予",
        "请审",
        "参考",
        "收到请",
        "盼复",
        "辛苦",
        "麻烦",
        "thank",
        "regards",
        "best",
        "please",
        "谨此",
        "供贵",
        "以上",
        "為荷",
        "为荷",
        "为盼",
        "ありがとう",
        "お世話",
    ];
    let naming = [
        "我的意见",
        "我的建议",
        "意见和建议",
        "意见建议",
        "意见如下",
        "反馈意见",
        "修改意见",
        "征求意见",
        "我是",
        "本人",
        "我单位",
        "我公司",
        "我们的意见",
        "具体内容",
        "具体意见",
        "现将",
        "现反馈",
        "有关意见",
        "提几点",
        "发送",
        "发给",
        "提交",
        "my comments",
        "mycomments",
        "《",
        "》",
        "关于",
        "針對",
        "针对",
    ];
    let says = judges || numbered;
    let nothing = !says
        && short
        && (has(&greeting) && clause.chars().count() <= 24
            || has(&polite) && clause.chars().count() <= 24
            || has(&naming)
            || is_signed(clause)
            || is_reach(clause)
            || clause.ends_with(':') && clause.chars().count() <= 24);
    if nothing { Sort::Nothing } else { Sort::Words }
}
