//! What is being prepared, and the form that begins it.

use crate::web::layout::Layout;
use crate::web::office::frame::Frame;
use crate::words::Lang;
use askama::Template;

/// `GET /office/imports`.
#[derive(Template)]
#[template(path = "office/imports/list.html")]
pub struct ListPage {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    pub rows: Vec<ListRow>,
    /// What was wrong with the files that were sent.
    pub error: Option<String>,
    /// Largest file, in words: `20 MB`.
    pub limit: String,
}

/// One import.
#[derive(Clone, Debug)]
pub struct ListRow {
    pub href: String,
    /// The draft's title, or the files' names where there is none.
    pub title: String,
    pub files: String,
    /// 准备中, 定时发布…, in words.
    pub state: String,
    /// Whether it still wants something done.
    pub open: bool,
    /// Who began it and when.
    pub begun: String,
}
