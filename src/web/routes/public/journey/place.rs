//! The place in the draft that an opinion is about: its section, and the words of it.

use crate::documents::model::Node;
use crate::documents::model::quote::TextQuote;
use crate::error::Result;
use crate::intake::form::RawRemark;
use crate::web::app::App;
use crate::web::public::para::{Para, Pictures};
use crate::web::routes::public::texts::own_words;
use crate::web::routes::public::view::View;
use std::ops::Range;

/// The words of a section as its page shows them, to find quoted words in: name, then paragraphs.
pub(in crate::web::routes::public) struct Quotable {
    pub(in crate::web::routes::public) text: String,
    paragraphs: Vec<Range<usize>>,
}

impl Quotable {
    pub(in crate::web::routes::public) fn of(node: &Node, pictures: &Pictures) -> Self {
        let mut text = format!("{}{}\n", node.label, node.heading);
        let mut paragraphs = Vec::new();
        for para in own_words(node, pictures) {
            let start = text.len();
            para.plain(&mut text);
            if matches!(para, Para::Text(_) | Para::Item(_) | Para::Note(_)) {
                paragraphs.push(start..text.len());
            } else {
                paragraphs.push(start..start);
            }
            text.push('\n');
        }
        Self { text, paragraphs }
    }

    /// The quote of a whole paragraph, by its number from 1.
    pub(super) fn paragraph(&self, number: usize) -> Option<TextQuote> {
        let stretch = self.paragraphs.get(number.checked_sub(1)?)?;
        TextQuote::of(&self.text, stretch.clone())
    }
}

/// The words of the section with this anchor in a view's draft.
pub(in crate::web::routes::public) fn quotable(view: &View, anchor: &str) -> Option<Quotable> {
    let draft = view.draft()?;
    let node = draft.node(draft.find(anchor)?)?;
    Some(Quotable::of(node, &view.texts.pictures))
}

/// The view of the version that an opinion was written on.
pub(in crate::web::routes::public) async fn view_of(
    app: &App,
    view: &View,
    version: Option<i32>,
) -> Result<View> {
    let published = view.consultation.version;
    let number = version.filter(|number| (1..=published).contains(number));
    View::of(app, view.consultation.clone(), number.unwrap_or(published)).await
}

/// Finds an opinion's quoted words in its section and names them anew; a quote that is not there is
/// taken away. Answers whether it stayed.
pub(super) async fn settle(app: &App, view: &View, remark: &mut RawRemark) -> Result<bool> {
    let Some(quote) = remark.quote.take() else {
        return Ok(true);
    };
    let read = view_of(app, view, remark.version).await?;
    remark.quote = quotable(&read, remark.section.trim()).and_then(|words| quote.anew(&words.text));
    Ok(remark.quote.is_some())
}
