//! Files that come with a form: the office's imports, and (in [`public`]) what the public sends.

mod parts;
pub(in crate::web) mod public;
mod spool;
pub mod transit;

use super::app::App;
use super::form_data::FormData;
use crate::error::{Error, Kind, Result};
use crate::imports::start::{File, MOST_FILES};
use actix_web::HttpRequest;
use actix_web::web::{self, Payload};
use parts::{Limits, Part, Parts};
use std::time::Duration;

/// Parts of a form at most, files among them.
const MOST_PARTS: usize = 64;

/// A form of the office with files.
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
        let limit = app.config.plan_limit_bytes;
        let limits = Limits {
            file_bytes: limit,
            value_bytes: app.config.form_limit_bytes,
            total_bytes: limit.saturating_mul(2),
            parts: MOST_PARTS,
            patience: Duration::from_secs(app.config.form_seconds),
            whole: Duration::from_secs(app.config.upload_seconds),
        };
        let mut parts = Parts::of(app, request, body, limits)?;
        let mut fields = Vec::new();
        let mut files: Vec<File> = Vec::new();
        while let Some(part) = parts.next(&mut |_| Ok(())).await? {
            match part {
                Part::Value { name, value } => fields.push((name, value)),
                Part::File { name, mut file } => {
                    let read = file.reader().await?;
                    let bytes = web::block(read).await.map_err(Error::internal)??;
                    files.push(File { name, bytes });
                }
                Part::Refused(error) => return Err(error),
                Part::TooLarge { name } => return Err(too_large(&name, limit)),
            }
            if files.len() > MOST_FILES {
                return Err(parts::unreadable());
            }
        }
        Ok(Self {
            fields: FormData::of(fields),
            files,
        })
    }
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
