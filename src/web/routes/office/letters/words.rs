//! What is known of a letter, put into words that need no knowledge of mail.

use crate::intake::letters::look::{Looked, Which};
use crate::mail::authentic::{Checks, Dkim, Policy, Source, Verdict};
use crate::mailboxes::model::Road;
use crate::web::office::letters::one::Check;
use crate::words::Lang;

/// Why a letter is held back.
pub(super) fn why(reason: &str, lang: Lang) -> String {
    match reason {
        "too-large" => lang.pick("邮件过大，原件已保存", "too large; the original is kept"),
        "auto-reply" => lang.pick("自动回复", "automatic reply"),
        "bounce" => lang.pick("退信", "bounce"),
        "bulk" => lang.pick("群发邮件", "bulk mail"),
        "loop" => lang.pick("本单位自己发出的邮件", "our own mail coming back"),
        "calendar" => lang.pick("日程邀请", "calendar invitation"),
        "no-consultation" => lang.pick(
            "无法确定属于哪次征求意见",
            "no consultation it could be for",
        ),
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The way a letter came.
pub(in super::super) fn road(letter: &Looked, lang: Lang) -> String {
    let way = Road::in_words(&letter.road, lang);
    match &letter.mailbox {
        Some(name) => lang.pick(format!("{way}：{name}"), format!("{way}: {name}")),
        None => way.to_owned(),
    }
}

/// The choices of the list.
pub(super) fn which(which: Which, lang: Lang) -> &'static str {
    match which {
        Which::All => lang.pick("全部", "All"),
        Which::Registered => lang.pick("已登记", "Registered"),
        Which::Supplement => lang.pick("并入已有来件", "Added to an earlier one"),
        Which::Duplicate => lang.pick("重复", "Duplicate"),
        Which::Held => lang.pick("暂存待核对", "Awaiting review"),
        Which::SetDown => lang.pick("已归为非意见", "Set aside"),
    }
}

/// The short marks beside a letter that a person should look at twice.
pub(super) fn marks(letter: &Looked, lang: Lang) -> Vec<&'static str> {
    let times = letter
        .is_time_disputed()
        .then(|| lang.pick("收信时间不一致", "times differ"));
    let doubtful = letter
        .is_doubtful()
        .then(|| lang.pick("发件人核验未通过", "may not be from its sender"));
    times.into_iter().chain(doubtful).collect()
}

/// The whole sentences of the same, with what to do.
pub(super) fn warnings(letter: &Looked, lang: Lang) -> Vec<String> {
    let times = letter.is_time_disputed().then(|| {
        lang.pick(
            "本单位邮件服务器与信箱记录的收信时间相差十分钟以上。是否在征求意见期限内，请对照下面的时间核对。",
            "Our mail server and the mailbox differ by more than ten minutes. Check the times below before you decide whether it came inside the window.",
        )
    });
    let doubtful = letter.is_doubtful().then(|| {
        lang.pick(
            "按发件域名公布的规则，这封邮件不是由该域名发出的，可能有人冒用地址。意见同样有效；向署名人答复或者更改联系方式前，请先打电话核实。",
            "The domain of the sender's address says that this letter is not from there; somebody may be using the address. The opinion counts all the same; check by telephone before you answer or change details in that name.",
        )
    });
    times
        .into_iter()
        .chain(doubtful)
        .map(str::to_owned)
        .collect()
}

/// Who checked where the letter comes from.
pub(super) fn source(checks: Option<&Checks>, lang: Lang) -> &'static str {
    match checks.map(|checks| checks.source) {
        Some(Source::Dns) => lang.pick(
            "由本系统在收信时核验。",
            "Checked by this program when the letter was fetched.",
        ),
        Some(Source::Server) => lang.pick(
            "由本单位的邮件服务器核验。",
            "Checked by our own mail server.",
        ),
        Some(Source::Nobody) | None => lang.pick(
            "没有核验：收信时未启用核验，邮件服务器也没有标注结果。",
            "Not checked: checking is off, and our mail server wrote no result.",
        ),
    }
}

/// Each result in a sentence.
pub(super) fn checks(checks: &Checks, lang: Lang) -> Vec<Check> {
    if checks.source == Source::Nobody {
        return Vec::new();
    }
    let line = |name: &'static str, verdict: Verdict, said: String| Check {
        name,
        code: verdict_code(verdict),
        word: verdict_word(verdict, lang),
        said,
    };
    let dmarc = &checks.dmarc;
    let mut lines = vec![line("DMARC", dmarc.result, about_sender(checks, lang))];
    lines.push(line("SPF", checks.spf, about_server(checks.spf, lang)));
    for one in &checks.dkim {
        lines.push(line("DKIM", one.result, about_signature(one, lang)));
    }
    if checks.dkim.is_empty() {
        let none = lang.pick("邮件没有数字签名。", "The letter carries no signature.");
        lines.push(line("DKIM", Verdict::None, none.to_owned()));
    }
    if checks.arc != Verdict::None {
        lines.push(line("ARC", checks.arc, about_chain(checks.arc, lang)));
    }
    lines
}

const fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        _ => "unsure",
    }
}

fn verdict_word(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Pass => lang.pick("通过", "passed"),
        Verdict::Fail => lang.pick("没有通过", "failed"),
        Verdict::Softfail => lang.pick("可能不是", "probably not"),
        Verdict::Neutral => lang.pick("没有结论", "no conclusion"),
        Verdict::None => lang.pick("没有可核验的内容", "nothing to check"),
        Verdict::Temperror => lang.pick("当时未查到", "no answer at the time"),
        Verdict::Permerror => lang.pick("发件域名设置有误", "set up wrongly there"),
    }
}

fn about_sender(checks: &Checks, lang: Lang) -> String {
    let domain = match checks.dmarc.domain.as_str() {
        "" => lang.pick("发件人的域名", "the sender's domain"),
        domain => domain,
    };
    match checks.dmarc.result {
        Verdict::Pass => lang.pick(
            format!("{domain} 确认这封邮件由该域名发出。"),
            format!("{domain} confirms that the letter is from there."),
        ),
        Verdict::Fail => {
            let wish = wish(checks.dmarc.policy, lang);
            lang.pick(
                format!("按 {domain} 公布的规则，这封邮件不是由该域名发出的{wish}。"),
                format!("{domain} says that the letter is not from there{wish}."),
            )
        }
        Verdict::None => lang.pick(
            format!("{domain} 没有公布核验规则。"),
            format!("{domain} does not publish how its mail can be told."),
        ),
        _ => lang.pick(
            format!("未能向 {domain} 核实。"),
            format!("{domain} could not be asked."),
        ),
    }
}

fn wish(policy: Option<Policy>, lang: Lang) -> &'static str {
    match policy {
        Some(Policy::Reject) => lang.pick(
            "，并要求拒收这类邮件",
            ", and asks others to refuse such mail",
        ),
        Some(Policy::Quarantine) => lang.pick(
            "，并提醒谨慎对待这类邮件",
            ", and asks others to be wary of it",
        ),
        Some(Policy::None) | None => "",
    }
}

fn about_server(verdict: Verdict, lang: Lang) -> String {
    match verdict {
        Verdict::Pass => lang.pick(
            "发信服务器在发件域名认可的范围内。",
            "The server that sent it is one the domain names.",
        ),
        Verdict::Fail | Verdict::Softfail => lang.pick(
            "发信服务器不在发件域名认可的范围内；设置了自动转发的邮件也会如此。",
            "The server that sent it is not one the domain names; forwarding does the same.",
        ),
        Verdict::Neutral | Verdict::None => lang.pick(
            "无法确定发信服务器，或者发件域名没有公布认可的服务器。",
            "The sending server is not known, or the domain names none.",
        ),
        Verdict::Temperror | Verdict::Permerror => lang.pick(
            "未能查到发件域名认可的服务器。",
            "The domain's servers could not be looked up.",
        ),
    }
    .to_owned()
}

fn about_signature(one: &Dkim, lang: Lang) -> String {
    let domain = match one.domain.as_str() {
        "" => lang.pick("（没有写明域名）", "(no domain)"),
        domain => domain,
    };
    match one.result {
        Verdict::Pass => lang.pick(
            format!("{domain} 的数字签名有效，邮件在传送中没有被改动。"),
            format!("The signature of {domain} holds; nothing was changed on the way."),
        ),
        Verdict::Fail => lang.pick(
            format!("{domain} 的数字签名不符，邮件在传送中可能被改动；经过邮件组、查毒网关的邮件也会如此。"),
            format!("The signature of {domain} does not fit; something was changed on the way, which lists and virus scanners do too."),
        ),
        _ => lang.pick(
            format!("{domain} 的数字签名无法核对。"),
            format!("The signature of {domain} could not be checked."),
        ),
    }
}

fn about_chain(verdict: Verdict, lang: Lang) -> String {
    if verdict == Verdict::Pass {
        lang.pick(
            "转发服务器留下的核验记录完整。",
            "The records of the servers that passed it on are whole.",
        )
    } else {
        lang.pick(
            "转发服务器留下的核验记录不完整。",
            "The records of the servers that passed it on are not whole.",
        )
    }
    .to_owned()
}
