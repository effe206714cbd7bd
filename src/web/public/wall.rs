//! The public wall: comments that the office chose to show, the newest first.

use super::said::Said;
use crate::web::layout::Layout;
use crate::words::Lang;
use askama::Template;

/// `GET /c/{slug}/comments`.
#[derive(Template)]
#[template(path = "public/wall.html")]
pub struct WallPage {
    pub lang: Lang,
    pub layout: Layout,
    pub slug: String,
    pub title: String,
    pub posted: Vec<WallEntry>,
    /// Whether this is a page after the first.
    pub is_further: bool,
    /// The page with older ones.
    pub older: Option<String>,
    /// Whether comments are still taken.
    pub is_open: bool,
}

/// One comment.
#[derive(Clone, Debug)]
pub struct WallEntry {
    pub said: Said,
    /// Masked: 张**.
    pub sender: String,
    /// The day it came, formatted.
    pub received: String,
}

impl WallPage {
    fn base(&self) -> String {
        super::consultation_address(self.lang, &self.slug)
    }
}
