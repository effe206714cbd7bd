//! Whose number it is: the words beside it say that it is the office's or somebody else's.

/// Words that give a number or an address to another than the sender.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "贵局", "贵委", "贵办", "贵单位", "贵部门", "贵处", "贵中心", "贵公司", "贵府", "你局", "你们", "你单位",
    "你委", "您局", "您单位", "您公布", "公告", "通知", "公示", "公布的", "公开的", "热线", "客服", "投诉电话",
    "举报电话", "监督电话", "咨询电话", "服务电话", "工作人员", "办事窗口", "骚扰", "诈骗", "例如", "比如",
    "拨打了", "致电了", "拨打过", "拨打贵", "致电贵", "已致电", "已拨打", "多次拨打", "多次致电", "打过", "打不通",
    "无人接听", "没人接", "占线", "空号", "your office", "your hotline", "貴局", "貴單位",
];

/// Words that give it back to the sender.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "我的", "本人", "联系我", "与我", "回复我", "找我", "我电话", "我手机", "我邮箱", "告知我", "通知我", "致电我",
    "打我", "my phone", "my number", "call me", "reach me", "聯絡我",
];

/// Whether the clause around `raw` gives it to somebody else. Beside a label of its own only what
/// stands before it counts.
pub(super) fn is_somebody_elses(line: &str, raw: &str, labelled: bool) -> bool {
    let Some((before, after)) = line.split_once(raw) else {
        return false;
    };
    let ends: &[char] = &['。', '；', ';', '！', '!', '？', '?'];
    let before = before.rsplit(ends).next().unwrap_or_default();
    let after = after.split(ends).next().unwrap_or_default();
    let own = |text: &str| OWN.iter().any(|word| text.contains(word));
    let nearest = before.rsplit(['，', ',']).next().unwrap_or_default();
    if own(nearest) || own(after) {
        return false;
    }
    let other = |text: &str| {
        let lower = text.to_lowercase();
        OTHERS.iter().any(|word| lower.contains(word))
    };
    if labelled {
        return other(nearest);
    }
    other(before) || other(after.split(['，', ',']).next().unwrap_or_default())
}
