//! What stands around every office page: who is signed in, where they are, what was just done.
//!
//! Longer than 300 lines because the ways in (shown, posted, with files) share one check of who is there.

use super::app::App;
use super::assets;
use super::dates;
use super::layout::Layout;
use super::office::frame::{Flash, Frame, Place, Room};
use super::office::parts::{Count, Link};
use super::office::refusal::{Reason, Refusal};
use super::respond::{ended_page, error_page, private_page, see_other};
use super::site_layout;
use super::staff_session::SignedIn;
use super::typed::typed;
use super::upload::Upload;
use super::{form_data::FormData, guard::same_site};
use crate::clock::beijing;
use crate::consultations::find;
use crate::consultations::model::{Consultation, Stage};
use crate::error::{Error, Kind, Result};
use crate::identity::model::Role;
use crate::jobs::queue::office::any_given_up;
use crate::mailboxes::health::any_failing;
use crate::privacy::requests::find::count_waiting;
use crate::words::Lang;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::future::Future;

/// A request of somebody who is signed in.
pub(super) struct Office {
    pub(super) app: Data<App>,
    pub(super) lang: Lang,
    /// Path and query without the language prefix.
    pub(super) path: String,
    pub(super) signed_in: SignedIn,
    /// Whether mails were given up, so that every page leads to them.
    mails_given_up: bool,
    /// Whether a mailbox cannot be read.
    mailbox_failing: bool,
    /// Requests about personal data that wait.
    pub(super) requests_waiting: i64,
}

impl Office {
    /// The frame of a page in a room.
    pub(super) fn frame(&self, here: Room, place: Option<Place>) -> Frame {
        Frame {
            staff_name: self.signed_in.staff.name.clone(),
            csrf: self.signed_in.csrf.clone(),
            place,
            here,
            requests_waiting: Count(u64::try_from(self.requests_waiting).unwrap_or(0)),
            flash: None,
            mails_given_up: self.mails_given_up,
            mailbox_failing: self.mailbox_failing,
            may_change: self.may_change(),
            may_see_accounts: self.may_see_accounts(),
        }
    }

    /// Whether whoever is signed in may change anything.
    pub(super) fn may_change(&self) -> bool {
        let actor = self.signed_in.staff.actor();
        actor.must_be_able_to_change().is_ok()
    }

    /// Whether whoever is signed in may see who signed in and who changed accounts: those who look
    /// after accounts and those who examine what was done, not those who work on remarks.
    pub(super) fn may_see_accounts(&self) -> bool {
        self.signed_in.staff.role != Role::Drafter
    }

    /// The layout of an office page.
    pub(super) fn layout(&self) -> Layout {
        layout(&self.app, self.lang, &self.path)
    }

    /// The consultation a page belongs to.
    pub(super) async fn consultation(&self, slug: &str) -> Result<Consultation> {
        let (slug, now) = (slug.to_owned(), self.app.clock.now());
        self.app
            .database
            .read(move |db| find::by_slug(db, &slug, now))
            .await
    }

    /// A consultation as the head of a page names it.
    pub(super) fn place(&self, consultation: &Consultation) -> Place {
        let window = &consultation.window;
        let closes = dates::long(self.lang, window.closes_on);
        let now = self.app.clock.now();
        let left = self.days(consultation);
        let words = match consultation.stage(now) {
            Stage::Coming => self.lang.pick(
                format!(
                    "{}开始征求意见，{left}",
                    dates::long(self.lang, window.opens_on)
                ),
                format!(
                    "Opens on {}; {left}",
                    dates::long(self.lang, window.opens_on)
                ),
            ),
            Stage::Open => self.lang.pick(
                format!("征求意见至{closes}，{left}"),
                format!("Open until {closes}; {left}"),
            ),
            Stage::Closed | Stage::Answered => self.lang.pick(
                format!("征求意见已于{closes}截止"),
                format!("Closed at the end of {closes}"),
            ),
        };
        Place {
            slug: consultation.slug.clone(),
            title: consultation.draft_title.clone(),
            window: words,
        }
    }

    /// How long a consultation still runs, or how long until it opens; empty when it has closed.
    pub(super) fn days(&self, consultation: &Consultation) -> String {
        let now = self.app.clock.now();
        let today = now.to_zoned(beijing()).date();
        let window = &consultation.window;
        let whole = |days: i64| u32::try_from(days).unwrap_or(0);
        match consultation.stage(now) {
            Stage::Open => dates::left(self.lang, whole(window.days_left(today) - 1)),
            Stage::Coming => {
                let until = window
                    .opens_on
                    .since(today)
                    .map_or(0, |span| i64::from(span.get_days()));
                dates::until_opening(self.lang, whole(until))
            }
            Stage::Closed | Stage::Answered => String::new(),
        }
    }

