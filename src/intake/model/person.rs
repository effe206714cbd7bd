//! Names: what may be entered, and how a name stands in the public edition.
//!
//! The public edition masks a person and shows an organisation in full (《个人信息保护法》 Art. 6,
//! 51: no more than the purpose needs, de-identified).

use crate::error::{Error, Result};
use crate::width::is_han;
use std::collections::HashSet;
use std::sync::LazyLock;

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

/// Everyday words of two characters that begin like a surname.
const WORDS: &str = "謝謝 萬分 應該 應當 許多 時間 農民 單位 關於 馬上 陳述 計劃 支持 支付 支出 支部 应该 应当 应急 应用 应对 时间 时候 时代 时刻 时限 时效 全部 全面 全体 全力 全程 方便 方法 方式 \
    方向 方面 方案 方针 安全 安排 安心 安静 安装 安置 安好 安康 和谐 和平 和睦 高兴 高度 高效 高质 高温 高峰 高层 高价 高中 平时 平安 平等 \
    平均 平台 平衡 平方 成立 成功 成为 成本 成果 成绩 成都 成员 明确 明白 明显 明天 明年 明细 计划 计算 计较 单位 单独 单一 单价 单元 \
    于是 于此 于今 关于 关注 关心 关系 关键 关闭 常见 常常 常年 常态 常规 常住 解决 解释 解答 解读 解除 满意 满足 强烈 强化 强调 强制 强力 \
    强度 简单 简化 简介 简述 简短 查收 查看 查处 查询 查证 相关 相信 相应 相同 相当 相比 国家 国内 国务 原则 原因 原来 原文 公开 公布 公示 \
    公告 公平 公正 公民 公司 公交 公园 公共 公里 通过 通知 通报 通道 通畅 通俗 通信 温馨 温暖 干部 干净 干脆 干扰 白天 向上 向好 古代 古迹 \
    易懂 易于 慎重 步骤 步行 都好 都是 都要 都有 广泛 广大 广场 广告 利益 利用 利民 利于 文化 文件 文明 文字 文本 农村 农民 农业 农药 \
    万分 万元 万人 万一 万物 项目 项下 许多 许可 何时 何地 何种 何况 曾经 毕竟 毕业 经过 经常 经济 经营 经费 经验 经理 金额 金融 金属 石头 \
    石油 水平 水质 水费 水利 水源 红色 红线 游客 游戏 权利 权力 权限 益处 程序 程度 连续 连接 连同 连日 别的 别人 别墅 从速 从严 从来 从而 \
    从事 终于 终端 宁愿 宣传 宣布 宣讲 管理 管道 管控 管网 党员 党委 元月 元旦 元素 周一 周二 周三 周四 周五 周六 周日 周末 周边 周期 周围 \
    章节 章程 路口 路灯 路面 路段 路线 黄色 黄金 江河 江边 海洋 海河 海鲜 林业 林地 田地 田野 车辆 车位 车站 车库 马上 马路 牛奶 左右 左边 \
    左侧 后续 后面 后来 后期 后者 越来 越快 双方 双向 费用 费力 雷同 房屋 房子 房产 房价 房东 居民 居住 居家 家庭 家长 家里 家人 家园 乐意 \
    乐观 师傅 师生 鱼类 容易 容量 柴油 商业 商户 商家 商场 商量 商标 展示 展开 展望 展销 盘点 楼道 楼房 楼上 楼层 区域 区别 区分 区内 习惯 \
    习题 曲线 司法 司机 沙土 养老 养殖 养护 鞠躬 须知 丰富 荆棘 盖章 肖像 付款 付费 代表 代替 代码 苟同 揭示 揭露 祝好 祝福 祝安 祝您 祝愿 \
    祝贺 董事 杜绝 蓝天 席位 季度 季节 麻烦 危险 危害 危房 童年 颜色 盛大 刁难 钟头 夏天 夏季 胡乱 凌晨 莫名 莫非 宗旨 洪水 包括 包含 包装 \
    包容 诸多 诸如 吉祥 华丽 陶瓷 谢谢 范围 范例 苗木 花园 花费 花草 任务 任何 任意 任命 史上 廉洁 廉价 罗列 皮肤 齐全 齐心 康复 余额 余下 \
    顾虑 顾客 毛病 米饭 谈谈 谈话 庞大 纪律 纪念 舒服 舒适 庄严 衡量 弘扬 东西 东部 东侧 隆重 巩固 融合 融资 冷静 辛苦 那么 那些 那个 那里 \
    那样 能够 能否 能力 能源 能耗 贡献 劳动 劳务 劳烦 申请 申报 申诉 扶持 扶贫 堵塞 堵车 寿命 边界 边缘 尚未 尚需 顺利 好的 同意 温度 游泳 \
    党的 成效 利率 常用 通用 明文 有关 幸福 简要 向前 查阅 支援 全市 全区 全国 全年 高校 高速 平原 元宵 万能 经办 包办 易行 强大 国标 文中 \
    关爱 段落 严格 严重 严肃 严禁 华人 金钱 陶冶 水果 水电 云端 范本 花钱 方可 任重 柳树 史料 廉租 于心 时常 齐抓 康养 余地 卜卦 平和 和气";

