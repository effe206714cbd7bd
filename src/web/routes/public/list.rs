//! `GET /`.

use super::kept::kept;
use super::view::{days, stage};
use crate::consultations::find;
use crate::consultations::model::Consultation;
use crate::web::app::App;
use crate::web::public::list::{ListItem, ListPage};
use crate::web::public::stage::Stage;
use crate::web::site_layout::layout;
use crate::words::Lang;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

/// All consultations in four groups.
pub(in crate::web) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let now = app.clock.now();
        let all = app.database.read(move |db| find::all(db, now)).await?;
        let mut page = ListPage {
            lang,
            layout: layout(&app, lang, &path),
            open: Vec::new(),
            coming: Vec::new(),
            closed: Vec::new(),
            answered: Vec::new(),
        };
        for consultation in all {
            let group = match stage(&consultation, now) {
                Stage::Open => &mut page.open,
                Stage::Coming => &mut page.coming,
                Stage::Closed => &mut page.closed,
                Stage::Answered => &mut page.answered,
            };
            group.push(item(consultation, now, lang));
        }
        // Loaded with the last to close first; whoever can still comment wants the next to close.
        page.open.reverse();
        page.coming.reverse();
        Ok(page)
    })
    .await
}

fn item(consultation: Consultation, now: Timestamp, lang: Lang) -> ListItem {
    let words = days(&consultation, now, lang);
    ListItem {
        slug: consultation.slug,
        title: consultation.draft_title,
        office: consultation.issuer,
        opens: words.opens,
        closes: words.closes,
        left: words.left,
    }
}
