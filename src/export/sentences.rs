//! What the summary says in words, the same in every format.

use crate::export::model::{Channel, Edition, Head};
use crate::export::text::clean;
use crate::responses::model::Outcome;
use crate::words::Lang::Zh;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// 2025年6月28日, as GB/T 9704-2012 (7.3.5.4) writes dates: full year, no leading zeros.
#[must_use]
pub fn cn_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A moment to the minute in the given zone: 2025年6月28日 09:05.
#[must_use]
pub fn cn_minute(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    format!("{} {:02}:{:02}", cn_date(at.date()), at.hour(), at.minute())
}

/// A moment to the second, because a window closes on one: 2025年6月28日 23:59:59.
#[must_use]
pub fn cn_second(at: Timestamp, zone: &TimeZone) -> String {
    let second = at.to_zoned(zone.clone()).second();
    format!("{}:{second:02}", cn_minute(at, zone))
}

/// The document's title.
#[must_use]
pub fn title(head: &Head) -> String {
    clean(&head.title)
}

/// The office at the foot.
#[must_use]
pub fn issuer(head: &Head) -> String {
    clean(&head.issuer)
}

/// First and last day of the window.
#[must_use]
pub fn window(head: &Head) -> String {
    format!("{}至{}", cn_date(head.opens_on), cn_date(head.closes_on))
}

/// The draft's title in its brackets; brackets given with it are not doubled.
#[must_use]
pub fn draft(head: &Head) -> String {
    let title = head.draft_title.trim().trim_start_matches('《');
    format!("《{}》", clean(title.strip_suffix('》').unwrap_or(title)))
}

/// The paragraphs above the table.
#[must_use]
pub fn paragraphs(head: &Head) -> Vec<String> {
    if head.totals.is_empty() {
        return vec![nothing_received(head), edition_note(head)];
    }
    let mut paragraphs = vec![received(head), channels(head), outcomes(head)];
    paragraphs.extend(outside_window(head));
    paragraphs.extend(merged(head));
    paragraphs.extend(withdrawn(head));
    paragraphs.extend(unfinished(head));
    paragraphs.push(conservation(head));
    paragraphs.push(edition_note(head));
    paragraphs
}

/// The version for zero comments.
#[must_use]
pub fn nothing_received(head: &Head) -> String {
    format!(
        "{}于{}就{}向社会公开征求意见。征求意见期间未收到意见。特此说明。",
        issuer(head),
        window(head),
        draft(head)
    )
}

fn received(head: &Head) -> String {
    let totals = &head.totals;
    format!(
        "{}于{}就{}向社会公开征求意见。截至{}，共有{}个单位和个人提交来件{}件，经逐件整理，共计意见{}条。",
        issuer(head),
        window(head),
        draft(head),
        cn_minute(head.as_of, &head.zone),
        totals.people,
        totals.submissions,
        totals.opinions
    )
}

fn channels(head: &Head) -> String {
    let parts: Vec<String> = Channel::ALL
        .into_iter()
        .map(|channel| (channel.word(Zh), head.totals.channel(channel)))
        .filter(|&(_, count)| count > 0)
        .map(|(word, count)| format!("{word}{count}条"))
        .collect();
    format!("按提交渠道统计：{}。", parts.join("，"))
}

fn outcomes(head: &Head) -> String {
    let parts: Vec<String> = Outcome::all()
        .into_iter()
        .map(|outcome| format!("{}{}条", outcome.word(Zh), head.totals.outcome(outcome)))
        .collect();
    format!("按采纳情况统计：{}。", parts.join("，"))
}

fn outside_window(head: &Head) -> Option<String> {
    let totals = &head.totals;
    let part = match (totals.late, totals.early) {
        (0, 0) => return None,
        (late, 0) => format!("逾期收到{late}条"),
        (0, early) => format!("在公开征求意见开始前收到{early}条"),
        (late, early) => format!("逾期收到{late}条，在公开征求意见开始前收到{early}条"),
    };
    Some(format!(
        "上述意见中，{part}，均予登记并单独统计，一并列入下表。"
    ))
}

fn merged(head: &Head) -> Option<String> {
    let totals = &head.totals;
    (totals.rows < totals.opinions).then(|| {
        format!(
            "对同一条款提出的相同或者相近意见已归并办理，下表共{}行，对应意见{}条，各行条数合计与意见总数一致。",
            totals.rows, totals.opinions
        )
    })
}

fn withdrawn(head: &Head) -> Option<String> {
    let withdrawn = head.totals.withdrawn;
    (withdrawn > 0).then(|| {
        format!("上述意见中，提出人在公开征求意见期间撤回{withdrawn}条，计入收到总数，不再答复。")
    })
}

fn unfinished(head: &Head) -> Option<String> {
    let pending = head.totals.pending;
    (pending > 0).then(|| {
        format!("尚有{pending}条意见正在研究、尚未答复，本表为阶段性统计，不作为最终采纳情况。")
    })
}

/// The sum in words; anyone can do it again from the table.
#[must_use]
pub fn conservation(head: &Head) -> String {
    let totals = &head.totals;
    let mut parts: Vec<String> = Outcome::all()
        .into_iter()
        .map(|outcome| format!("{}{}条", outcome.word(Zh), totals.outcome(outcome)))
        .collect();
    parts.push(format!("重复{}条", totals.duplicates));
    parts.push(format!("无效{}条", totals.invalid));
    parts.push(format!("撤回{}条", totals.withdrawn));
    parts.push(format!("未答复{}条", totals.pending));
    format!(
        "数字核对：收到意见{}条＝{}。",
        totals.opinions,
        parts.join("＋")
    )
}

/// What the reader of this edition must know.
#[must_use]
pub fn edition_note(head: &Head) -> String {
    match head.edition {
        Edition::Public => {
            "本件为公开版，个人姓名已作隐去处理，不载联系方式；提出意见的单位和个人均已计入统计。"
        }
        Edition::Archive => {
            "本件为存档版，载有提出人的姓名和联系方式，限于决策过程记录、存档和依法查阅，不得公开或者用于其他用途。"
        }
    }
    .to_owned()
}

/// Label and value of each figure, for the formats that show them as a table.
#[must_use]
pub fn figures(head: &Head) -> Vec<(&'static str, u64)> {
    let totals = &head.totals;
    let mut figures = vec![
        ("提出意见的单位和个人（个）", totals.people),
        ("来件（件）", totals.submissions),
        ("意见（条）", totals.opinions),
    ];
    figures.extend(
        Channel::ALL
            .into_iter()
            .map(|channel| (channel.word(Zh), totals.channel(channel))),
    );
    figures.extend(
        Outcome::all()
            .into_iter()
            .map(|outcome| (outcome.word(Zh), totals.outcome(outcome))),
    );
    figures.extend([
        ("重复", totals.duplicates),
        ("无效", totals.invalid),
        ("撤回", totals.withdrawn),
        ("未答复", totals.pending),
        ("其中：逾期", totals.late),
        ("其中：提前", totals.early),
    ]);
    figures
}