static WORD_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| WORDS.split_whitespace().collect());
static COMPOUND_SET: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| COMPOUND_SURNAMES.split_whitespace().collect());
static SURNAME_SET: LazyLock<HashSet<char>> = LazyLock::new(|| SURNAMES.chars().collect());

/// Characters that end a phrase and no name.
const PARTICLES: &str = "的了性化好吗呢吧啊们者是为不要到也都就很太";

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
    COMPOUND_SET.contains(pair)
}

/// Whether a run of characters can be a Chinese person's name: a known surname and one to three
/// characters more, or a dotted name such as 买合木提·吐尔逊.
#[must_use]
pub fn looks_like_person(text: &str) -> bool {
    // A dotted name has twenty characters at most, any other four.
    if text.len() > 80 || text.len() > 16 && !text.contains('·') {
        return false;
    }
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
    if is_word(&chars) {
        return false;
    }
    let compound = surname_length(&chars) == 2;
    (compound && (3..=4).contains(&chars.len()))
        || (SURNAME_SET.contains(&first) && (2..=3).contains(&chars.len()))
}

/// An everyday word, alone or with a particle behind it.
fn is_word(chars: &[char]) -> bool {
    let pair: String = chars.iter().take(2).collect();
    let phrase = chars.get(2).is_none_or(|&last| PARTICLES.contains(last));
    phrase && WORD_SET.contains(pair.as_str())
}

/// Whether the first two characters are an everyday word: 高中生, 农业户 are no names.
#[must_use]
pub fn begins_with_word(text: &str) -> bool {
    let pair: String = text.chars().take(2).collect();
    WORD_SET.contains(pair.as_str())
}

/// Whether a name reads like that of an organisation, by its last characters.
#[must_use]
pub fn looks_like_organisation(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['）', ')', '。', ' ']);
    if bare.is_ascii() {
        return is_foreign_body(bare);
    }
    let no_sentence = |c: char| {
        !matches!(
            c,
            '，' | ',' | '。' | '；' | '！' | '？' | '：' | ':' | '、' | '“' | '”'
        )
    };
    ORGANISATION_ENDS.iter().any(|end| bare.ends_with(end))
        && (4..=40).contains(&bare.chars().count())
        && bare.chars().all(no_sentence)
        && !["应", "建议", "希望", "意见", "要公", "可以", "不能"]
            .iter()
            .any(|word| bare.contains(word))
}

/// `Example Trading Co., Ltd.`, `University of Example`.
fn is_foreign_body(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = words
        .last()
        .map(|word| word.trim_end_matches('.').to_ascii_lowercase());
    let ends = [
        "ltd",
        "limited",
        "inc",
        "llc",
        "corporation",
        "corp",
        "company",
        "association",
        "university",
        "institute",
        "gmbh",
        "foundation",
    ];
    (2..=8).contains(&words.len())
        && words
            .iter()
            .all(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        && (last.is_some_and(|last| ends.contains(&&*last)) || text.starts_with("University of "))
}
