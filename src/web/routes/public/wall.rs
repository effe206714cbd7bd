//! `GET /c/{slug}/comments`: the public wall, while the office has it turned on.

use super::kept::kept_at;
use super::view::{layout, stage};
use crate::clock::beijing;
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::error::{Error, Kind, Result};
use crate::intake::model::public_text::PublicText;
use crate::wall::find::page as load_page;
use crate::wall::model::{Page, Posted, Which};
use crate::web::app::App;
use crate::web::dates;
use crate::web::public::said::Said;
use crate::web::public::stage::Stage;
use crate::web::public::wall::{WallEntry, WallPage};
use crate::words::Lang;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

/// Comments on one page.
const ON_A_PAGE: usize = 50;

/// The comment after which a page begins.
#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    after: String,
}

/// The chosen comments; 404 while the wall is off. Only pages that begin after a comment of this
/// consultation exist, so that nobody can fill the memory with invented ones.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wish: Query<Wish>,
) -> HttpResponse {
    let after = wish.into_inner().after;
    let address = format!("{}?after={after}", request.path());
    kept_at(app, request, &address, |app, lang, path| async move {
        let (consultation, page) = load(&app, slug.into_inner(), after.clone()).await?;
        Ok(fill(&app, &consultation, lang, &path, &after, page))
    })
    .await
}

/// Forgets the wall's pages, after a choice that readers should see at once; also when what is on it
/// was withdrawn or erased.
pub(in crate::web) fn forget(app: &App, slug: &str) {
    let page = |lang: Lang| format!("{}/c/{slug}/comments?", lang.prefix());
    app.pages.forget_below(&[page(Lang::Zh), page(Lang::En)]);
}

async fn load(app: &App, slug: String, after: String) -> Result<(Consultation, Page)> {
    let (vault, now) = (app.vault.clone(), app.clock.now());
    app.database
        .read(move |db| {
            let consultation = find::by_slug(db, &slug, now)?;
            if consultation.wall_opened_at.is_none() {
                return Err(off());
            }
            let after = Some(after.as_str()).filter(|after| !after.is_empty());
            let shown = Which::Shown;
            let page = load_page(db, &vault, &consultation, shown, after, ON_A_PAGE)?;
            Ok((consultation, page))
        })
        .await
}

fn fill(
    app: &App,
    consultation: &Consultation,
    lang: Lang,
    path: &str,
    after: &str,
    page: Page,
) -> WallPage {
    let base = format!("{}/c/{}", lang.prefix(), consultation.slug);
    let last = page.posted.last().filter(|_| page.has_more);
    let version = consultation.version;
    WallPage {
        lang,
        layout: layout(app, lang, path, consultation),
        slug: consultation.slug.clone(),
        title: consultation.draft_title.clone(),
        older: last.map(|last| format!("{base}/comments?after={}", last.id)),
        is_further: !after.is_empty(),
        is_open: stage(consultation, app.clock.now()) == Stage::Open,
        posted: page
            .posted
            .iter()
            .map(|one| entry(one, version, lang))
            .collect(),
    }
}

fn entry(one: &Posted, version: i32, lang: Lang) -> WallEntry {
    WallEntry {
        said: said(one, version, lang),
        sender: one.sender.clone(),
        received: dates::plain(lang, one.received_at.to_zoned(beijing()).date()),
    }
}

/// A comment with its place; of one on an earlier version it says so.
pub(in crate::web) fn said(one: &Posted, version: i32, lang: Lang) -> Said {
    let section = one.section.as_ref();
    let name = section.map(|on| format!("{}{}", on.label, on.heading));
    let older = section.filter(|on| on.version < version).map(|on| {
        let number = on.version;
        lang.pick(
            format!("是对第{number}版提的"),
            format!("On version {number}"),
        )
    });
    Said {
        older,
        ..Said::of(
            Some(name.unwrap_or_default()),
            one.quote.as_ref(),
            one.text.as_str(),
            one.suggested.as_ref().map(PublicText::as_str),
        )
    }
}

fn off() -> Error {
    Error::new(
        Kind::NotFound,
        "这次征求意见没有公开意见，采纳情况公布后可以看到全部意见",
        "comments are not shown in public here; all of them are once the outcomes are published",
    )
}
