//! Names: what may be entered, and how a name stands in the public edition.
//!
//! The public edition masks a person and shows an organisation in full (《个人信息保护法》 Art. 6,
//! 51: no more than the purpose needs, de-identified).

use crate::error::{Error, Result};
use crate::width::is_han;

const LONGEST: usize = 60;

const COMPOUND_SURNAMES: &str = "欧阳 司马 诸葛 上官 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 \
    令狐 长孙 宇文 轩辕 端木 百里 呼延 东郭 南门 西门 申屠 公羊 澹台 濮阳 淳于 单于 太叔 闻人 \
    仲孙 钟离 鲜于 赫连 万俟 闾丘 司空 司寇 宗政 公冶 拓跋 第五 梁丘 左丘 谷梁 乐正 亓官 巫马 \
    漆雕 壤驷 公良 夹谷 段干 羊舌 微生 歐陽 司馬 諸葛 上官 東方 南宮 尉遲 公孫 長孫 軒轅 令狐";

const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎\
    鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹\
    姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆\
    高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠\
    甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙\
    叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮\
    牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧\
    殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖闫付代苟\
    覃岳仝原海旷佟商展揭牟楼盘粟鹿區陳張劉黃趙吳孫馬許鄭謝馮鄧蕭葉閻蔣賈鍾譚陸範龍萬錢湯賴羅畢";

const ORGANISATION_ENDS: &[&str] = &[
    "公司",
    "集团",
    "局",
    "委员会",
    "村委会",
    "居委会",
    "业委会",
    "管委会",
    "中心",
    "协会",
    "商会",
    "学会",
    "联合会",
    "大学",
    "学院",
    "中学",
    "小学",
    "学校",
    "幼儿园",
    "医院",
    "卫生院",
    "研究院",
    "研究所",
    "事务所",
    "合作社",
    "银行",
    "支行",
    "厂",
    "工厂",
    "商店",
    "超市",
    "分局",
    "政府",
    "办事处",
    "办公室",
    "街道办",
    "街道",
    "社区",
    "工会",
    "基金会",
    "促进会",
    "联盟",
    "总队",
    "支队",
    "大队",
    "农场",
    "门店",
    "经营部",
    "工作室",
    "有限责任公司",
];

/// Who is named: it decides how the name is shown to the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Person,
    Organisation,
}

/// Checks and tidies a name from a form: blanks around it go, 1 to 60 characters stay.
///
/// # Errors
/// `Invalid` when it is empty, longer than 60 characters, or holds control characters or characters
/// that turn the direction of writing (Unicode bidi controls), which could disguise a name.
pub fn parse_name(typed: &str) -> Result<String> {
    let name =
        typed.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    let count = name.chars().count();
    if count == 0 {
        return Err(Error::invalid("请填写姓名", "Enter your name"));
    }
    if count > LONGEST {
        return Err(Error::invalid(
            format!("姓名或单位名称最多{LONGEST}个字，这里有{count}个；请缩短"),
            format!("a name has at most {LONGEST} characters, this has {count}; shorten it"),
        ));
    }
    if name.chars().any(is_forbidden) {
        return Err(Error::invalid(
            "姓名或单位名称里有看不见的控制字符；请删去后直接用键盘输入",
            "the name holds invisible control characters; delete it and type it by hand",
        ));
    }
    Ok(name.to_owned())
}

/// Control characters and the Unicode bidi controls.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The name as the public edition shows it.
#[must_use]
pub fn public_name(name: &str, party: Party) -> String {
    match party {
        Party::Organisation => name.trim().to_owned(),
        Party::Person => mask_person(name),
    }
}

/// `张**`: the surname (both characters of a compound one) and one `*` for each further character.
/// A name not written in Chinese keeps its first letter: `J***`.
#[must_use]
pub fn mask_person(name: &str) -> String {
    let chars: Vec<char> = name.trim().chars().filter(|c| !c.is_whitespace()).collect();
    let Some(&first) = chars.first() else {
        return String::new();
    };
    if !is_han(first) {
        return format!("{first}***");
    }
    let kept = surname_length(&chars);
    chars
        .iter()
        .take(kept)
        .copied()
        .chain(chars.iter().skip(kept).map(|_| '*'))
        .collect()
}

fn surname_length(chars: &[char]) -> usize {
    let pair: String = chars.iter().take(2).collect();
    if chars.len() > 2 && is_compound(&pair) {
        2
    } else {
        1
    }
}

fn is_compound(pair: &str) -> bool {
    COMPOUND_SURNAMES
        .split_whitespace()
        .any(|known| known == pair)
}

/// Whether a run of characters can be a Chinese person's name: a known surname and one to three
/// characters more, or a dotted name such as 买合木提·吐尔逊.
#[must_use]
pub fn looks_like_person(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    if chars.contains(&'·') {
        let parts: Vec<&str> = text.split('·').collect();
        return parts
            .iter()
            .all(|part| !part.is_empty() && part.chars().all(is_han))
            && chars.len() <= 20;
    }
    let Some(&first) = chars.first() else {
        return false;
    };
    if !chars.iter().all(|&c| is_han(c)) || looks_like_organisation(text) {
        return false;
    }
    let compound = surname_length(&chars) == 2;
    (compound && (3..=4).contains(&chars.len()))
        || (SURNAMES.contains(first) && (2..=3).contains(&chars.len()))
}

/// Whether a name reads like that of an organisation, by its last characters.
#[must_use]
pub fn looks_like_organisation(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['）', ')', '。', ' ']);
    bare.chars().count() >= 4
        && bare
            .chars()
            .all(|c| !matches!(c, '，' | ',' | '。' | '；' | '！' | '？' | '：' | ':'))
        && ORGANISATION_ENDS.iter().any(|end| bare.ends_with(end))
}
