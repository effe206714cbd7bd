//! The files of the public's form. Each is taken as it arrives, and one that is not taken says why
//! without losing anything else of the form: put the file field after the others.

use super::parts::{Limits, Part, Parts, is_form_with_files};
use super::spool::Spooled;
use crate::error::{Error, Result};
use crate::intake::files::name::clean;
use crate::intake::upload::take::{Given, take, too_large};
use crate::intake::upload::token::{from_tokens, too_many};
use crate::intake::upload::{Upload, token};
use crate::web::app::App;
use crate::web::form_data::FormData;
use crate::web::limits::{Action, Verdict, too_often};
use actix_web::HttpRequest;
use actix_web::web::Payload;
use std::time::Duration;

/// The field that carries the token of a file that came before; there may be several.
pub(in crate::web) const TOKEN_FIELD: &str = "upload";
/// Parts of a form at most, files among them: twenty remarks with their quotes and wording.
const MOST_PARTS: usize = 400;

/// A form of the public.
pub(in crate::web) struct PublicForm {
    /// Tokens of the files that came with it among them.
    pub(in crate::web) fields: FormData,
    /// Files that came with this form and were taken, in its order.
    pub(in crate::web) files: Vec<Upload>,
    /// Why others were not, one sentence each, with the name of the file.
    pub(in crate::web) refused: Vec<Error>,
}

impl PublicForm {
    /// Whether a request carries such a form; otherwise it is one without files.
    pub(in crate::web) fn is_sent_by(request: &HttpRequest) -> bool {
        is_form_with_files(request)
    }

    /// A form that came without files; it may carry the tokens of some.
    pub(in crate::web) fn without_files(fields: FormData) -> Self {
        Self {
            fields,
            files: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Reads a form of type `multipart/form-data` for a consultation.
    ///
    /// # Errors
    /// `Kind::Invalid` or `Kind::TooLarge` when the form cannot be read at all, before any field
    /// came; a body that is cut short or too large later is told in `refused`, with the fields that
    /// came before.
    pub(in crate::web) async fn read(
        app: &App,
        request: &HttpRequest,
        body: Payload,
        consultation_id: &str,
    ) -> Result<Self> {
        let mut parts = Parts::of(app, request, body, limits(app))?;
        let mut fields = Vec::new();
        let (mut files, mut refused): (Vec<Upload>, Vec<Error>) = (Vec::new(), Vec::new());
        let mut chosen = 0_usize;
        loop {
            // Asked before a file is read, so that one over a limit costs nothing but its way.
            let mut admit = |_: &str| {
                chosen += 1;
                may_come(app, request, chosen)
            };
            let taken = match parts.next(&mut admit).await {
                Ok(None) => break,
                Ok(Some(Part::Value { name, value })) => {
                    chosen += usize::from(name == TOKEN_FIELD && !value.is_empty());
                    fields.push((name, value));
                    continue;
                }
                Ok(Some(Part::TooLarge { name })) => {
                    Err(too_large(&clean(&name), app.config.upload_limit_bytes))
                }
                Ok(Some(Part::Refused(error))) => Err(error),
                Ok(Some(Part::File { name, file })) => one(app, consultation_id, name, file).await,
                Err(error) if fields.is_empty() => return Err(error),
                Err(error) => {
                    refused.push(error);
                    break;
                }
            };
            match taken {
                Ok(file) => {
                    let token = token::token(&app.vault, consultation_id, &file.id)?;
                    fields.push((TOKEN_FIELD.to_owned(), token));
                    files.push(file);
                }
                Err(error) => refused.push(error),
            }
        }
        Ok(Self {
            fields: FormData::of(fields),
            files,
            refused,
        })
    }

    /// The identifiers of all files of the form, those that came with it last.
    ///
    /// # Errors
    /// `Kind::Invalid` for a token that is not ours or too many files.
    pub(in crate::web) fn ids(&self, app: &App, consultation_id: &str) -> Result<Vec<String>> {
        let most = app.config.upload_files;
        let tokens = self.fields.all(TOKEN_FIELD);
        from_tokens(&app.vault, consultation_id, tokens, most)
    }

    /// Whether every file of the form was taken, for pages that cannot show each one's fault.
    ///
    /// # Errors
    /// Why the first was not.
    pub(in crate::web) fn all_taken(&self) -> Result<()> {
        match self.refused.first() {
            None => Ok(()),
            Some(first) => {
                let said = first.both().clone();
                Err(Error::new(first.kind(), said.zh, said.en))
            }
        }
    }
}

/// Whether one more file may come.
fn may_come(app: &App, request: &HttpRequest, chosen: usize) -> Result<()> {
    if chosen > app.config.upload_files {
        return Err(too_many(app.config.upload_files));
    }
    let now = app.clock.now();
    if let Verdict::TryLater(seconds) = app.guardrails.check(request, Action::Upload, now) {
        return Err(too_often(seconds));
    }
    Ok(())
}

async fn one(app: &App, consultation_id: &str, name: String, mut file: Spooled) -> Result<Upload> {
    let bytes = file.reader().await?;
    take(
        &app.database,
        &app.storage,
        &app.taker,
        consultation_id,
        Given {
            name,
            length: file.len(),
            bytes,
        },
        app.clock.now(),
    )
    .await
}

fn limits(app: &App) -> Limits {
    let file_bytes = app.config.upload_limit_bytes;
    Limits {
        file_bytes,
        value_bytes: app.config.form_limit_bytes,
        total_bytes: file_bytes.saturating_mul(app.config.upload_files),
        parts: MOST_PARTS,
        patience: Duration::from_secs(app.config.form_seconds),
        whole: Duration::from_secs(app.config.upload_seconds),
    }
}
