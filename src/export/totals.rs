//! The numbers of a record, and the rule that they add up:
//! received = adopted + partly + not adopted + support + out of scope + duplicates + invalid +
//! withdrawn + not yet answered. They come from the counts that are kept beside the rows, and are counted
//! again while the rows are written.

use crate::counts::model::State;
use crate::error::{Error, Kind, Result};
use crate::export::model::{Channel, Row, Status, Timing};
use crate::responses::model::Outcome;
use std::collections::{BTreeMap, HashMap};

/// How many opinions one place of the draft received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionTotal {
    /// As in [`Row::section_path`]; empty for the draft as a whole.
    pub path: String,
    pub heading: String,
    pub opinions: u64,
}

/// People, submissions and opinions are three different numbers; the rest counts opinions, merged
/// ones included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Different persons and bodies. Rows do not tell, so the caller does.
    pub people: u64,
    /// 来件. Given by the caller too.
    pub submissions: u64,
    /// Lines of the table; fewer than `opinions` when some were merged.
    pub rows: u64,
    /// 意见 received.
    pub opinions: u64,
    pub by_channel: BTreeMap<Channel, u64>,
    pub by_outcome: BTreeMap<Outcome, u64>,
    /// In the order of the rows.
    pub by_section: Vec<SectionTotal>,
    pub duplicates: u64,
    pub invalid: u64,
    /// 撤回.
    pub withdrawn: u64,
    /// Valid, but not answered yet: 0 in a finished record.
    pub pending: u64,
    /// Counted apart, and among the others too.
    pub late: u64,
    pub early: u64,
}

impl Totals {
    /// Counts rows that are all at hand; a stream goes through [`Counter`].
    #[must_use]
    pub fn from_rows<'a>(
        rows: impl IntoIterator<Item = &'a Row>,
        people: u64,
        submissions: u64,
    ) -> Self {
        let mut counter = Counter::default();
        for row in rows {
            counter.add(row);
        }
        counter.finish(people, submissions)
    }

    /// Counts opinions that are alike, each of them a row of its own.
    pub fn add(&mut self, channel: Channel, timing: Timing, state: State, opinions: u64) {
        add(&mut self.rows, opinions);
        add(&mut self.opinions, opinions);
        self.add_arrival(channel, timing, opinions);
        match state {
            State::Open => add(&mut self.pending, opinions),
            State::Withdrawn => add(&mut self.withdrawn, opinions),
            State::With(outcome) => add(self.by_outcome.entry(outcome).or_default(), opinions),
        }
    }

    fn add_arrival(&mut self, channel: Channel, timing: Timing, count: u64) {
        add(self.by_channel.entry(channel).or_default(), count);
        match timing {
            Timing::InTime => {}
            Timing::Early => add(&mut self.early, count),
            Timing::Late => add(&mut self.late, count),
        }
    }

    /// Opinions that came by one channel.
    #[must_use]
    pub fn channel(&self, channel: Channel) -> u64 {
        self.by_channel.get(&channel).copied().unwrap_or(0)
    }

    /// Opinions with one outcome.
    #[must_use]
    pub fn outcome(&self, outcome: Outcome) -> u64 {
        self.by_outcome.get(&outcome).copied().unwrap_or(0)
    }

    /// Whether every opinion has been dealt with.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.pending == 0
    }

    /// Whether nothing at all came in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.opinions == 0
    }

    /// Holds the conservation rule, and that nobody who wrote is missing.
    ///
    /// # Errors
    /// `Kind::Internal`, naming the sum that does not come out.
    pub fn check(&self) -> Result<()> {
        let sums = [
            (
                "采纳情况",
                "outcomes",
                sum(self.by_outcome.values().copied().chain([
                    self.duplicates,
                    self.invalid,
                    self.withdrawn,
                    self.pending,
                ])),
            ),
            ("渠道", "channels", sum(self.by_channel.values().copied())),
            (
                "条款",
                "sections",
                sum(self.by_section.iter().map(|section| section.opinions)),
            ),
        ];
        for (zh, en, total) in sums {
            if total != self.opinions {
                return Err(does_not_add_up(
                    format!("按{zh}合计 {total} 条，与收到的 {} 条不符", self.opinions),
                    format!("{en} sum to {total}, received is {}", self.opinions),
                ));
            }
        }
        self.check_order()
    }

    /// A sender sends at least one submission, which holds at least one opinion (a blank one counts
    /// as invalid); every row stands for at least one opinion.
    fn check_order(&self) -> Result<()> {
        let ordered = self.people <= self.submissions
            && self.submissions <= self.opinions
            && self.rows <= self.opinions
            && self.late.saturating_add(self.early) <= self.opinions
            && (self.people == 0) == (self.opinions == 0)
            && (self.rows == 0) == (self.opinions == 0);
        if ordered {
            return Ok(());
        }
        Err(does_not_add_up(
            format!(
                "人数 {}、来件 {}、表内 {} 行、意见 {} 条、逾期 {}、提前 {} 互相矛盾（每件来件至少对应一条意见，空白来件记为无效）",
                self.people, self.submissions, self.rows, self.opinions, self.late, self.early
            ),
            format!(
                "people {}, submissions {}, rows {}, opinions {}, late {}, early {} contradict each other (each submission has at least one opinion; a blank one is invalid)",
                self.people, self.submissions, self.rows, self.opinions, self.late, self.early
            ),
        ))
    }

    /// Compares with what was counted while writing.
    ///
    /// # Errors
    /// `Kind::Internal`, naming the first figure that differs.
    pub fn check_against(&self, recounted: &Self) -> Result<()> {
        let figures = [
            ("行数", "rows", self.rows, recounted.rows),
            ("意见数", "opinions", self.opinions, recounted.opinions),
            ("重复", "duplicates", self.duplicates, recounted.duplicates),
            ("无效", "invalid", self.invalid, recounted.invalid),
            ("撤回", "withdrawn", self.withdrawn, recounted.withdrawn),
            (
                "未答复",
                "not yet answered",
                self.pending,
                recounted.pending,
            ),
            ("逾期", "late", self.late, recounted.late),
            ("提前", "early", self.early, recounted.early),
        ];
        for (zh, en, stated, counted) in figures {
            if stated != counted {
                return Err(does_not_add_up(
                    format!("{zh}写明 {stated}，逐行重新计数为 {counted}"),
                    format!("{en}: stated {stated}, counted {counted}"),
                ));
            }
        }
        let same = Channel::ALL
            .iter()
            .all(|&channel| self.channel(channel) == recounted.channel(channel))
            && Outcome::all()
                .iter()
                .all(|&outcome| self.outcome(outcome) == recounted.outcome(outcome))
            && by_path(&self.by_section) == by_path(&recounted.by_section);
        if same {
            return Ok(());
        }
        Err(does_not_add_up(
            "按渠道、采纳情况或条款的分项数与逐行重新计数不符".to_owned(),
            "the counts by channel, outcome or section differ from a recount of the rows"
                .to_owned(),
        ))
    }
}

