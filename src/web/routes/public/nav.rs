//! The row above each text: the other texts, and finding words in the draft.

use super::view::View;
use crate::web::public::plan_nav::{PlanNav, TextLink};
use crate::words::Lang;

/// The row for a page at a path (without the language's prefix).
pub(super) fn plan_nav(view: &View, lang: Lang, path: &str) -> PlanNav {
    let base = view.base(lang);
    let (here, _) = path.split_once('?').unwrap_or((path, ""));
    let link = |name: String, title: &str, below: &str| TextLink {
        name,
        title: title.to_owned(),
        href: format!("{base}{below}"),
        is_here: here == format!("/c/{}{below}", view.consultation.slug),
    };
    let mut texts = Vec::new();
    if let Some(draft) = view.draft() {
        let name = lang.pick("征求意见稿全文", "The draft").to_owned();
        texts.push(link(name, &draft.document.title, "/draft"));
    }
    if let Some(explanation) = view.explanation() {
        let name = lang.pick("起草说明", "Explanation").to_owned();
        texts.push(link(name, &explanation.document.title, "/explanation"));
    }
    for (number, text) in (1..).zip(view.texts.attachments()) {
        let name = lang.pick(format!("附件{number}"), format!("Attachment {number}"));
        let below = format!("/attachments/{number}");
        texts.push(link(name, &text.document.title, &below));
    }
    if texts.len() < 2 && texts.iter().all(|text| text.is_here) {
        texts.clear();
    }
    PlanNav {
        lang,
        base,
        texts,
        revised: Some(view.consultation.version).filter(|version| *version > 1),
        find: view.draft().is_some(),
        query: String::new(),
        print: false,
    }
}
