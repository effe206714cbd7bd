//! `GET /privacy`.

use super::kept::kept;
use crate::web::app::App;
use crate::web::public::privacy::PrivacyPage;
use crate::web::public::ways::Ways;
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
        Ok(PrivacyPage {
            lang,
            layout: layout(&app, lang, &path),
            handler: app.config.site_name.clone(),
            ways: Ways::default(),
            contacts_kept: kept_for(&app, lang),
            record_kept: lang
                .pick("按档案管理规定保存", "as the rules on archives require")
                .to_owned(),
            log_kept: lang.pick("至少六个月", "at least six months").to_owned(),
            in_force: crate::web::dates::plain(lang, IN_FORCE),
        })
    })
    .await
}

/// The day on which this wording was first published.
const IN_FORCE: jiff::civil::Date = jiff::civil::date(2026, 11, 22);
