//! The words of a section that a later version of the draft changed, for the one who spoke on it.

use super::super::view::View;
use super::words::name;
use crate::consultations::model::Consultation;
use crate::documents::compare::section_redline;
use crate::documents::follow::Now;
use crate::documents::model::Node;
use crate::documents::published::SectionRef;
use crate::error::{Error, Result};
use crate::web::app::App;
use crate::web::public::receipt::ChangedWords;
use crate::web::public::redline::Redline;
use crate::words::Lang;
use askama::Template;

/// What became of the words of a section: one redline for each place they are in now, or one of all
/// that was struck out. Empty where not a character changed.
pub(super) async fn changed(
    app: &App,
    consultation: &Consultation,
    (on, now): &(SectionRef, Now),
    lang: Lang,
) -> Result<Vec<ChangedWords>> {
    if *now == Now::Here {
        return Ok(Vec::new());
    }
    let old = View::of(app, consultation.clone(), on.version).await?;
    let new = View::of(app, consultation.clone(), consultation.version).await?;
    let before = node(&old, &on.anchor);
    let places: &[SectionRef] = match now {
        Now::In(places) => places,
        Now::Here | Now::Gone => &[],
    };
    drawn(before, &new, places, lang)
}

fn drawn(
    before: Option<&Node>,
    new: &View,
    places: &[SectionRef],
    lang: Lang,
) -> Result<Vec<ChangedWords>> {
    if places.is_empty() {
        let title = lang.pick("这一条删去了", "This section was taken out");
        return Ok(vec![redline(before, None, title.to_owned(), lang)?]);
    }
    let mut shown = Vec::new();
    for place in places {
        let after = node(new, &place.anchor);
        if words(before) != words(after) {
            let title = lang.pick(
                format!("改了的字（现在是：{}）", name(place)),
                format!("The changed words (now: {})", name(place)),
            );
            shown.push(redline(before, after, title, lang)?);
        }
    }
    Ok(shown)
}

fn node<'a>(view: &'a View, anchor: &str) -> Option<&'a Node> {
    let draft = view.draft()?;
    draft.node(draft.find(anchor)?)
}

fn words(node: Option<&Node>) -> Option<(&str, &str)> {
    node.map(|node| (node.heading.as_str(), node.text.as_str()))
}

fn redline(
    before: Option<&Node>,
    after: Option<&Node>,
    title: String,
    lang: Lang,
) -> Result<ChangedWords> {
    let redline = section_redline(before, after);
    let drawn = Redline {
        lang,
        redline: &redline,
    };
    Ok(ChangedWords {
        title,
        html: drawn.render().map_err(Error::internal)?,
    })
}
