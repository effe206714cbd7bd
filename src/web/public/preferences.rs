//! The size of type and the contrast, chosen once and remembered.

use crate::web::layout::Layout;
use crate::web::view_choice::{Size, ViewChoice};
use crate::words::Lang;
use askama::Template;

/// `GET /preferences`.
#[derive(Template)]
#[template(path = "public/preferences.html")]
pub struct PreferencesPage {
    pub lang: Lang,
    pub layout: Layout,
    pub choice: ViewChoice,
    /// The local address to go back to.
    pub back: String,
}

/// One size to choose.
struct SizeChoice {
    code: &'static str,
    word: &'static str,
    is_chosen: bool,
}

impl PreferencesPage {
    fn sizes(&self) -> [SizeChoice; 3] {
        let (zh, en) = (
            ["标准", "大（125%）", "特大（150%）"],
            ["Ordinary", "Large (125%)", "Larger (150%)"],
        );
        let [normal, large, larger] = self.lang.pick(zh, en);
        [
            (Size::Normal, normal),
            (Size::Large, large),
            (Size::Larger, larger),
        ]
        .map(|(size, word)| SizeChoice {
            code: size.code(),
            word,
            is_chosen: self.choice.size == size,
        })
    }
}