/// Counts rows as they pass.
#[derive(Debug, Default)]
pub struct Counter {
    totals: Totals,
    places: HashMap<String, usize>,
}

impl Counter {
    /// Counts one row and the opinions merged into it.
    pub fn add(&mut self, row: &Row) {
        let count = row.merged_count();
        add(&mut self.totals.rows, 1);
        add(&mut self.totals.opinions, count);
        self.totals.add_arrival(row.channel, row.timing, 1);
        for more in &row.merged {
            self.totals
                .add_arrival(more.channel, more.timing, more.count);
        }
        match (row.status, row.outcome) {
            (Status::Duplicate, _) => add(&mut self.totals.duplicates, count),
            (Status::Invalid, _) => add(&mut self.totals.invalid, count),
            (Status::Withdrawn, _) => add(&mut self.totals.withdrawn, count),
            (Status::Valid, None) => add(&mut self.totals.pending, count),
            (Status::Valid, Some(outcome)) => {
                add(self.totals.by_outcome.entry(outcome).or_default(), count);
            }
        }
        self.add_place(row, count);
    }

    fn add_place(&mut self, row: &Row, count: u64) {
        let sections = &mut self.totals.by_section;
        let known = self.places.get(&row.section_path).copied();
        if let Some(section) = known.and_then(|place| sections.get_mut(place)) {
            add(&mut section.opinions, count);
            return;
        }
        self.places.insert(row.section_path.clone(), sections.len());
        sections.push(SectionTotal {
            path: row.section_path.clone(),
            heading: row.section_heading.clone(),
            opinions: count,
        });
    }

    /// The totals; the two numbers that rows do not tell are added here.
    #[must_use]
    pub fn finish(self, people: u64, submissions: u64) -> Totals {
        Totals {
            people,
            submissions,
            ..self.totals
        }
    }
}

fn add(figure: &mut u64, count: u64) {
    *figure = figure.saturating_add(count);
}

fn sum(figures: impl Iterator<Item = u64>) -> u64 {
    figures.fold(0, u64::saturating_add)
}

fn by_path(sections: &[SectionTotal]) -> BTreeMap<&str, u64> {
    let mut counts = BTreeMap::new();
    for section in sections.iter().filter(|section| section.opinions > 0) {
        add(
            counts.entry(section.path.as_str()).or_default(),
            section.opinions,
        );
    }
    counts
}

#[track_caller]
fn does_not_add_up(zh: String, en: String) -> Error {
    Error::new(
        Kind::Internal,
        format!("汇总表数字不平衡：{zh}；未生成文件，请重新汇总后再导出"),
        format!("the summary does not add up: {en}; no file was written, recount and export again"),
    )
}
