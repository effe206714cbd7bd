//! The desk: `/office`, every consultation with what is still to be done.

use super::frame::Frame;
use super::parts::Count;
use crate::web::layout::Layout;
use crate::web::public::stage::Stage;
use crate::words::Lang;
use askama::Template;

/// The page an office starts its day on.
#[derive(Template)]
#[template(path = "office/desk.html")]
pub struct Desk {
    pub lang: Lang,
    pub layout: Layout,
    pub frame: Frame,
    /// Addresses of reverse proxies that forward no address; empty when all do.
    pub silent_proxies: String,
    pub rows: Vec<Row>,
}

/// One consultation.
#[derive(Clone, Debug)]
pub struct Row {
    pub slug: String,
    pub title: String,
    pub stage: Stage,
    /// The window in words: `2025年5月29日至6月28日`.
    pub window: String,
    /// How long still, or how long since, in words: `还剩18天`.
    pub days: String,
    /// 来件
    pub submissions: Count,
    /// 意见
    pub remarks: Count,
    /// 未答复
    pub open: Count,
    /// 逾期: remarks that came after the window.
    pub late: Count,
}
