//! `GET /c/{slug}/find?q=`: the sections that hold some words.

use super::contents::reference;
use super::nav::plan_nav;
use super::texts::own_words;
use super::view::{View, layout};
use crate::error::{Error, Result};
use crate::web::app::App;
use crate::web::public::find::{FindPage, Found, FoundSection};
use crate::web::public::para::Pictures;
use crate::web::respond::{error_page, private_page};
use crate::web::search::{Corpus, Unfit, Wanted};
use crate::web::shelf::{Text, Texts};
use crate::web::site_layout::language;
use crate::words::Lang;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use std::sync::Arc;

/// Sections shown at most.
const MOST: usize = 100;

/// What was typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

/// Where the draft speaks of it. Kept nowhere: what somebody looks for is theirs.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    typed: Query<Typed>,
) -> HttpResponse {
    let (lang, path) = language(request.path());
    let page = page(&app, lang, path, slug.into_inner(), &typed.q).await;
    page.and_then(|page| {
        let status = match page.found {
            Found::Unfit(Unfit::TooLong) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        };
        private_page(status, &page)
    })
    .unwrap_or_else(|error| error_page(&app, lang, path, &error, None))
}

async fn page(app: &App, lang: Lang, path: &str, slug: String, typed: &str) -> Result<FindPage> {
    let view = View::load(app, slug).await?;
    let found = match Wanted::read(typed) {
        Ok(wanted) => {
            let texts = Arc::clone(&view.texts);
            web::block(move || find(&texts, &wanted))
                .await
                .map_err(Error::internal)?
        }
        Err(unfit) => Found::Unfit(unfit),
    };
    let query: String = typed
        .trim()
        .chars()
        .take(crate::web::search::LONGEST)
        .collect();
    let here = serde_urlencoded::to_string([("q", &query)]).unwrap_or_default();
    let mut nav = plan_nav(&view, lang, path);
    nav.query = query;
    Ok(FindPage {
        lang,
        layout: layout(app, lang, &format!("{path}?{here}"), &view.consultation),
        slug: view.consultation.slug.clone(),
        draft_title: view.consultation.draft_title.clone(),
        nav,
        found,
    })
}

fn find(texts: &Texts, wanted: &Wanted) -> Found {
    let Some(draft) = texts.draft() else {
        return Found::Nothing;
    };
    let corpus = draft.corpus.get_or_init(|| corpus(draft, &texts.pictures));
    let (count, hits) = corpus.find(wanted, MOST);
    if count == 0 {
        return Found::Nothing;
    }
    let hits = hits.into_iter().filter_map(|hit| {
        Some(FoundSection {
            section: reference(draft, hit.section)?,
            heading: hit.heading,
            excerpt: hit.excerpt,
        })
    });
    Found::Sections {
        count,
        hits: hits.collect(),
    }
}

/// The words of each section as its page has them.
fn corpus(text: &Text, pictures: &Pictures) -> Corpus {
    let mut corpus = Corpus::default();
    let sections = text.sections.iter().enumerate();
    for (index, _) in sections.filter(|(_, section)| section.has_page()) {
        let Some(node) = text.node(index) else {
            continue;
        };
        let mut words = String::new();
        for para in own_words(node, pictures) {
            para.plain(&mut words);
            words.push(' ');
        }
        corpus.add(
            index,
            format!("{}{}", node.label, node.heading),
            words.trim_end().to_owned(),
        );
    }
    corpus
}
