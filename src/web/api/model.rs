//! What `/api/v1` sends. Days are whole days in Beijing (UTC+8), instants are UTC (RFC 3339).
//! The texts are the source's own characters; nothing is translated.

use crate::documents::model::{DocumentKind, NodeKind};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a consultation stands.
#[derive(Serialize, ToSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum StageCode {
    /// Announced; the first day has not come.
    Coming,
    /// Opinions are taken.
    Open,
    /// The last day has passed; the office has not yet answered.
    Closed,
    /// What became of the opinions is published.
    Answered,
}

/// One consultation of a list.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct ConsultationSummary {
    /// Its name in addresses.
    #[schema(example = "lvdao-2026")]
    pub slug: String,
    pub title: String,
    pub draft_title: String,
    /// The office that asks.
    pub issuer: String,
    pub issued_on: Option<Date>,
    /// First day on which opinions are taken, the whole day.
    pub opens_on: Date,
    /// Last day on which opinions are taken, the whole day.
    pub closes_on: Date,
    pub stage: StageCode,
    pub published_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    /// The page for people.
    pub page: String,
}

/// The list of consultations, the ones that close last first.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct ConsultationList {
    pub consultations: Vec<ConsultationSummary>,
}

/// One consultation with what its notice states.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Consultation {
    #[serde(flatten)]
    pub summary: ConsultationSummary,
    /// The notice's own paragraphs.
    pub notice: Vec<String>,
    /// As the notice names them: 电话, 电子邮件.
    pub channels: Vec<String>,
    pub attachments: Vec<String>,
    pub contact: Contact,
    /// The published texts: draft, explanation and others.
    pub documents: Vec<DocumentRef>,
    /// Days of the window, counted with both ends.
    pub days: i64,
    /// How the window was extended, the oldest change first; `closes_on` is the newest day.
    pub extensions: Vec<Extension>,
    /// SHA-256 of the file the texts were read from, in hexadecimal.
    pub source_sha256: String,
}

/// A later last day.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Extension {
    /// The last day as it was.
    pub closed_on: Date,
    pub closes_on: Date,
    /// In the office's words.
    pub reason: String,
    pub changed_at: Timestamp,
}

/// How the notice says that the office is reached.
#[derive(Serialize, ToSchema, Clone, Debug, Default)]
pub struct Contact {
    pub person: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
}

/// A published text, named.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct DocumentRef {
    /// `notice`, `draft`, `explanation`, `forwarding_notice`, `adopted_plan` or `attachment`.
    #[schema(value_type = String, example = "draft")]
    pub kind: DocumentKind,
    pub title: String,
}

/// One version of the draft.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Version {
    /// 1 for the text that opinions were first asked on.
    pub number: u32,
    pub title: String,
    pub published_at: Timestamp,
    /// SHA-256 of the file it was read from, in hexadecimal.
    pub source_sha256: String,
    /// How many places it has.
    pub sections: usize,
}

/// All versions, the newest first.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct VersionList {
    pub versions: Vec<Version>,
}

/// The outline of a draft.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Outline {
    pub title: String,
    pub nodes: Vec<OutlineNode>,
}

/// A place of the draft and what stands below it, without the words.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct OutlineNode {
    /// Its name in addresses: `2.3.8`.
    #[schema(example = "2.3.8")]
    pub anchor: String,
    /// As people write it: `二/(三)/8`.
    #[schema(example = "二/(三)/8")]
    pub path: String,
    /// As printed: `（三）`.
    pub label: String,
    /// As printed; empty for an article without one.
    pub heading: String,
    /// What the label is: `编`, `章`, `节`, `条`, `l1:一、`, `l2:(一)`, `l3:1.`, `l4:(1)`, `bullet:——`.
    #[schema(value_type = String, example = "l2:(一)")]
    pub kind: NodeKind,
    #[schema(no_recursion)]
    pub children: Vec<OutlineNode>,
}

/// A place named in passing.
#[derive(Serialize, ToSchema, Clone, Debug, PartialEq, Eq)]
pub struct SectionRef {
    pub anchor: String,
    pub label: String,
    pub heading: String,
}

/// One place of the draft with its own words.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Section {
    pub anchor: String,
    /// As people write it: `二/(三)/8`.
    pub path: String,
    pub label: String,
    pub heading: String,
    #[schema(value_type = String, example = "l2:(一)")]
    pub kind: NodeKind,
    /// The words after the heading, without those of its parts, every character of the source
    /// kept; the 。 that ends a heading is its beginning.
    pub text: String,
    /// 责任单位, as printed.
    pub units: Vec<String>,
    /// The places above it, from the top.
    pub above: Vec<SectionRef>,
    pub children: Vec<SectionRef>,
    pub previous: Option<SectionRef>,
    pub next: Option<SectionRef>,
}

/// What changed between one version and the next.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Redline {
    pub from_version: u32,
    pub to_version: u32,
    /// In the order of the newer version; what is gone stands where it stood.
    pub changes: Vec<SectionChange>,
}

/// One link between a place of the older version and one of the newer, with what changed in it.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct SectionChange {
    /// Anchor in the older version; null when new.
    pub from: Option<String>,
    /// Anchor in the newer version; null when gone.
    pub to: Option<String>,
    pub change: ChangeCode,
    /// How alike the words are, per mille.
    pub likeness: u16,
    /// Moved or renumbered, and edited too.
    pub also_edited: bool,
    /// As printed in the newer version; in the older one when gone.
    pub label: String,
    pub heading: String,
    /// What changed, where something did; null where the words are the same, and for the pieces
    /// of a split or a merger, which are no edit of each other.
    pub redline: Option<SectionRuns>,
}

/// See `documents::compare::Change`.
#[derive(Serialize, ToSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ChangeCode {
    Same,
    Renumbered,
    Edited,
    Moved,
    Split,
    Merged,
    New,
    Gone,
}

/// The redline of a section's own words, block by block.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct SectionRuns {
    pub label: Vec<TextRun>,
    pub blocks: Vec<TextBlock>,
}

/// A paragraph has `runs`, a table has `rows` of cells of runs.
#[derive(Serialize, ToSchema, Clone, Debug)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TextBlock {
    Paragraph { runs: Vec<TextRun> },
    Table { rows: Vec<Vec<Vec<TextRun>>> },
}

/// What became of a stretch of words.
#[derive(Serialize, ToSchema, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    Same,
    Inserted,
    Deleted,
}

/// A stretch of words. All but the inserted ones are the old text, all but the deleted ones the
/// new.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct TextRun {
    pub kind: RunKind,
    pub text: String,
}

/// Why a request was not answered: RFC 9457, sent as `application/problem+json`.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Problem {
    /// What kind of problem: `about:blank`, the status says it.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    pub status: u16,
    /// What happened and what to do, in Chinese.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    /// The path that was asked for.
    pub instance: String,
}
