//! The one place where a row becomes what an edition may show, and where the numbers are held
//! against the rows while they stream by. Formats see [`Shown`], never [`Row`].

use crate::documents::model::citation::cite;
use crate::error::Result;
use crate::export::model::{Channel, Edition, Head, Row, SenderKind, Status, Timing};
use crate::export::sentences::{cn_minute, cn_second};
use crate::export::text::clean;
use crate::export::totals::Counter;
use crate::intake::model::public_text::Concealer;
use crate::words::Lang::Zh;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// A row as printed: masked or full by the edition, every text fit for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub number: u64,
    /// Path, then the heading on its own line; 全文 for the draft as a whole.
    pub section: String,
    pub opinion: String,
    /// Name, with 等（同类意见共N条） when others were merged.
    pub sender: String,
    /// Channel, with 逾期 or 提前 where it applies.
    pub channel: String,
    pub outcome: String,
    pub reason: String,
    /// None in the public edition.
    pub private: Option<Private>,
}

/// What only the archive edition shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Private {
    pub kind: &'static str,
    /// In what capacity somebody speaks, as stated.
    pub capacity: String,
    /// The body a person writes for.
    pub organisation: String,
    /// Whom to ask at a body.
    pub contact_person: String,
    pub credit_code: String,
    pub district: String,
    pub phones: String,
    pub emails: String,
    pub address: String,
    pub receipt: String,
    pub received_at: String,
    pub timing: &'static str,
    pub count: u64,
    pub decided_by: String,
    pub decided_at: String,
}

/// What the public edition prints for an opinion that its sender took back.
const TAKEN_BACK: &str = "（提出人已撤回，内容不公开）";

impl Shown {
    /// The row for the edition of its head.
    #[must_use]
    pub fn new(row: &Row, head: &Head) -> Self {
        let (edition, zone) = (head.edition, &head.zone);
        let (opinion, reason, name) = match edition {
            Edition::Public if row.status == Status::Withdrawn => (
                TAKEN_BACK.to_owned(),
                String::new(),
                &row.sender.public_name,
            ),
            Edition::Public => {
                let concealer = Concealer::new(&row.sender.details, &head.published);
                (
                    row.opinion.public(&concealer),
                    concealer.conceal(&row.reason).into_string(),
                    &row.sender.public_name,
                )
            }
            Edition::Archive => (
                row.opinion.whole(),
                row.reason.clone(),
                &row.sender.full_name,
            ),
        };
        Self {
            number: row.number,
            section: section(&row.section_path, &row.section_heading),
            opinion: clean(&opinion),
            sender: sender(name, row.merged_count()),
            channel: channel(row),
            outcome: outcome(row).to_owned(),
            reason: clean(&reason),
            private: (edition == Edition::Archive).then(|| Private::new(row, zone)),
        }
    }
}

impl Private {
    fn new(row: &Row, zone: &TimeZone) -> Self {
        let sender = &row.sender.details;
        let optional = |text: &Option<String>| clean(text.as_deref().unwrap_or_default());
        let is_body = row.sender.kind == SenderKind::Organisation;
        let body = sender.organisation.clone().filter(|_| !is_body);
        let contact_person = sender
            .name
            .clone()
            .filter(|_| is_body && sender.organisation.is_some());
        Self {
            kind: match row.sender.kind {
                SenderKind::Person => "个人",
                SenderKind::Organisation => "单位",
            },
            capacity: sender
                .capacity
                .map(|capacity| capacity.word(Zh).to_owned())
                .unwrap_or_default(),
            organisation: optional(&body),
            contact_person: optional(&contact_person),
            credit_code: optional(&sender.credit_code),
            district: optional(&sender.district),
            phones: clean(&sender.phones.join("、")),
            emails: clean(&sender.emails.join("、")),
            address: optional(&sender.address),
            receipt: clean(&row.receipt),
            received_at: cn_second(row.received_at, zone),
            timing: match row.timing {
                Timing::InTime => "期限内",
                Timing::Early => "提前",
                Timing::Late => "逾期",
            },
            count: row.merged_count(),
            decided_by: optional(&row.decided_by),
            decided_at: row
                .decided_at
                .map(|at| cn_minute(at, zone))
                .unwrap_or_default(),
        }
    }
}

/// Where in the draft, in words: the citation, then its heading on a line of its own.
#[must_use]
pub fn section(path: &str, heading: &str) -> String {
    match (path.trim(), heading.trim()) {
        ("", "") => "全文".to_owned(),
        ("", heading) => clean(heading),
        (path, heading) => clean(format!("{}\n{heading}", cite(path, Zh)).trim_end()),
    }
}

fn sender(name: &str, count: u64) -> String {
    let name = if name.trim().is_empty() {
        "未留姓名"
    } else {
        name
    };
    match count {
        0 | 1 => clean(name),
        _ => clean(&format!("{name}等（同类意见共{count}条）")),
    }
}

fn channel(row: &Row) -> String {
    let own = match row.timing {
        Timing::InTime => row.channel.word(Zh).to_owned(),
        Timing::Early => format!("{}（提前）", row.channel.word(Zh)),
        Timing::Late => format!("{}（逾期）", row.channel.word(Zh)),
    };
    if row.merged.is_empty() {
        return own;
    }
    let mut counts: BTreeMap<Channel, u64> = BTreeMap::from([(row.channel, 1)]);
    let mut outside = u64::from(row.timing != Timing::InTime);
    for more in &row.merged {
        let count = counts.entry(more.channel).or_default();
        *count = count.saturating_add(more.count);
        if more.timing != Timing::InTime {
            outside = outside.saturating_add(more.count);
        }
    }
    let words: Vec<String> = counts
        .iter()
        .map(|(channel, count)| format!("{}{count}条", channel.word(Zh)))
        .collect();
    match outside {
        0 => words.join("、"),
        _ => format!("{}（其中期限外{outside}条）", words.join("、")),
    }
}

fn outcome(row: &Row) -> &'static str {
    match (row.status, row.outcome) {
        (Status::Duplicate, _) => "重复",
        (Status::Invalid, _) => "无效",
        (Status::Withdrawn, _) => "撤回",
        (Status::Valid, Some(outcome)) => outcome.word(Zh),
        (Status::Valid, None) => "未答复",
    }
}

/// Rows on their way into a file. After the last one the count is held against the head; when they
/// differ the last item is an error, and whoever writes must drop what was written.
pub struct Records<'a, I> {
    head: &'a Head,
    rows: I,
    counter: Option<Counter>,
}

/// Starts the stream.
///
/// # Errors
/// `Kind::Internal` when the head's own totals do not add up.
pub fn records<I>(head: &Head, rows: I) -> Result<Records<'_, I::IntoIter>>
where
    I: IntoIterator<Item = Result<Row>>,
{
    head.totals.check()?;
    Ok(Records {
        head,
        rows: rows.into_iter(),
        counter: Some(Counter::default()),
    })
}

impl<I: Iterator<Item = Result<Row>>> Iterator for Records<'_, I> {
    type Item = Result<Shown>;

    fn next(&mut self) -> Option<Self::Item> {
        let counter = self.counter.as_mut()?;
        match self.rows.next() {
            Some(Ok(row)) => {
                counter.add(&row);
                Some(Ok(Shown::new(&row, self.head)))
            }
            Some(Err(error)) => {
                self.counter = None;
                Some(Err(error))
            }
            None => {
                let totals = &self.head.totals;
                let recounted = self
                    .counter
                    .take()?
                    .finish(totals.people, totals.submissions);
                totals.check_against(&recounted).err().map(Err)
            }
        }
    }
}
