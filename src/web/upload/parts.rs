//! The parts of a form with files, one after the other as they arrive (`multipart/form-data`,
//! RFC 7578). A file goes to the disk as it arrives, never more of it than its limit.

use super::spool::Spooled;
use super::transit::Transit;
use crate::error::{Error, Kind, Result};
use crate::web::app::App;
use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::{Bytes, Payload};
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// What stands around the files: boundaries, headers, the other fields.
const AROUND: usize = 2 * 1024 * 1024;
/// Bytes a second that a sender must keep up with after the first piece's time: a slow mobile network
/// does, somebody who drips does not.
const LEAST_RATE: usize = 4096;

/// How much a form may bring.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Limits {
    /// Of one file, in bytes.
    pub(in crate::web) file_bytes: usize,
    /// Of all files together, in bytes.
    pub(in crate::web) total_bytes: usize,
    /// Of the values of all fields that are no files, in bytes.
    pub(in crate::web) value_bytes: usize,
    /// Parts at most, files among them.
    pub(in crate::web) parts: usize,
    /// How long each piece is waited for, and how far behind the least rate the whole may be.
    pub(in crate::web) patience: Duration,
    /// How long the whole may take.
    pub(in crate::web) whole: Duration,
}

/// One part.
pub(in crate::web) enum Part {
    Value {
        name: String,
        value: String,
    },
    /// A file that was chosen.
    File {
        /// The last part of the path, without control characters.
        name: String,
        file: Spooled,
    },
    /// A file that was not let in, with the reason: its bytes were read over and not kept.
    Refused(Error),
    /// A file over the limit: its bytes were read over, what follows it can be read.
    TooLarge {
        name: String,
    },
}

/// A form that is being read.
pub(in crate::web) struct Parts {
    parts: Multipart,
    limits: Limits,
    left: usize,
    values_left: usize,
    count: usize,
    transit: Transit,
    client: Option<IpAddr>,
    begun: Instant,
    received: usize,
}

impl Parts {
    /// Begins to read; nothing is read yet.
    ///
    /// # Errors
    /// `Kind::Invalid` for another content type, `Kind::TooLarge` for a body that says itself that
    /// it is over the limit.
    pub(in crate::web) fn of(
        app: &App,
        request: &HttpRequest,
        body: Payload,
        limits: Limits,
    ) -> Result<Self> {
        let left = limits.total_bytes.saturating_add(AROUND);
        if declared(request).is_some_and(|length| length > left) {
            return Err(too_much(limits.total_bytes));
        }
        if !is_form_with_files(request) {
            return Err(unreadable());
        }
        Ok(Self {
            parts: Multipart::new(request.headers(), body),
            limits,
            left,
            values_left: limits.value_bytes,
            count: 0,
            transit: app.transit.clone(),
            client: app.guardrails.client(request),
            begun: Instant::now(),
            received: 0,
        })
    }

    /// The next part; `None` at the end. A field in which no file was chosen is left out.
    ///
    /// # Errors
    /// `Kind::TooLarge` when the whole is over the limit, `Kind::Invalid` for a body that is cut
    /// short or no form. Nothing can be read after an error.
    ///
    /// `admit` is asked for each file by its name before it is kept.
    pub(in crate::web) async fn next(
        &mut self,
        admit: &mut impl FnMut(&str) -> Result<()>,
    ) -> Result<Option<Part>> {
        while let Some(mut part) = self.advance().await? {
            self.count += 1;
            if self.count > self.limits.parts {
                return Err(unreadable());
            }
            let disposition = part.content_disposition();
            let said = |value: Option<&str>| value.unwrap_or_default().to_owned();
            let field = said(disposition.and_then(|one| one.get_name()));
            let file = disposition.and_then(|one| one.get_filename());
            let Some(name) = file.map(plain_name) else {
                let left = self.values_left;
                let value = self.whole(&mut part, left).await?;
                let value = value.ok_or_else(|| too_long(&field, self.limits.value_bytes))?;
                self.values_left = left.saturating_sub(value.len());
                let value = String::from_utf8_lossy(&value).into_owned();
                return Ok(Some(Part::Value { name: field, value }));
            };
            match self.file(&mut part, &name, admit).await? {
                Came::TooLarge => return Ok(Some(Part::TooLarge { name })),
                Came::Refused(error) => return Ok(Some(Part::Refused(error))),
                Came::Whole(file) if name.is_empty() && file.len() == 0 => {}
                Came::Whole(file) => return Ok(Some(Part::File { name, file })),
            }
        }
        Ok(None)
    }

