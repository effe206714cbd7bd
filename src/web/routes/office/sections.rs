//! The draft's sections as the office's pages name and offer them.

use crate::documents::published::SectionRef;
use crate::web::office::parts::Choice;
use crate::words::Lang;

/// The sections that can be chosen: those of the newest version, which stands first.
fn newest(sections: &[SectionRef]) -> impl Iterator<Item = &SectionRef> {
    let version = sections.first().map_or(0, |section| section.version);
    sections
        .iter()
        .take_while(move |section| section.version == version)
}

/// Label and heading of a section, set in by its level.
fn entry(section: &SectionRef) -> String {
    let depth = usize::try_from(section.level - 1).unwrap_or(0);
    format!(
        "{}{}{}",
        "\u{3000}".repeat(depth),
        section.label,
        section.heading
    )
}

/// The choice of a place: the whole draft first, then its sections by anchor.
pub(super) fn places(sections: &[SectionRef], chosen: &str, lang: Lang) -> Vec<Choice> {
    let whole = Choice::new("", lang.pick("整份征求意见稿", "The whole draft"), chosen);
    std::iter::once(whole)
        .chain(newest(sections).map(|section| Choice::new(&section.anchor, entry(section), chosen)))
        .collect()
}

/// The word by which the filter asks for remarks on the whole draft.
pub(super) const WHOLE: &str = "whole";

/// The filter by place: any, the whole draft, or one section.
pub(super) fn filter(sections: &[SectionRef], chosen: &str, lang: Lang) -> Vec<Choice> {
    let any = Choice::new("", lang.pick("全部", "Any"), chosen);
    let whole = Choice::new(
        WHOLE,
        lang.pick("整份征求意见稿", "The whole draft"),
        chosen,
    );
    [any, whole]
        .into_iter()
        .chain(newest(sections).map(|section| Choice::new(&section.anchor, entry(section), chosen)))
        .collect()
}

/// The section with this identifier.
pub(super) fn by_id<'a>(sections: &'a [SectionRef], id: Option<&str>) -> Option<&'a SectionRef> {
    let id = id?;
    sections.iter().find(|section| section.id == id)
}
