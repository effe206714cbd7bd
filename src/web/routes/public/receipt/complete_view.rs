//! The page on which a letter is completed, filled from what was loaded.

use super::super::view::layout as consultation_layout;
use super::complete::Loaded;
use super::words::{masked_name, masked_ways, name};
use crate::documents::published::SectionRef;
use crate::web::app::App;
use crate::web::field::Field;
use crate::web::layout::Layout;
use crate::web::public::complete::{CompletePage, PlaceAsked};
use crate::words::Lang;

/// What a page is made from.
pub(super) struct Shown<'a> {
    pub(super) app: &'a App,
    pub(super) lang: Lang,
    pub(super) loaded: &'a Loaded,
    /// Of the link.
    pub(super) token: &'a str,
}

/// The page with nothing typed yet.
pub(super) fn fill(shown: &Shown<'_>) -> CompletePage {
    let Loaded {
        found,
        open,
        sections,
    } = shown.loaded;
    let lang = shown.lang;
    let path = format!("/r/{}/complete/{}", found.receipt, shown.token);
    let own = Some(masked_name(&found.sender)).filter(|name| !name.is_empty());
    CompletePage {
        lang,
        layout: Layout {
            origin: String::new(),
            ..consultation_layout(shown.app, lang, &path, &found.consultation)
        },
        title: found.consultation.draft_title.clone(),
        number: found.receipt.clone(),
        action: format!("{}{path}", lang.prefix()),
        known: own.into_iter().chain(masked_ways(&found.sender)).collect(),
        name: open.name.then(Field::default),
        phone: open.phone.then(Field::default),
        places: places(shown.loaded),
        sections: newest(sections, found.consultation.version),
        done: None,
        withdrawn: found.withdrawn_at.is_some(),
    }
}

/// The opinions that are asked about, in the order of what is open.
fn places(loaded: &Loaded) -> Vec<PlaceAsked> {
    let numbered = (1..).zip(&loaded.found.remarks);
    let open = numbered.filter(|(_, remark)| loaded.open.place.contains(&remark.id));
    let asked = open.map(|(number, remark)| {
        let id = remark.section_id.as_deref();
        let mut known = loaded.sections.iter();
        let now = known.find(|section| Some(section.id.as_str()) == id);
        PlaceAsked {
            field: format!("place-{}", remark.id),
            number,
            text: remark.text.clone(),
            now: now.map(name).unwrap_or_default(),
            chosen: Field::default(),
        }
    });
    asked.collect()
}

/// The sections of the version that readers see, each set in by its level.
fn newest(sections: &[SectionRef], version: i32) -> Vec<(String, String)> {
    let own = sections.iter().filter(|section| section.version == version);
    let entry = |section: &SectionRef| {
        let depth = usize::try_from(section.level - 1).unwrap_or(0);
        let words = format!("{}{}", "\u{3000}".repeat(depth), name(section));
        (section.anchor.clone(), words)
    };
    own.map(entry).collect()
}
