//! `jianyan mail parse`, `import`, `receive` and `fetch`.

mod fetch;
mod import;
mod receive;

use super::document::{read_bytes, read_outline};
use super::output::json;
use super::site::ConfigOptions;
use crate::documents::model::{DocumentOutline, Outline};
use crate::documents::read::Limits;
use crate::error::Result;
use crate::intake::model::contact::Office;
use crate::intake::reading::read_at_once;
use crate::mail::inbound::Desk;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show how a letter is read
    Parse {
        file: PathBuf,
        /// As JSON (the only form; accepted so that calls can say so)
        #[arg(long)]
        json: bool,
        /// The plan that the letter's references are resolved against
        #[arg(long, value_name = "FILE")]
        draft: Option<PathBuf>,
    },
    /// Register letters from .eml files, folders of them, or Maildirs
    Import {
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// The consultation they belong to; found by the address they were sent to when left out
        #[arg(long, value_name = "SLUG")]
        consultation: Option<String>,
        #[command(flatten)]
        config: ConfigOptions,
    },
    /// Register one letter from standard input, as a mail server hands it over
    Receive(receive::Options),
    /// Look once into every mailbox of the settings
    Fetch {
        #[command(flatten)]
        config: ConfigOptions,
    },
}

pub(super) fn run(options: &Options) -> Result<()> {
    match &options.action {
        Action::Parse { file, draft, .. } => parse(file, draft.as_deref()),
        Action::Import {
            paths,
            consultation,
            config,
        } => import::import(paths, consultation.as_deref(), config),
        Action::Receive(options) => receive::run(options),
        Action::Fetch { config } => fetch::run(config),
    }
}

/// The exit status of a command that failed: 1, but for a letter that a mail server should hand over
/// again later.
pub(super) fn status(options: &Options) -> u8 {
    match &options.action {
        Action::Receive(options) => options.status(),
        _ => 1,
    }
}

fn parse(file: &Path, draft: Option<&Path>) -> Result<()> {
    let raw = read_bytes(file)?;
    let desk = match draft {
        Some(draft) => desk(&read_outline(draft, &Limits::default())?),
        None => Desk::default(),
    };
    json(&read_at_once(&raw, &desk))
}

/// What the file of a plan says about the office and the places of its draft.
fn desk(outline: &Outline) -> Desk {
    let contact = outline.notice.as_ref().map(|notice| &notice.contact);
    let one = |detail: Option<&String>| detail.into_iter().cloned().collect();
    Desk {
        office: Office {
            phones: one(contact.and_then(|contact| contact.phone.as_ref())),
            emails: one(contact.and_then(|contact| contact.email.as_ref())),
        },
        places: outline
            .plan()
            .map(DocumentOutline::reference_places)
            .unwrap_or_default()
            .into(),
    }
}
