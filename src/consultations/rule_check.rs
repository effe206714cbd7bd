//! What the rules ask of a notice before it opens. A finding does not stop the office; it names
//! the article.

use super::model::Window;
use crate::documents::model::{DocumentKind, NoticeFacts, Outline};
use crate::words::Both;

/// Days that the period for comments should normally have.
const USUAL_DAYS: i64 = 30;

/// What the notice should still have, each with the article that asks for it.
#[must_use]
pub fn findings(outline: &Outline, facts: &NoticeFacts, window: &Window) -> Vec<Both> {
    let mut found = Vec::new();
    let mut note = |missing: bool, zh: &str, en: &str| {
        if missing {
            found.push(Both::new(zh, en));
        }
    };
    note(
        window.days() < USUAL_DAYS,
        "征求意见不足30日，应在公告中说明理由（《重大行政决策程序暂行条例》第十五条）",
        "the period is under 30 days; the notice should say why (Decision Procedure Regulations, Art. 15)",
    );
    let explained = outline
        .documents
        .iter()
        .any(|document| document.kind == DocumentKind::Explanation);
    note(
        !explained,
        "没有起草说明，应与草案一并公布（《重大行政决策程序暂行条例》第十五条）",
        "there is no explanation; it is to be published with the draft (Decision Procedure Regulations, Art. 15)",
    );
    let contact = &facts.contact;
    note(
        contact.phone.is_none() && contact.email.is_none() && contact.address.is_none(),
        "没有写明电话、邮箱或地址，公众无法反馈意见（《重大行政决策程序暂行条例》第十四、十五条）",
        "no phone, e-mail or address is stated (Decision Procedure Regulations, Art. 14 and 15)",
    );
    note(
        facts.issuer.is_none() || facts.issued_on.is_none(),
        "没有落款单位或日期，请补全（《重大行政决策程序暂行条例》第十五条）",
        "the issuer or the date is missing (Decision Procedure Regulations, Art. 15)",
    );
    found
}
