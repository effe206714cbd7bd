//! The front page: every consultation, in four groups.

use super::stage::Stage;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /`.
#[derive(Template)]
#[template(path = "public/list.html")]
pub struct ListPage {
    pub lang: Lang,
    pub layout: Layout,
    /// Comments are taken now; the one that closes first stands first.
    pub open: Vec<ListItem>,
    pub coming: Vec<ListItem>,
    pub closed: Vec<ListItem>,
    pub answered: Vec<ListItem>,
}

/// One consultation in the list.
#[derive(Clone, Debug, Default)]
pub struct ListItem {
    pub slug: String,
    /// The draft's or the notice's title, as published.
    pub title: String,
    /// The office that asks.
    pub office: String,
    /// First and last day, formatted.
    pub opens: String,
    pub closes: String,
    /// In words: 还有18天, opens in 3 days, 收到93条意见. Empty where there is nothing to say.
    pub left: String,
}

/// One of the four groups.
struct Group<'a> {
    stage: Stage,
    items: &'a [ListItem],
}

impl ListPage {
    fn groups(&self) -> Vec<Group<'_>> {
        [
            (Stage::Open, &self.open),
            (Stage::Coming, &self.coming),
            (Stage::Closed, &self.closed),
            (Stage::Answered, &self.answered),
        ]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(stage, items)| Group { stage, items })
        .collect()
    }
}