    /// An address of the office in the page's language.
    pub(super) fn href(&self, below: &str) -> String {
        format!("{}/office{below}", self.lang.prefix())
    }

    fn refuse(&self, error: &Error, typed: Option<String>) -> HttpResponse {
        let reason = match error.kind() {
            Kind::Forbidden => Reason::Forbidden,
            Kind::NotFound => Reason::NotFound,
            Kind::Conflict => Reason::Conflict,
            _ => return error_page(&self.app, self.lang, &self.path, error, typed),
        };
        self.refusal_with(reason, error.message(self.lang), typed)
    }

    /// The page for something the office cannot have, with a line of its own.
    pub(super) fn refusal(&self, reason: Reason, detail: &str) -> HttpResponse {
        self.refusal_with(reason, detail, None)
    }

    fn refusal_with(&self, reason: Reason, detail: &str, typed: Option<String>) -> HttpResponse {
        let status = StatusCode::from_u16(reason.status()).unwrap_or(StatusCode::FORBIDDEN);
        let page = Refusal {
            lang: self.lang,
            layout: self.layout(),
            frame: self.frame(Room::Elsewhere, None),
            reason,
            detail: detail.to_owned(),
            typed,
            back: Link {
                href: self.href(""),
                words: self
                    .lang
                    .pick("回到征求意见列表", "Back to the consultations")
                    .to_owned(),
            },
        };
        private_page(status, &page)
            .unwrap_or_else(|error| error_page(&self.app, self.lang, &self.path, &error, None))
    }
}

/// The layout of an office page, also before anybody is signed in.
pub(super) fn layout(app: &App, lang: Lang, path: &str) -> Layout {
    Layout {
        stylesheets: assets::office_sheets(),
        ..site_layout::layout(app, lang, path)
    }
}

/// A sentence about what was just done.
pub(super) fn flash(words: &str) -> Option<Flash> {
    Some(Flash {
        words: words.to_owned(),
        link: None,
    })
}

/// Why a request does not come in.
enum Away {
    /// Nobody is signed in; the address of the page where that is done.
    SignIn(String),
    /// Who it is could not be found out.
    Fault(Error),
}

impl Away {
    /// The answer to a request for a page.
    fn answer(self, app: &App, request: &HttpRequest) -> HttpResponse {
        match self {
            Self::SignIn(address) => see_other(&address),
            Self::Fault(error) => {
                let (lang, path) = site_layout::language(request.path());
                error_page(app, lang, path, &error, None)
            }
        }
    }

    /// The answer to a form: what was typed is given back, whatever became of the session.
    async fn answer_form(self, app: &App, request: &HttpRequest, body: Payload) -> HttpResponse {
        let (lang, path) = site_layout::language(request.path());
        let sent = match same_site(app, request) {
            Ok(()) => FormData::read(app, request, body).await,
            Err(error) => return error_page(app, lang, path, &error, None),
        };
        let typed = sent.ok().and_then(|form| typed(&form, lang));
        match (self, typed) {
            (Self::SignIn(address), None) => see_other(&address),
            (Self::SignIn(address), Some(typed)) => ended_page(app, lang, path, typed, address),
            (Self::Fault(error), typed) => error_page(app, lang, path, &error, typed),
        }
    }
}

async fn enter(app: &Data<App>, request: &HttpRequest) -> std::result::Result<Office, Away> {
    let (lang, path) = site_layout::language(request.path());
    let path = match request.query_string() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    };
    let set = app.config.mailboxes.iter();
    let mailboxes: Vec<String> = set.map(|mailbox| mailbox.name.clone()).collect();
    let signed_in = match SignedIn::of(app, request).await {
        Ok(Some(signed_in)) => app
            .database
            .read(move |db| {
                Ok((
                    any_given_up(db)?,
                    any_failing(db, &mailboxes)?,
                    count_waiting(db)?,
                ))
            })
            .await
            .map(|waiting| Some((signed_in, waiting))),
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    if let Ok(Some((signed_in, _))) = &signed_in
        && signed_in.staff.must_change_password
        && !opens_before_the_change(&path)
    {
        let next = next_of(request, &path);
        let prefix = lang.prefix();
        return Err(Away::SignIn(format!("{prefix}/office/password?{next}")));
    }
    match signed_in {
        Ok(Some((signed_in, (mails_given_up, mailbox_failing, requests_waiting)))) => Ok(Office {
            mails_given_up,
            mailbox_failing,
            requests_waiting,
            app: app.clone(),
            lang,
            path,
            signed_in,
        }),
        Ok(None) => {
            let had_one = request
                .headers()
                .contains_key(actix_web::http::header::COOKIE);
            let why = if had_one { "&ended=1" } else { "" };
            let next = next_of(request, &path);
            Err(Away::SignIn(format!(
                "{}/office/sign-in?{next}{why}",
                lang.prefix()
            )))
        }
        Err(error) => Err(Away::Fault(error)),
    }
}

