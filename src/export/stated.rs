//! The numbers that a summary states.

use super::store;
use super::totals::{SectionTotal, Totals};
use crate::consultations::model::Consultation;
use crate::counts::find as counts;
use crate::db::Db;
use crate::error::Result;
use std::collections::HashMap;

/// How many people, submissions and opinions there are, by channel, section and outcome: from counts,
/// not from the rows.
///
/// # Errors
/// What the database reports.
pub fn totals(db: &mut Db, consultation: &Consultation) -> Result<Totals> {
    let senders = counts::senders(db, &consultation.id)?;
    let mut totals = Totals {
        people: senders.people,
        submissions: senders.submissions,
        ..Totals::default()
    };
    let sections = store::sections(db, &consultation.id)?;
    let mut on: HashMap<String, u64> = HashMap::new();
    for tally in counts::remarks(db, &consultation.id)? {
        totals.add(tally.channel, tally.timing, tally.state, tally.remarks);
        *on.entry(tally.section_id.unwrap_or_default()).or_default() += tally.remarks;
    }
    totals.by_section = by_section(&sections, on);
    Ok(totals)
}

/// Remarks on the whole draft first, then as the draft has its sections; a section that later
/// versions have too counts once.
fn by_section(
    sections: &[(String, String, String)],
    mut on: HashMap<String, u64>,
) -> Vec<SectionTotal> {
    let whole = ("", "", on.remove("").unwrap_or(0));
    let each = sections.iter().map(|(id, path, heading)| {
        let opinions = on.get(id).copied().unwrap_or(0);
        (path.as_str(), heading.as_str(), opinions)
    });
    let mut by_section: Vec<SectionTotal> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (path, heading, opinions) in std::iter::once(whole).chain(each) {
        let known = places.get(path).and_then(|at| by_section.get_mut(*at));
        if let Some(known) = known {
            known.opinions += opinions;
            continue;
        }
        places.insert(path, by_section.len());
        by_section.push(SectionTotal {
            path: path.to_owned(),
            heading: heading.to_owned(),
            opinions,
        });
    }
    by_section.retain(|section| section.opinions > 0);
    by_section
}
