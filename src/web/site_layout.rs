//! The frame of every public page, filled from the settings.

use super::app::App;
use super::assets;
use super::layout::{Layout, Runner};
use crate::words::Lang;

/// The frame for a page at `path` (without the language prefix).
pub(super) fn layout(app: &App, lang: Lang, path: &str) -> Layout {
    Layout {
        site_name: app.config.site_name.clone(),
        office: String::new(),
        origin: app.config.public_url.clone(),
        path: path.to_owned(),
        stylesheets: assets::public_sheets(),
        script: None,
        meta: None,
        banner: app
            .banner
            .as_ref()
            .map(|both| both.in_lang(lang).to_owned()),
        runner: Runner::default(),
    }
}

/// The language that a path asks for, and the path without its prefix.
pub(super) fn language(path: &str) -> (Lang, &str) {
    match path.strip_prefix(Lang::En.prefix()) {
        Some("") => (Lang::En, "/"),
        Some(rest) if rest.starts_with('/') => (Lang::En, rest),
        _ => (Lang::Zh, path),
    }
}