/// What somebody whose first password is to be changed can reach.
fn opens_before_the_change(path: &str) -> bool {
    let alone = path.split('?').next().unwrap_or(path);
    ["/office/password", "/office/sign-out"].contains(&alone)
}

/// The query that leads back to where a person wanted to go.
fn next_of(request: &HttpRequest, path: &str) -> String {
    let back = if request.method() == Method::GET {
        path.to_owned()
    } else {
        page_of(path)
    };
    serde_urlencoded::to_string([("next", &back)]).unwrap_or_default()
}

/// The page whose form is sent to an address: where a person comes back to who signed in anew.
fn page_of(path: &str) -> String {
    if path.ends_with("/submissions") {
        return format!("{path}/new");
    }
    if let Some((page, _)) = path.split_once("/wall/") {
        return format!("{page}/wall");
    }
    [
        "/outcome",
        "/section",
        "/contact",
        "/decide",
        "/assign",
        "/remarks",
        "/edits",
        "/discard",
        "/withdraw",
        "/retry",
    ]
    .into_iter()
    .find_map(|end| path.strip_suffix(end))
    .unwrap_or(path)
    .to_owned()
}

/// Shows a page to somebody who is signed in; sends others to sign in first.
pub(super) async fn shown<F, Fut>(app: Data<App>, request: HttpRequest, make: F) -> HttpResponse
where
    F: FnOnce(std::rc::Rc<Office>) -> Fut,
    Fut: Future<Output = Result<HttpResponse>>,
{
    let office = match enter(&app, &request).await {
        Ok(office) => std::rc::Rc::new(office),
        Err(away) => return away.answer(&app, &request),
    };
    match make(std::rc::Rc::clone(&office)).await {
        Ok(response) => response,
        Err(error) => office.refuse(&error, None),
    }
}

/// [`shown`] for pages that are nothing but a form: who may only look is told so at once, not when
/// the form is filled in.
pub(super) async fn shown_to_change<F, Fut>(
    app: Data<App>,
    request: HttpRequest,
    make: F,
) -> HttpResponse
where
    F: FnOnce(std::rc::Rc<Office>) -> Fut,
    Fut: Future<Output = Result<HttpResponse>>,
{
    shown(app, request, |office| async move {
        office.signed_in.staff.actor().must_be_able_to_change()?;
        make(office).await
    })
    .await
}

/// Takes a form from somebody who is signed in, once it is sure that our own page sent it.
pub(super) async fn posted<F, Fut>(
    app: Data<App>,
    request: HttpRequest,
    body: Payload,
    act: F,
) -> HttpResponse
where
    F: FnOnce(std::rc::Rc<Office>, FormData) -> Fut,
    Fut: Future<Output = Result<HttpResponse>>,
{
    let office = match enter(&app, &request).await {
        Ok(office) => std::rc::Rc::new(office),
        Err(away) => return away.answer_form(&app, &request, body).await,
    };
    let form = match same_site(&app, &request) {
        Ok(()) => FormData::read(&app, &request, body).await,
        Err(error) => Err(error),
    };
    let form = match form {
        Ok(form) => form,
        Err(error) => return office.refuse(&error, None),
    };
    let typed = typed(&form, office.lang);
    let answer = match office.signed_in.check_csrf(form.get("csrf")) {
        Ok(()) => act(std::rc::Rc::clone(&office), form).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| office.refuse(&error, typed))
}

/// The same for a form with files.
pub(super) async fn uploaded<F, Fut>(
    app: Data<App>,
    request: HttpRequest,
    body: Payload,
    act: F,
) -> HttpResponse
where
    F: FnOnce(std::rc::Rc<Office>, Result<Upload>) -> Fut,
    Fut: Future<Output = Result<HttpResponse>>,
{
    let office = match enter(&app, &request).await {
        Ok(office) => std::rc::Rc::new(office),
        Err(away) => return away.answer(&app, &request),
    };
    let answer = match same_site(&app, &request) {
        Ok(()) => match Upload::read(&app, &request, body).await {
            Ok(upload) => match office.signed_in.check_csrf(upload.fields.get("csrf")) {
                Ok(()) => act(std::rc::Rc::clone(&office), Ok(upload)).await,
                Err(error) => Err(error),
            },
            // Too large or cut short: nothing was kept, and the page says so beside the field.
            Err(error) => act(std::rc::Rc::clone(&office), Err(error)).await,
        },
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| office.refuse(&error, None))
}
