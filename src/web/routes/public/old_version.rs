//! `GET /c/{slug}/v/{number}/draft` and `…/s/{section}`: a version as it was published, and where its
//! texts are now.

use super::changes::no_such_version;
use super::document::page as document_page;
use super::kept::{kept, kept_for_reading};
use super::moved::links_since;
use super::texts::own_words;
use super::view::{View, layout};
use crate::documents::compare::{Link, Resolved, resolve};
use crate::web::app::App;
use crate::web::public::old_section::{OldSectionPage, Went};
use crate::web::shelf::Text;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// The whole text of a version.
pub(super) async fn draft(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, i32)>,
) -> HttpResponse {
    kept_for_reading(app, request, |app, lang, path| async move {
        let (slug, number) = at.into_inner();
        let view = View::of_version(&app, slug, number).await?;
        let text = view.draft().ok_or_else(no_such_version)?;
        let mut page = document_page(&app, &view, text, lang, &path);
        if number != view.consultation.version {
            page.older = Some(number);
            page.nav.texts.clear();
            page.nav.find = false;
            page.nav.revised = None;
            for block in &mut page.blocks {
                block.commentable = false;
            }
        }
        Ok(page)
    })
    .await
}

/// One section of a version.
pub(super) async fn section(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, i32, String)>,
) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let (slug, number, anchor) = at.into_inner();
        let view = View::of_version(&app, slug, number).await?;
        let links = links_since(&app, &view.consultation, number).await?;
        let now = View::of(&app, view.consultation.clone(), view.consultation.version).await?;
        let old = view.draft().ok_or_else(no_such_version)?;
        let index = old.find(&anchor).ok_or_else(no_such_version)?;
        let node = old.node(index).ok_or_else(no_such_version)?;
        Ok(OldSectionPage {
            lang,
            layout: layout(&app, lang, &path, &view.consultation),
            slug: view.consultation.slug.clone(),
            draft_title: old.document.title.clone(),
            number,
            label: node.label.clone(),
            heading: node.heading.clone(),
            paragraphs: own_words(node, &view.texts.pictures),
            went: went(&view, &now, &links, &anchor, lang),
        })
    })
    .await
}

fn went(old: &View, now: &View, links: &[Link], anchor: &str, lang: Lang) -> Went {
    let base = old.base(lang);
    let Some(draft) = now.draft() else {
        return Went::Gone(None);
    };
    let named = |anchor: &str| name(draft, anchor).map(|name| (name, format!("{base}/s/{anchor}")));
    let change = |to: &str| {
        let mut found = links.iter();
        let link = found
            .find(|link| link.from.as_deref() == Some(anchor) && link.to.as_deref() == Some(to));
        link.map_or(String::new(), |link| link.word(lang).to_owned())
    };
    match resolve(links, anchor) {
        Resolved::Found { anchor, others, .. } => Went::To(
            std::iter::once(anchor)
                .chain(others)
                .filter_map(|to| named(&to).map(|(name, href)| (name, href, change(&to))))
                .collect(),
        ),
        Resolved::Gone { nearest } => Went::Gone(nearest.as_deref().and_then(named)),
        // The version that is published now has no links to itself.
        Resolved::Unknown => named(anchor).map_or(Went::Gone(None), |(name, href)| {
            Went::To(vec![(name, href, String::new())])
        }),
    }
}

fn name(draft: &Text, anchor: &str) -> Option<String> {
    let node = draft.node(draft.find(anchor)?)?;
    Some(format!("{}{}", node.label, node.heading))
}
