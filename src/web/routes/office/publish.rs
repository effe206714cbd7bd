//! `/office/c/{slug}/publish`: asks once, then publishes what became of the comments.

use crate::responses::publish::{Readiness, publish as publish_answers};
use crate::web::app::App;
use crate::web::frame::{Office, posted, shown_to_change};
use crate::web::office::confirm::Confirm;
use crate::web::office::exports::Publish;
use crate::web::office::frame::Room;
use crate::web::office::parts::Link;
use crate::web::respond::{private_page, see_other};
use crate::words::several;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;

/// Where publishing stands, as the page of exports says it.
pub(super) fn standing(office: &Office, slug: &str, readiness: Readiness) -> Publish {
    let lang = office.lang;
    let to = |href: String, words: &str| {
        Some(Link {
            href,
            words: words.to_owned(),
        })
    };
    match readiness {
        Readiness::Ready if !office.may_change() => Publish {
            words: lang.pick("征求意见已截止，每条意见均已答复，经办人员可以公布。", "The consultation has closed and each remark has its outcome; whoever works on it can publish them.").to_owned(),
            link: None,
        },
        Readiness::Ready => Publish {
            words: lang
                .pick(
                    "征求意见已截止，每条意见均已答复，可以公布。公布后，任何人都可以在网上查看采纳情况和理由，提意见的人凭回执号也可以查看。",
                    "The consultation has closed and each remark has its outcome. Once published, outcomes and reasons stand on the site and on each receipt.",
                )
                .to_owned(),
            link: to(
                office.href(&format!("/c/{slug}/publish")),
                lang.pick("公布采纳情况", "Publish the outcomes"),
            ),
        },
        Readiness::NotClosed => Publish {
            words: lang
                .pick("征求意见截止、每条意见均已答复后，可以在这里公布。", "Can be published here after the consultation has closed and each remark is answered.")
                .to_owned(),
            link: None,
        },
        Readiness::Unanswered(open) => Publish {
            words: lang.pick(
                format!("还有{open}条意见没有答复，全部答复后可以公布。"),
                format!("{} still to be answered; publishing is possible after that.", several(open, "remark")),
            ),
            link: None,
        },
        Readiness::Published => Publish {
            words: lang.pick("采纳情况已经公布。", "The outcomes are published.").to_owned(),
            link: to(
                format!("{}/c/{slug}/feedback", lang.prefix()),
                lang.pick("查看公布的页面", "See the published page"),
            ),
        },
    }
}

/// The question.
pub(super) async fn ask(app: Data<App>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    shown_to_change(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let lang = office.lang;
        let here = office.href(&format!("/c/{}/publish", consultation.slug));
        let page = Confirm {
            lang,
            layout: office.layout(),
            frame: office.frame(Room::Exports, Some(office.place(&consultation))),
            question: lang.pick("确认公布采纳情况？", "Publish the outcomes now?").to_owned(),
            consequence: lang
                .pick(
                    "公布后，任何人都可以在网上查看每条意见的采纳情况和理由，个人姓名只显示姓氏。公布后不能撤销。",
                    "Anyone will see the outcome and reason of each opinion, with names masked. It cannot be taken back.",
                )
                .to_owned(),
            action: here,
            fields: Vec::new(),
            button: lang.pick("公布采纳情况", "Publish the outcomes").to_owned(),
            back: Link {
                href: office.href(&format!("/c/{}/export", consultation.slug)),
                words: lang.pick("暂不公布", "Not yet").to_owned(),
            },
        };
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Publishes.
pub(super) async fn publish(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, _| async move {
        let consultation = office.consultation(&slug).await?;
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let address = format!("{}/c/{}/feedback", office.lang.prefix(), consultation.slug);
        office
            .app
            .database
            .write(move |db| publish_answers(db, &actor, &*clock, &consultation))
            .await?;
        office.app.known.forget(&slug);
        office.app.pages.clear();
        Ok(see_other(&address))
    })
    .await
}
