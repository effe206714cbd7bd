//! `GET /privacy`.

use super::kept::kept;
use super::view::ways;
use crate::consultations::find;
use crate::web::app::App;
use crate::web::public::privacy::{Handler, PrivacyPage};
use crate::web::site_layout::layout;
use crate::words::Lang;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// How long contact details are kept, in words.
pub(super) fn kept_for(app: &App, lang: Lang) -> String {
    let months = app.config.retention_months;
    lang.pick(
        format!("到本次征求意见的决策公布后{months}个月"),
        format!("until {months} months after the decision is published"),
    )
}

/// What is done with personal data (个人信息保护法 Art. 17).
pub(super) async fn show(app: Data<App>, request: HttpRequest) -> HttpResponse {
    kept(app, request, |app, lang, path| async move {
        let mut handlers: Vec<Handler> = Vec::new();
        let now = app.clock.now();
        let all = app.database.read(move |db| find::all(db, now)).await?;
        for consultation in all {
            let known = handlers
                .iter()
                .any(|known| known.name == consultation.issuer);
            if !known && !consultation.issuer.is_empty() {
                handlers.push(Handler {
                    ways: ways(&consultation),
                    name: consultation.issuer,
                });
            }
        }
        Ok(PrivacyPage {
            lang,
            layout: layout(&app, lang, &path),
            handlers,
            contacts_kept: kept_for(&app, lang),
            record_kept: lang
                .pick("按档案管理规定保存", "as the rules on archives require")
                .to_owned(),
            log_kept: lang.pick("至少六个月", "at least six months").to_owned(),
        })
    })
    .await
}
