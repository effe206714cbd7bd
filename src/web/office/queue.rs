//! The queue of remarks: `/office/c/{slug}/remarks`, filtered and in pages.

use super::frame::{Frame, Place};
use super::marks::{Channel, Outcome, Timing};
use super::parts::{Choice, Paging};
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// The list of remarks of one consultation.
#[derive(Template)]
#[template(path = "office/queue.html")]
pub struct Queue {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub place: Place,
    pub filter: Filter,
    /// What is shown and in which order, in words: `共32条未答复意见，按收到时间先后，本页第1至20条`.
    pub summary: String,
    pub rows: Vec<Row>,
    pub paging: Paging,
}

/// The filter form, sent by GET: `outcome`, `section`, `channel`, `timing`, `q`.
#[derive(Clone, Debug)]
pub struct Filter {
    pub outcome: Vec<Choice>,
    pub section: Vec<Choice>,
    pub channel: Vec<Choice>,
    pub timing: Vec<Choice>,
    pub q: String,
    /// Whether anything is filtered at all: decides between the two empty states.
    pub is_on: bool,
}

impl Filter {
    /// The filter with the codes now in force (empty for “any”); sections come from the draft.
    #[must_use]
    pub fn new(lang: Lang, chosen: &Chosen<'_>, sections: Vec<Choice>) -> Self {
        let any = lang.pick("全部", "Any");
        let outcomes = [Outcome::Open].into_iter().chain(Outcome::CHOICES);
        let outcomes = outcomes.map(|mark| (mark.code(), mark.word(&lang)));
        let outcomes = outcomes.chain([("withdrawn", lang.pick("已撤回", "Withdrawn"))]);
        let channels = Channel::ALL.into_iter();
        let channels = channels.map(|channel| (channel.code(), channel.word(lang)));
        let timings = Timing::ALL.into_iter();
        let timings = timings.map(|timing| (timing.code(), timing.word(lang)));
        Self {
            is_on: sections.iter().any(|s| s.selected && !s.value.is_empty())
                || [chosen.outcome, chosen.channel, chosen.timing, chosen.q]
                    .iter()
                    .any(|value| !value.is_empty()),
            outcome: choices(any, chosen.outcome, outcomes),
            section: sections,
            channel: choices(any, chosen.channel, channels),
            timing: choices(any, chosen.timing, timings),
            q: chosen.q.to_owned(),
        }
    }
}

/// What the address asks for; every field empty when it asks for nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen<'a> {
    pub outcome: &'a str,
    pub channel: &'a str,
    pub timing: &'a str,
    pub q: &'a str,
}

fn choices<'a>(
    any: &'a str,
    chosen: &str,
    entries: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<Choice> {
    [("", any)]
        .into_iter()
        .chain(entries)
        .map(|(value, label)| Choice::new(value, label, chosen))
        .collect()
}

/// One remark in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The running number within the consultation.
    pub number: u64,
    pub href: String,
    /// The first words of the opinion, one line or two.
    pub words: String,
    /// The section's label path: `二/(三)/8`; empty for the whole draft.
    pub section: String,
    /// The section's heading, or `对整份征求意见稿`.
    pub heading: String,
    /// Masked or named, as the reader's role allows.
    pub sender: String,
    pub channel: Channel,
    /// `6月10日 09:12`
    pub received: String,
    pub timing: Timing,
    pub outcome: Outcome,
    /// Taken back by the sender: stands in the place of an outcome.
    pub is_withdrawn: bool,
}
