//! What each document of a file is, by its title and its words.

use super::lines::Line;
use super::segment::Segment;
use super::title;
use crate::documents::model::{DocumentKind, shadow};

/// The kinds of the documents, in their order.
pub(super) fn of_all(lines: &[Line], segments: &[Segment]) -> Vec<DocumentKind> {
    let asks = segments
        .iter()
        .any(|segment| is_notice(lines, segment) || explains_draft(&title_words(segment)));
    let mut kinds: Vec<DocumentKind> = Vec::new();
    for segment in segments {
        kinds.push(of(lines, segment, asks, &kinds));
    }
    kinds
}

fn of(lines: &[Line], segment: &Segment, asks: bool, before: &[DocumentKind]) -> DocumentKind {
    let title = title_words(segment);
    let planned = before
        .iter()
        .any(|kind| matches!(kind, DocumentKind::Draft | DocumentKind::AdoptedPlan));
    if is_notice(lines, segment) {
        DocumentKind::Notice
    } else if is_explanation(&title) {
        DocumentKind::Explanation
    } else if is_forwarding(lines, segment, &title) {
        DocumentKind::ForwardingNotice
    } else if segment.marked && planned && !title::names_draft(&title) {
        DocumentKind::Attachment
    } else if asks || title::names_draft(&title) {
        DocumentKind::Draft
    } else {
        DocumentKind::AdoptedPlan
    }
}

fn title_words(segment: &Segment) -> String {
    let title = segment.title.as_ref();
    shadow::squeeze(title.map_or("", |title| &title.words))
}

fn is_explanation(title: &str) -> bool {
    let core = title.trim_end_matches('》');
    core.ends_with("说明") || core.ends_with("解读")
}

/// An explanation of the drafting comes with a draft; one of the policy may come with a plan in force.
fn explains_draft(title: &str) -> bool {
    is_explanation(title) && ["起草", "编制"].iter().any(|word| title.contains(word))
}

fn is_notice(lines: &[Line], segment: &Segment) -> bool {
    let title = title_words(segment);
    let asks = |words: &str| {
        let words = words.replace("征求意见稿", "");
        ["征求", "征集"].iter().any(|word| words.contains(word))
    };
    if is_explanation(&title) {
        return false;
    }
    let announces = ["公告", "通告", "启事", "通知", "函"]
        .iter()
        .any(|ending| title.ends_with(ending));
    if asks(&title) {
        return true;
    }
    let decided = !title.is_empty() && !announces;
    let public = |words: &str| {
        ["公开", "社会", "公众", "反馈"]
            .iter()
            .any(|word| words.contains(word))
    };
    !decided && body(lines, segment).any(|line| asks(&line.shadow) && public(&line.shadow))
}

fn is_forwarding(lines: &[Line], segment: &Segment, title: &str) -> bool {
    let hands_on = |words: &str| {
        ["印发", "转发", "批转", "下发", "公布"]
            .iter()
            .any(|word| words.contains(word))
    };
    if title.ends_with("通知") {
        return hands_on(title);
    }
    // The order of a president or the announcement of a congress before the law itself.
    if title.ends_with('令') || title.ends_with("公告") {
        let short = body(lines, segment).all(|line| line.label.is_none());
        return short && body(lines, segment).any(|line| hands_on(&line.shadow));
    }
    let addressed = body(lines, segment)
        .any(|line| line.shadow.ends_with(':') && line.shadow.starts_with('各'));
    title.is_empty() && addressed && body(lines, segment).any(|line| hands_on(&line.shadow))
}

fn body<'l, 'a>(lines: &'l [Line<'a>], segment: &Segment) -> impl Iterator<Item = &'l Line<'a>> {
    lines
        .get(segment.head_end..segment.end)
        .unwrap_or_default()
        .iter()
        .filter(|line| !line.is_blank())
}
