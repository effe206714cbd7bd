//! What a submission said, as its mails repeat it.

use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::documents::published::{self, SectionRef};
use crate::error::Result;
use crate::intake::find::{Found, FoundRemark};
use crate::intake::model::submission::Sender;
use crate::mail::outbound::letters::Said;

/// The longest greeting, in characters.
const NAME: usize = 60;

/// The sections that remarks may be on, whatever the version.
pub(super) fn sections(db: &mut Db, consultation: &Consultation) -> Result<Vec<SectionRef>> {
    published::sections_up_to(db, &consultation.id, consultation.version)
}

/// One remark with the name of its section.
pub(super) fn said(remark: &FoundRemark, sections: &[SectionRef]) -> Said {
    let on = sections
        .iter()
        .find(|section| Some(&section.id) == remark.section_id.as_ref());
    Said {
        section: on.map_or_else(String::new, |on| format!("{}{}", on.label, on.heading)),
        quote: remark.quote.as_ref().map(|quote| quote.exact.clone()),
        suggested: remark.suggested.clone(),
        text: remark.text.clone(),
    }
}

/// Whether nothing more is written about a submission.
pub(super) fn is_over(found: &Found) -> bool {
    found.withdrawn_at.is_some() || found.erased_at.is_some()
}

/// How the sender is greeted; empty when nobody is named, or when the name reads like an
/// advertisement: anybody may have typed it, with the address of somebody else.
pub(super) fn greeting(sender: &Sender) -> String {
    let name = sender.full_name();
    let name: Vec<&str> = name.split_whitespace().collect();
    let name = name.join(" ");
    let linked = ["://", "www.", "@", ".com", ".cn"]
        .iter()
        .any(|mark| name.to_lowercase().contains(mark));
    if linked || name.chars().count() > NAME {
        return String::new();
    }
    name
}