    async fn advance(&mut self) -> Result<Option<Field>> {
        let parts = &mut self.parts;
        let next =
            poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut *parts), context));
        let next = timeout(left(self.limits, self.begun, self.received), next).await;
        next.map_err(|_| unreadable())?
            .transpose()
            .map_err(|_| unreadable())
    }

    /// The next piece of a part.
    async fn chunk(&mut self, part: &mut Field) -> Result<Option<Bytes>> {
        let patience = left(self.limits, self.begun, self.received);
        let chunk = chunk(part, patience).await?;
        let length = chunk.as_ref().map_or(0, Bytes::len);
        self.received += length;
        let left = self.left.checked_sub(length);
        self.left = left.ok_or_else(|| too_much(self.limits.total_bytes))?;
        Ok(chunk)
    }

    /// A file, on the disk. One that is refused is read over, so that what follows it is not lost.
    async fn file(
        &mut self,
        part: &mut Field,
        name: &str,
        admit: &mut impl FnMut(&str) -> Result<()>,
    ) -> Result<Came> {
        let begun = Spooled::begin(&self.transit, self.client).await;
        let mut came = begun.map_or_else(Came::Refused, Came::Whole);
        let mut asked = false;
        while let Some(chunk) = self.chunk(part).await? {
            let mut file = match came {
                Came::Whole(file) => file,
                lost => {
                    came = lost;
                    continue;
                }
            };
            let first = !std::mem::replace(&mut asked, true);
            came = if file.len() + chunk.len() > self.limits.file_bytes {
                Came::TooLarge
            } else if first && let Err(error) = admit(name) {
                Came::Refused(error)
            } else {
                match file.push(&chunk).await {
                    Ok(()) => Came::Whole(file),
                    Err(error) => Came::Refused(error),
                }
            };
        }
        Ok(came)
    }

    /// All bytes of a part; `None` when they are over its limit.
    async fn whole(&mut self, part: &mut Field, limit: usize) -> Result<Option<Vec<u8>>> {
        let mut kept = Some(Vec::new());
        while let Some(chunk) = self.chunk(part).await? {
            kept = kept
                .filter(|kept: &Vec<u8>| kept.len() + chunk.len() <= limit)
                .map(|mut kept| {
                    kept.extend_from_slice(&chunk);
                    kept
                });
        }
        Ok(kept)
    }
}

/// What became of a file.
enum Came {
    Whole(Spooled),
    TooLarge,
    Refused(Error),
}

/// How long the next piece is waited for: the piece's own time, what is left for the whole, and what
/// the bytes that came have earned by the least rate, whichever is least.
fn left(limits: Limits, begun: Instant, received: usize) -> Duration {
    let earned = u64::try_from(received / LEAST_RATE).unwrap_or(u64::MAX);
    let until = limits
        .patience
        .saturating_add(Duration::from_secs(earned))
        .min(limits.whole);
    until.saturating_sub(begun.elapsed()).min(limits.patience)
}

async fn chunk(part: &mut Field, patience: Duration) -> Result<Option<Bytes>> {
    let next = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut *part), context));
    let next = timeout(patience, next).await;
    next.map_err(|_| unreadable())?
        .transpose()
        .map_err(|_| unreadable())
}

/// Whether the request says that it is such a form.
pub(super) fn is_form_with_files(request: &HttpRequest) -> bool {
    let said = request.headers().get(header::CONTENT_TYPE);
    said.and_then(|said| said.to_str().ok())
        .and_then(|said| said.split(';').next())
        .is_some_and(|said| said.trim().eq_ignore_ascii_case("multipart/form-data"))
}

fn declared(request: &HttpRequest) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.trim().parse().ok()
}

/// The name without the folders that some browsers send along.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn too_much(limit: usize) -> Error {
    let mib = limit.div_ceil(1024 * 1024);
    Error::new(
        Kind::TooLarge,
        format!("文件加起来超过{mib} MB的上限，没有保存。请缩小照片、少选几个，或改用电子邮件发送"),
        format!(
            "the files together are over the limit of {mib} MB and were not kept; make pictures smaller, choose fewer, or send them by e-mail"
        ),
    )
}

fn too_long(field: &str, limit: usize) -> Error {
    let kib = limit / 1024;
    Error::new(
        Kind::TooLarge,
        format!("“{field}”一栏超过{kib} KB的上限，没有保存。请删减"),
        format!("the field “{field}” is over the limit of {kib} KB and was not kept; shorten it"),
    )
}

pub(super) fn unreadable() -> Error {
    Error::invalid(
        "文件没有传完整或格式不对，没有保存。请检查网络后重新选择文件提交",
        "the files did not arrive whole and were not kept; check the connection, choose them again and send",
    )
}
