//! The parts of the package beside the text: types, relations, styles, fonts, settings, page
//! numbers, properties. They are the same in every document but for the title, the issuer and the
//! time, so the bytes are too.
//!
//! GB/T 9704-2012: body 三号仿宋 (16 pt) on 22 lines of the 225 mm type area (580 twips each), first
//! line in by two characters; first headings 黑体; title 二号小标宋 (22 pt); page numbers 四号 (14 pt)
//! between dashes, right on odd and left on even pages.

use super::xml::escape;
use crate::export::model::Head;
use crate::export::sentences;

pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Name and content of every part that comes before the text.
pub(super) fn parts(head: &Head) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(head)),
        ("docProps/app.xml", app(head)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles()),
        ("word/fontTable.xml", fonts()),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", page_number("PageOdd")),
        ("word/footer2.xml", page_number("PageEven")),
    ]
}

fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let overrides: String = [
        ("/word/document.xml", format!("{word}.document.main+xml")),
        ("/word/styles.xml", format!("{word}.styles+xml")),
        ("/word/fontTable.xml", format!("{word}.fontTable+xml")),
        ("/word/settings.xml", format!("{word}.settings+xml")),
        ("/word/footer1.xml", format!("{word}.footer+xml")),
        ("/word/footer2.xml", format!("{word}.footer+xml")),
        (
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ]
    .iter()
    .map(|(part, kind)| format!(r#"<Override PartName="{part}" ContentType="{kind}"/>"#))
    .collect();
    format!(
        r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>"#
    )
}

fn relations(list: &[(&str, String, &str)]) -> String {
    let relations: String = list
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    )
}

fn package_relations() -> String {
    relations(&[
        (
            "rId1",
            format!("{RELATIONS}/officeDocument"),
            "word/document.xml",
        ),
        (
            "rId2",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
                .to_owned(),
            "docProps/core.xml",
        ),
        (
            "rId3",
            format!("{RELATIONS}/extended-properties"),
            "docProps/app.xml",
        ),
    ])
}

fn document_relations() -> String {
    relations(&[
        ("rId1", format!("{RELATIONS}/styles"), "styles.xml"),
        ("rId2", format!("{RELATIONS}/fontTable"), "fontTable.xml"),
        ("rId3", format!("{RELATIONS}/settings"), "settings.xml"),
        ("rId4", format!("{RELATIONS}/footer"), "footer1.xml"),
        ("rId5", format!("{RELATIONS}/footer"), "footer2.xml"),
    ])
}

fn core(head: &Head) -> String {
    let title = escape(&sentences::title(head));
    let issuer = escape(&sentences::issuer(head));
    let at = head.as_of.strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{issuer}</dc:creator><cp:lastModifiedBy>{issuer}</cp:lastModifiedBy><dc:language>zh-CN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>"#
    )
}

fn app(head: &Head) -> String {
    let issuer = escape(&sentences::issuer(head));
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>{issuer}</Company></Properties>"#
    )
}

/// Fonts that are missing on a machine and what stands in for them there.
fn fonts() -> String {
    let fonts: String = [
        ("仿宋_GB2312", "仿宋"),
        ("黑体", "SimHei"),
        ("方正小标宋简体", "宋体"),
        ("宋体", "SimSun"),
    ]
    .iter()
    .map(|(name, other)| {
        format!(r#"<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>"#)
    })
    .collect();
    format!(r#"{DECLARATION}<w:fonts xmlns:w="{MAIN}">{fonts}</w:fonts>"#)
}

fn settings() -> String {
    format!(
        r#"{DECLARATION}<w:settings xmlns:w="{MAIN}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#
    )
}

fn styles() -> String {
    let body = r#"<w:spacing w:line="580" w:lineRule="exact"/>"#;
    let row = r#"<w:spacing w:line="300" w:lineRule="exact"/>"#;
    let indent = r#"<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#;
    let styles = [
        style("Normal", "Normal", body, "仿宋_GB2312", 32),
        style("Body", "正文缩进", &format!("{body}{indent}"), "仿宋_GB2312", 32),
        style(
            "Title",
            "Title",
            r#"<w:spacing w:after="580" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>"#,
            "方正小标宋简体",
            44,
        ),
        style(
            "Heading1",
            "heading 1",
            &format!(r#"<w:keepNext/>{body}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>"#),
            "黑体",
            32,
        ),
        style("TableHead", "表头", &format!(r#"{row}<w:jc w:val="center"/>"#), "黑体", 21),
        style("TableText", "表内文字", row, "仿宋_GB2312", 21),
        style("TableMiddle", "表内居中", &format!(r#"{row}<w:jc w:val="center"/>"#), "仿宋_GB2312", 21),
        style(
            "Issuer",
            "落款",
            &format!(r#"<w:keepNext/>{body}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>"#),
            "仿宋_GB2312",
            32,
        ),
        style(
            "IssuedOn",
            "成文日期",
            &format!(r#"{body}<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>"#),
            "仿宋_GB2312",
            32,
        ),
        style("PageOdd", "单页页码", r#"<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>"#, "宋体", 28),
        style("PageEven", "双页页码", r#"<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>"#, "宋体", 28),
    ]
    .concat();
    format!(
        r#"{DECLARATION}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>{styles}</w:styles>"#
    )
}

/// A paragraph style; the size is in half points.
fn style(id: &str, name: &str, paragraph: &str, font: &str, size: u32) -> String {
    let default = if id == "Normal" {
        r#" w:default="1""#
    } else {
        ""
    };
    format!(
        r#"<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr><w:rFonts w:eastAsia="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
    )
}

fn page_number(style: &str) -> String {
    format!(
        r#"{DECLARATION}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"#
    )
}
