//! `GET /c/{slug}/paper`.

use super::kept::kept;
use super::privacy::kept_for;
use super::view::{Days, days, layout, ways};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::error::Result;
use crate::web::app::App;
use crate::web::layout::Layout;
use crate::web::public::paper::PaperPage;
use crate::web::qr;
use crate::words::Lang;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// The form to be filled in by hand.
pub(super) async fn show(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let (slug, now) = (slug.into_inner(), app.clock.now());
        let read = app.database.read(move |db| find::by_slug(db, &slug, now));
        page(&app, &read.await?, lang, &path)
    })
    .await
}

fn page(app: &App, consultation: &Consultation, lang: Lang, path: &str) -> Result<PaperPage> {
    let Days { opens, closes, .. } = days(consultation, app.clock.now(), lang);
    let base = format!("{}{}/c/", app.config.public_url, lang.prefix());
    let address = format!("{base}{}", consultation.slug);
    let title = lang.pick(
        "用手机扫一扫，看征求意见稿、在网上提意见",
        "Scan to read the draft and comment online",
    );
    Ok(PaperPage {
        lang,
        layout: Layout {
            // The sheet names its address beside the code.
            origin: String::new(),
            ..layout(app, lang, path, consultation)
        },
        slug: consultation.slug.clone(),
        draft_title: consultation.draft_title.clone(),
        office: consultation.issuer.clone(),
        opens,
        closes,
        ways: ways(consultation),
        kept_for: kept_for(app, lang),
        qr: qr::svg(&address, "paper-qr", title)?,
        address,
        look_up: format!("{}{}/r", app.config.public_url, lang.prefix()),
    })
}
