//! What search engines and chat programs are told of a page, from the consultation's own facts.

use super::view::View;
use crate::web::app::App;
use crate::web::feed::metadata::{self, ConsultationFacts, PageMeta, SectionFacts, Site};
use crate::web::shelf::Text;
use crate::words::Lang;

/// Sections named with a consultation: those of the two upper levels.
const LEVELS: usize = 2;

/// The site as machines are told of it.
pub(super) fn site(app: &App, lang: Lang) -> Site<'_> {
    Site {
        origin: &app.config.public_url,
        name: &app.config.site_name,
        lang,
    }
}

/// The data of a consultation's first page.
pub(super) fn of_consultation(app: &App, view: &View, lang: Lang) -> PageMeta {
    let sections = view.draft().map(upper).unwrap_or_default();
    metadata::of_consultation(&site(app, lang), &facts(view, &sections))
}

/// The data of the page of one of the draft's sections.
pub(super) fn of_section(app: &App, view: &View, lang: Lang, index: usize) -> PageMeta {
    let draft = view.draft();
    let section = draft.and_then(|draft| draft.sections.get(index));
    let node = draft.and_then(|draft| draft.node(index));
    let title = node.map_or(String::new(), |node| {
        format!("{}{}", node.label, node.heading)
    });
    let section = SectionFacts {
        anchor: section.map_or("", |section| &section.anchor),
        path: section.map_or("", |section| &section.path),
        title: &title,
        text: node.map_or("", |node| &node.text),
    };
    metadata::of_section(&site(app, lang), &facts(view, &[]), &section)
}

fn facts<'a>(view: &'a View, sections: &'a [(String, String)]) -> ConsultationFacts<'a> {
    let one = &view.consultation;
    ConsultationFacts {
        slug: &one.slug,
        title: &one.title,
        draft_title: &one.draft_title,
        issuer: &one.issuer,
        issued_on: one.issued_on,
        opens_on: one.window.opens_on,
        closes_on: one.window.closes_on,
        text: &one.notice_text,
        sections,
    }
}

fn upper(draft: &Text) -> Vec<(String, String)> {
    let indexed = draft.sections.iter().enumerate();
    indexed
        .filter(|(_, section)| section.has_page() && section.depth < LEVELS)
        .filter_map(|(index, section)| {
            let node = draft.node(index)?;
            let title = format!("{}{}", node.label, node.heading);
            Some((section.anchor.clone(), title))
        })
        .collect()
}
