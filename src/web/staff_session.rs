//! Who is signed in, from the cookie; and the token that ties the office's forms to the session.

use super::app::App;
use super::limits::{DEVICE_KNOWN_FOR, Device};
use crate::error::{Error, Kind, Result};
use crate::identity::model::Staff;
use crate::identity::session::{self, Limits};
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use jiff::SignedDuration;
use subtle::ConstantTimeEq;

/// A signed-in member of staff and the session's token.
pub(super) struct SignedIn {
    pub(super) staff: Staff,
    pub(super) token: String,
    /// Goes into the hidden field `csrf` of each form.
    pub(super) csrf: String,
}

/// With the `__Host-` prefix a browser takes the cookie only over TLS, for this host alone.
fn cookie_name(app: &App) -> &'static str {
    if app.is_secure() {
        "__Host-jianyan-office"
    } else {
        "jianyan-office"
    }
}

impl SignedIn {
    /// The member of staff whose cookie came with a request; `None` when nobody is signed in.
    pub(super) async fn of(app: &App, request: &HttpRequest) -> Result<Option<Self>> {
        let Some(cookie) = request.cookie(cookie_name(app)) else {
            return Ok(None);
        };
        let token = cookie.value().to_owned();
        let limits = Limits {
            idle: SignedDuration::from_mins(app.config.session_idle_minutes),
            whole: SignedDuration::from_hours(app.config.session_hours),
        };
        let staff = session::check(&app.database, limits, &token, app.clock.now()).await?;
        staff
            .map(|staff| {
                let csrf = app.vault.session().keyed_hash(&["csrf", &token])?;
                Ok(Self { staff, token, csrf })
            })
            .transpose()
    }

    /// Checks the token that came with a form.
    pub(super) fn check_csrf(&self, sent: &str) -> Result<()> {
        if bool::from(self.csrf.as_bytes().ct_eq(sent.as_bytes())) {
            return Ok(());
        }
        Err(Error::new(
            Kind::Forbidden,
            "页面已过期，内容没有保存。请返回上一页刷新后再保存",
            "the page is out of date and nothing was saved; go back, reload it and save again",
        ))
    }
}

/// The cookie of a new session.
pub(super) fn cookie(app: &App, token: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(app), token.to_owned())
        .path("/")
        .http_only(true)
        .secure(app.is_secure())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::hours(app.config.session_hours))
        .finish()
}

fn device_cookie_name(app: &App) -> &'static str {
    if app.is_secure() {
        "__Host-jianyan-device"
    } else {
        "jianyan-device"
    }
}

/// The device a request comes from, when somebody signed in on it before.
pub(super) fn device(app: &App, request: &HttpRequest) -> Option<Device> {
    let cookie = request.cookie(device_cookie_name(app))?;
    Device::read(&app.vault, cookie.value(), app.clock.now())
}

/// The cookie that remembers a device on which somebody has just signed in.
pub(super) fn device_cookie(app: &App, login: &str) -> Result<Cookie<'static>> {
    let value = Device::remember(&app.vault, login, app.clock.now())?;
    Ok(Cookie::build(device_cookie_name(app), value)
        .path("/")
        .http_only(true)
        .secure(app.is_secure())
        .same_site(SameSite::Strict)
        .max_age(time::Duration::seconds(DEVICE_KNOWN_FOR.as_secs()))
        .finish())
}

/// The cookie that takes the session's away.
pub(super) fn no_cookie(app: &App) -> Cookie<'static> {
    let mut gone = cookie(app, "");
    gone.make_removal();
    gone
}
