//! `/office/c/{slug}/wall`: the switch of the public wall, and what is shown on it.

use crate::consultations::model::Consultation;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::wall::choose::choose as choose_remark;
use crate::wall::find::{page as load_page, shown as count_shown};
use crate::wall::model::{Page, Posted, Which};
use crate::wall::switch::turn;
use crate::web::app::App;
use crate::web::dates;
use crate::web::form_data::FormData;
use crate::web::frame::{Office, posted, shown};
use crate::web::office::frame::Room;
use crate::web::office::parts::{Count, Link};
use crate::web::office::wall::{Row, WallPage};
use crate::web::respond::{private_page, see_other};
use crate::web::routes::public::{forget_wall, said_on_wall};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Remarks on one page.
const ON_A_PAGE: usize = 50;

/// Which remarks the address asks for.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// `shown`, `hidden`, or empty for all.
    which: String,
    after: String,
}

impl Wanted {
    fn which(&self) -> Which {
        match self.which.as_str() {
            "shown" => Which::Shown,
            "hidden" => Which::Hidden,
            _ => Which::All,
        }
    }

    /// The same as the end of an address; the words of nobody else get into it.
    fn query(which: Which, after: Option<&str>) -> String {
        let which = match which {
            Which::All => "",
            Which::Shown => "shown",
            Which::Hidden => "hidden",
        };
        match after.filter(|after| crate::ids::is_id(after)) {
            Some(after) => format!("?which={which}&after={after}"),
            None => format!("?which={which}"),
        }
    }
}

/// The switch, and the remarks to choose from.
pub(super) async fn show(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> HttpResponse {
    shown(app, request, |office| async move {
        let consultation = office.consultation(&slug).await?;
        let (page, count) = load(&office, &consultation, &wanted).await?;
        let page = fill(&office, &consultation, &wanted, &page, count);
        private_page(StatusCode::OK, &page)
    })
    .await
}

/// Turns the wall on or off.
pub(super) async fn switch(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let consultation = office.consultation(&slug).await?;
        let on = yes_or_no(&form, "open", "close")?;
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let back = office.href(&format!("/c/{}/wall", consultation.slug));
        office
            .app
            .database
            .write(move |db| turn(db, &actor, &*clock, &consultation, on))
            .await?;
        office.app.pages.clear();
        Ok(see_other(&back))
    })
    .await
}

/// Shows one remark, or hides it again.
pub(super) async fn choose(
    app: Data<App>,
    request: HttpRequest,
    at: Path<(String, String)>,
    body: Payload,
) -> HttpResponse {
    posted(app, request, body, |office, form| async move {
        let (slug, id) = at.into_inner();
        let consultation = office.consultation(&slug).await?;
        let show = yes_or_no(&form, "show", "hide")?;
        let (actor, clock) = (
            office.signed_in.staff.actor(),
            Arc::clone(&office.app.clock),
        );
        let back = back_to(&office, &slug, &form, &id);
        office
            .app
            .database
            .write(move |db| choose_remark(db, &actor, &*clock, &consultation, &id, show))
            .await?;
        forget_wall(&office.app, &slug);
        Ok(see_other(&back))
    })
    .await
}

/// The page that the remark was chosen on, at that remark.
fn back_to(office: &Office, slug: &str, form: &FormData, id: &str) -> String {
    let wanted: Wanted = serde_urlencoded::from_str(form.get("back")).unwrap_or_default();
    let query = Wanted::query(wanted.which(), Some(&wanted.after));
    office.href(&format!("/c/{slug}/wall{query}#r-{id}"))
}

fn yes_or_no(form: &FormData, yes: &str, no: &str) -> Result<bool> {
    match form.get("go") {
        go if go == yes => Ok(true),
        go if go == no => Ok(false),
        _ => Err(Error::invalid(
            "请用页面上的按钮操作",
            "use the buttons of the page",
        )),
    }
}

async fn load(
    office: &Office,
    consultation: &Consultation,
    wanted: &Wanted,
) -> Result<(Page, i64)> {
    let (held, vault, wanted) = (
        consultation.clone(),
        office.app.vault.clone(),
        wanted.clone(),
    );
    let work = move |db: &mut Db| {
        let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
        let page = load_page(db, &vault, &held, wanted.which(), after, ON_A_PAGE)?;
        Ok((page, count_shown(db, &held.id)?))
    };
    office.app.database.read(work).await
}

fn fill(
    office: &Office,
    consultation: &Consultation,
    wanted: &Wanted,
    page: &Page,
    count: i64,
) -> WallPage {
    let (lang, place) = (office.lang, office.place(consultation));
    let inside = office.href(&format!("/c/{}", consultation.slug));
    let href = |which, after| format!("{inside}/wall{}", Wanted::query(which, after));
    let filters = [
        (Which::All, lang.pick("全部意见", "All remarks")),
        (Which::Shown, lang.pick("已公开的", "Shown")),
        (Which::Hidden, lang.pick("没有公开的", "Not shown")),
    ];
    let filters = filters.map(|(which, words)| {
        let link = Link {
            href: href(which, None),
            words: words.to_owned(),
        };
        (link, which == wanted.which())
    });
    let last = page.posted.last().filter(|_| page.has_more);
    let is_further = !wanted.after.is_empty();
    WallPage {
        lang,
        layout: office.layout(),
        frame: office.frame(Room::Wall, Some(place.clone())),
        place,
        is_on: consultation.wall_opened_at.is_some(),
        shown: Count(u64::try_from(count).unwrap_or(0)),
        filters: filters.into(),
        rows: page
            .posted
            .iter()
            .map(|one| row(office, consultation, one, &inside))
            .collect(),
        back: serde_urlencoded::to_string(wanted).unwrap_or_default(),
        newest: is_further.then(|| href(wanted.which(), None)),
        older: last.map(|last| href(wanted.which(), Some(&last.id))),
    }
}

fn row(office: &Office, consultation: &Consultation, one: &Posted, inside: &str) -> Row {
    Row {
        id: one.id.clone(),
        said: said_on_wall(one, consultation.version, office.lang),
        sender: one.sender.clone(),
        received: dates::moment_short(one.received_at),
        is_shown: one.is_shown,
        href: format!("{inside}/remarks/{}", one.id),
    }
}
