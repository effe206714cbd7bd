//! Jianyan (建言): a government office publishes a draft plan, hears the public, answers, and files
//! a record that can be checked.
//!
//! The rooms, from the outside in:
//!
//! - [`cli`]: one file a command.
//! - [`web`]: server, pages, forms; feeds and `/api/v1` for programs.
//! - [`export`]: the record as xlsx, docx, csv.
//! - [`intake`]: the one door for what comes in; forms, e-mail, receipts.
//! - [`triage`]: the office's queue.
//! - [`counts`]: how many there are, without reading them.
//! - [`responses`]: an outcome with its reason for each remark.
//! - [`correspondence`]: what the office writes to senders, and what they answer.
//! - [`consultations`]: the notice, its window, its place in time.
//! - [`imports`]: preparing a publication: files, corrections, facts, now or at a time.
//! - [`documents`]: from a plan file to its exact outline; the published texts.
//! - [`followers`]: who is told of changes and of the result.
//! - [`wall`]: what the office chose of the remarks to show in public.
//! - [`identity`]: staff, passwords, sessions.
//! - [`privacy`]: sealing contact details, the site key.
//! - [`audit`]: who changed what, and when.
//! - [`backups`]: the whole site in a folder, and back.
//! - [`jobs`]: what is done later, written down with the change that asks for it.
//! - [`mailboxes`]: where letters are fetched from, and how far.
//! - [`mail`]: from the bytes of a letter to what its sender wrote; what is sent.
//! - [`db`]: connections, the writer lane, both dialects, stored files.
//! - [`config`], [`clock`], [`dates`], [`ids`], [`error`], [`words`], [`width`],
//!   [`markup`]: what everything stands on.

pub mod audit;
pub mod backups;
pub mod cli;
pub mod clock;
pub mod config;
pub mod consultations;
pub mod correspondence;
pub mod counts;
pub mod dates;
pub mod db;
pub mod documents;
pub mod error;
pub mod export;
pub mod followers;
pub mod identity;
pub mod ids;
pub mod imports;
pub mod intake;
pub mod jobs;
pub mod mail;
pub mod mailboxes;
pub mod markup;
pub mod privacy;
pub mod private_files;
pub mod responses;
pub mod shorten;
pub mod triage;
pub mod wall;
pub mod web;
pub mod width;
pub mod words;
