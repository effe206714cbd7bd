//! The fields of a posted form.

use super::app::App;
use super::turns::Turns;
use crate::error::{Error, Kind, Result};
use crate::intake::form::RawForm;
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Payload;
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::time::timeout;

const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// Field names and values as they came. A field that came twice counts once, as the first.
pub(super) struct FormData(Vec<(String, String)>);

impl FormData {
    /// Fields that were read elsewhere, in their order.
    pub(super) fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The value of a field; empty when it did not come.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// The value of a field, if it came.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let mut fields = self.0.iter();
        fields
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values of a field that may come several times, in their order.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields but some, in their order: for a page that sends them on.
    pub(super) fn without(&self, left_out: &[&str]) -> Vec<(String, String)> {
        let stays = |(name, _): &&(String, String)| !left_out.contains(&name.as_str());
        self.0.iter().filter(stays).cloned().collect()
    }

    /// What makes two forms the same: half of a SHA-256 over all fields but some.
    pub(super) fn digest(&self, left_out: &[&str]) -> [u8; 16] {
        let mut hash = Sha256::new();
        for (name, value) in &self.0 {
            if !left_out.contains(&name.as_str()) {
                // A quoted text ends where its quotes do, so no two lists of fields read the same.
                hash.update(format!("{name:?}{value:?}"));
            }
        }
        let mut half = [0; 16];
        let whole = hash.finalize();
        half.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
        half
    }

    /// The fields whose names begin with these words: what stands behind them, and the value.
    pub(super) fn names_after<'a>(
        &'a self,
        start: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let fields = self.0.iter();
        fields.filter_map(move |(key, value)| Some((key.strip_prefix(start)?, value.as_str())))
    }

    /// [`FormData::get`], owned.
    pub(super) fn take(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The fields of a submission, as the public's form and the desk's both name them.
    pub(super) fn submission(&self) -> RawForm {
        RawForm {
            section: self.take("section"),
            text: self.take("text"),
            sender_kind: self.take("sender_kind"),
            name: self.take("name"),
            organisation: self.take("organisation"),
            phone: self.take("phone"),
            email: self.take("email"),
            address: self.take("address"),
            credit_code: self.take("credit_code"),
            district: self.take("district"),
            capacity: self.take("capacity"),
            suggested: self.take("suggested"),
            consent: self.take("consent"),
            ..RawForm::default()
        }
    }

    /// Reads a body of type `application/x-www-form-urlencoded` up to the limit of the settings.
    ///
    /// # Errors
    /// `Kind::TooLarge` above the limit, `Kind::Invalid` for another type or a body cut short.
    pub(super) async fn read(app: &App, request: &HttpRequest, body: Payload) -> Result<Self> {
        let right_type = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|value| value.trim().eq_ignore_ascii_case(FORM_TYPE));
        if !right_type {
            return Err(Error::invalid(
                "提交的格式不对，请从本站页面提交",
                "the form came in a format that is not read here; send it from this site's page",
            ));
        }
        let limit = app.config.form_limit_bytes;
        let patience = Duration::from_secs(app.config.form_seconds);
        let whole = timeout(patience, body.to_bytes_limited(limit)).await;
        let bytes = whole.map_err(|_| cut_short())?.map_err(|_| {
            Error::new(
                Kind::TooLarge,
                format!("提交的内容超过 {} KB 的上限，没有保存。请删减，或改用电子邮件发送", limit / 1024),
                format!("what was sent is over the limit of {} KB and was not saved; shorten it or send it by e-mail", limit / 1024),
            )
        })?;
        let bytes = bytes.map_err(|_| cut_short())?;
        let _turn = Turns::wait(request).await;
        serde_urlencoded::from_bytes::<Vec<(String, String)>>(&bytes)
            .map(Self)
            .map_err(|cause| {
                Error::invalid(
                    "提交的内容无法识别，请从本站页面重新提交",
                    "the form could not be read; send it again from this site's page",
                )
                .caused_by(cause)
            })
    }
}

#[track_caller]
fn cut_short() -> Error {
    Error::invalid(
        "内容没有传完整，没有保存，请检查网络后重新提交",
        "the form did not arrive whole and was not saved; check the connection and send it again",
    )
}
