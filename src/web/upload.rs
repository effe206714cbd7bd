//! Files that come with a form (`multipart/form-data`, RFC 7578).

use super::app::App;
use super::form_data::FormData;
use crate::error::{Error, Kind, Result};
use crate::imports::start::{File, MOST_FILES};
use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::web::Payload;
use std::future::poll_fn;
use std::pin::Pin;

/// Longest value of a field that is no file, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;
/// Fields at most, files among them.
const MOST_FIELDS: usize = 64;

/// A form with files.
pub(super) struct Upload {
    pub(super) fields: FormData,
    /// In the order of the form; a field in which no file was chosen is left out.
    pub(super) files: Vec<File>,
}

impl Upload {
    /// Reads a form with files, each up to the limit of the settings.
    ///
    /// # Errors
    /// `Kind::TooLarge` above a limit, `Kind::Invalid` for another type or a body cut short.
    pub(super) async fn read(app: &App, request: &HttpRequest, body: Payload) -> Result<Self> {
        let mut parts = Multipart::new(request.headers(), body);
        let limit = app.config.plan_limit_bytes;
        let mut fields = Vec::new();
        let mut files: Vec<File> = Vec::new();
        let mut left = limit.saturating_mul(2);
        while let Some(mut part) = next_part(&mut parts).await? {
            let disposition = part.content_disposition();
            let name = disposition
                .and_then(|one| one.get_name())
                .unwrap_or_default()
                .to_owned();
            let file = disposition
                .and_then(|one| one.get_filename())
                .map(plain_name);
            if fields.len().saturating_add(files.len()) >= MOST_FIELDS || files.len() > MOST_FILES {
                return Err(unreadable());
            }
            let Some(file) = file else {
                let bytes = whole(&mut part, LONGEST_VALUE, &name).await?;
                fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                continue;
            };
            let bytes = whole(&mut part, limit.min(left), &file).await?;
            left = left.saturating_sub(bytes.len());
            if !(file.is_empty() && bytes.is_empty()) {
                files.push(File { name: file, bytes });
            }
        }
        Ok(Self {
            fields: FormData::of(fields),
            files,
        })
    }
}

async fn next_part(parts: &mut Multipart) -> Result<Option<Field>> {
    let next = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(parts), context)).await;
    next.transpose().map_err(|_| unreadable())
}

async fn whole(part: &mut Field, limit: usize, name: &str) -> Result<Vec<u8>> {
    let bytes = part
        .bytes(limit)
        .await
        .map_err(|_| too_large(name, limit))?;
    bytes.map(|bytes| bytes.to_vec()).map_err(|_| unreadable())
}

/// The name without the folders that some browsers send along.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn too_large(name: &str, limit: usize) -> Error {
    let mib = limit.div_ceil(1024 * 1024);
    Error::new(
        Kind::TooLarge,
        format!("“{name}”超过{mib} MB的上限，没有保存。请删去大图片或拆成几个文件"),
        format!(
            "{name} is over the limit of {mib} MB and was not kept; take out large pictures or split it"
        ),
    )
}

fn unreadable() -> Error {
    Error::invalid(
        "文件没有传完整或格式不对，没有保存。请检查网络后重新选择文件提交",
        "the files did not arrive whole and were not kept; check the connection, choose them again and send",
    )
}
