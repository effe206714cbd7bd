//! The description of `/api/v1` (OpenAPI), made from the types that are sent.

use super::model::{
    ChangeCode, Consultation, ConsultationList, ConsultationSummary, Contact, DocumentRef,
    Extension, Outline, OutlineNode, Problem, Redline, RunKind, Section, SectionChange, SectionRef,
    SectionRuns, StageCode, TextBlock, TextRun, Version, VersionList,
};
use utoipa::OpenApi;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, Ref, Required, ResponseBuilder, ServerBuilder,
};

/// Where all of it lies.
pub const BASE: &str = "/api/v1";

#[derive(OpenApi)]
#[openapi(components(schemas(
    ChangeCode,
    Consultation,
    ConsultationList,
    ConsultationSummary,
    Contact,
    DocumentRef,
    Extension,
    Outline,
    OutlineNode,
    Problem,
    Redline,
    RunKind,
    Section,
    SectionChange,
    SectionRef,
    SectionRuns,
    StageCode,
    TextBlock,
    TextRun,
    Version,
    VersionList,
)))]
struct Types;

/// What can be asked: the path below [`BASE`], the name of the operation, what it gives in both
/// languages, and the name of the type that is sent.
const OPERATIONS: [(&str, &str, &str, &str); 7] = [
    (
        "/consultations",
        "listConsultations",
        "全部征求意见公告，截止最晚的在前 / All consultations, the ones that close last first",
        "ConsultationList",
    ),
    (
        "/consultations/{slug}",
        "getConsultation",
        "一个征求意见公告 / One consultation",
        "Consultation",
    ),
    (
        "/consultations/{slug}/outline",
        "getOutline",
        "征求意见稿的目录 / The outline of the draft",
        "Outline",
    ),
    (
        "/consultations/{slug}/sections/{anchor}",
        "getSection",
        "征求意见稿的一条，原文照录 / One section of the draft, word for word",
        "Section",
    ),
    (
        "/consultations/{slug}/versions",
        "listVersions",
        "征求意见稿的各个版本 / The versions of the draft",
        "VersionList",
    ),
    (
        "/consultations/{slug}/versions/{number}",
        "getVersion",
        "一个版本 / One version",
        "Version",
    ),
    (
        "/consultations/{slug}/versions/{number}/changes",
        "getChanges",
        "与上一版本相比的修改 / What changed since the version before",
        "Redline",
    ),
];

/// The parameters that stand in paths: name, what it is, an example.
const PARAMETERS: [(&str, &str, &str); 3] = [
    (
        "slug",
        "公告的简称 / The consultation's short name",
        "lvdao-2026",
    ),
    ("anchor", "条款的编号 / The section's anchor", "2.3.8"),
    (
        "number",
        "版本号，从 1 起 / The version's number, from 1",
        "2",
    ),
];

/// The whole document. `origin` is scheme and host; the site's name goes into the title.
#[must_use]
pub fn document(origin: &str, site_name: &str) -> utoipa::openapi::OpenApi {
    let mut document = Types::openapi();
    document.info = InfoBuilder::new()
        .title(format!("{site_name}：公开数据接口 / Public data"))
        .version("1")
        .description(Some(
            "只读。与网页上公布的文本相同，逐字照录。/ Read only. The same texts as on the pages, word for word.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").build()))
        .build();
    let server = format!("{}{BASE}", origin.trim_end_matches('/'));
    document.servers = Some(vec![ServerBuilder::new().url(server).build()]);
    for (path, name, summary, sent) in OPERATIONS {
        let item = PathItem::new(HttpMethod::Get, operation(path, name, summary, sent));
        document.paths.paths.insert(path.to_owned(), item);
    }
    document
}

fn operation(
    path: &str,
    name: &str,
    summary: &str,
    sent: &str,
) -> utoipa::openapi::path::Operation {
    let parameters: Vec<Parameter> = PARAMETERS
        .iter()
        .filter(|(name, ..)| path.contains(&format!("{{{name}}}")))
        .map(|(name, description, example)| parameter(name, description, example))
        .collect();
    let mut operation = OperationBuilder::new()
        .operation_id(Some(name))
        .summary(Some(summary))
        .response("200", response(summary, "application/json", sent));
    if !parameters.is_empty() {
        let none = "没有这个公告、条款或者版本 / There is no such thing";
        operation = operation
            .parameters(Some(parameters))
            .response("404", response(none, "application/problem+json", "Problem"));
    }
    operation.build()
}

fn response(description: &str, media_type: &str, sent: &str) -> utoipa::openapi::Response {
    let schema = Ref::from_schema_name(sent);
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(description)
        .content(media_type, content)
        .build()
}

fn parameter(name: &str, description: &str, example: &str) -> Parameter {
    let kind = if example.parse::<u32>().is_ok() {
        Type::Integer
    } else {
        Type::String
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(kind).build()))
        .example(Some(
            example.parse::<u32>().map_or(example.into(), Into::into),
        ))
        .build()
}
