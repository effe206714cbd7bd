//! What the rules ask of a notice before it opens. A finding does not stop the office; it names
//! the article.

use super::facts::Facts;
use crate::documents::model::{DocumentKind, Outline};
use crate::words::Both;

/// Days that the period for comments should normally have.
const USUAL_DAYS: i64 = 30;

/// One thing the rules ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whether the notice has it.
    pub met: bool,
    /// What is asked for and how it stands.
    pub words: Both,
    /// The rule and its article.
    pub article: Both,
}

/// All that the rules ask for, each with the article and whether it is met.
#[must_use]
pub fn items(outline: &Outline, facts: &Facts) -> Vec<Item> {
    vec![
        period(facts),
        item(
            has(outline, DocumentKind::Explanation),
            15,
            (
                "起草说明与征求意见稿一并公布",
                "the explanation is published with the draft",
            ),
            (
                "没有起草说明，应当与征求意见稿一并公布",
                "there is no explanation; it is to be published with the draft",
            ),
        ),
        item(
            !facts.channels.is_empty(),
            14,
            ("写明了提意见的渠道", "the ways to comment are stated"),
            (
                "没有写明公众提意见的渠道（电话、电子邮件、信函等）",
                "the ways to comment are not stated (phone, e-mail, letter)",
            ),
        ),
        contact(facts),
        item(
            !facts.issuer.is_empty() && facts.issued_on.is_some(),
            15,
            ("有落款单位和日期", "issuer and date are stated"),
            (
                "没有落款单位或日期，请补全",
                "the issuer or the date is missing",
            ),
        ),
    ]
}

/// What the notice should still have, with its article, in one line each.
#[must_use]
pub fn findings(outline: &Outline, facts: &Facts) -> Vec<Both> {
    items(outline, facts)
        .into_iter()
        .filter(|item| !item.met)
        .map(|Item { words, article, .. }| {
            Both::new(
                format!("{}（{}）", words.zh, article.zh),
                format!("{} ({})", words.en, article.en),
            )
        })
        .collect()
}

fn period(facts: &Facts) -> Item {
    let days = facts.window.days();
    let explained = facts.short_reason.is_some();
    Item {
        met: days >= USUAL_DAYS || explained,
        words: if days >= USUAL_DAYS {
            Both::new(
                format!("征求意见{days}日，不少于30日"),
                format!("the period is {days} days, not under 30"),
            )
        } else if explained {
            Both::new(
                format!("征求意见{days}日，不足30日，已说明理由"),
                format!("the period is {days} days, under 30, and the reason is given"),
            )
        } else {
            Both::new(
                "征求意见不足30日，应在公告中说明理由",
                "the period is under 30 days; the notice should say why",
            )
        },
        article: article(15),
    }
}

fn contact(facts: &Facts) -> Item {
    let contact = &facts.contact;
    let reachable = contact.phone.is_some() || contact.email.is_some() || contact.address.is_some();
    let absent = if reachable {
        (
            "没有写明联系人，请补上姓名或科室",
            "no contact person is named; give a name or a section",
        )
    } else {
        (
            "没有写明电话、邮箱或地址，公众无法提出意见",
            "no phone, e-mail or address is stated",
        )
    };
    item(
        reachable && contact.person.is_some(),
        15,
        ("联系人和联系方式齐全", "the contact is complete"),
        absent,
    )
}

fn has(outline: &Outline, kind: DocumentKind) -> bool {
    outline
        .documents
        .iter()
        .any(|document| document.kind == kind)
}

fn item(met: bool, number: u8, there: (&str, &str), absent: (&str, &str)) -> Item {
    let (zh, en) = if met { there } else { absent };
    Item {
        met,
        words: Both::new(zh, en),
        article: article(number),
    }
}

fn article(number: u8) -> Both {
    let zh = if number == 14 { "十四" } else { "十五" };
    Both::new(
        format!("《重大行政决策程序暂行条例》第{zh}条"),
        format!("Decision Procedure Regulations, Art. {number}"),
    )
}
