use crate::sample::{PRIVATE, assert_nothing_private, head, parts, row, rows, write};
use jianyan::export::model::{Edition, Format, Row};
use jianyan::export::text::clean;
use quick_xml::Reader;
use quick_xml::events::Event;

fn document(edition: Edition, rows: &[Row]) -> String {
    let bytes = write(Format::Docx, &head(edition, rows), rows).unwrap();
    let parts = parts(&bytes);
    let part = parts.into_iter().find(|part| part.0 == "word/document.xml");
    part.unwrap().1
}

/// The words of the document, a line a paragraph.
fn words(document: &str) -> String {
    let mut reader = Reader::from_str(document);
    let mut words = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => words.push(match &*name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                other => panic!("unknown entity {other}"),
            }),
            Event::End(end) if end.name().as_ref() == "w:p" => words.push('\n'),
            Event::Eof => return words,
            _ => {}
        }
    }
}

#[test]
fn every_opinion_is_there_in_full() {
    let mut rows = rows();
    rows.push(row(99, &"很长的意见。".repeat(7_000)));
    let text = words(&document(Edition::Archive, &rows));
    for row in &rows {
        assert!(
            text.contains(&clean(&row.opinion.whole())),
            "{:?}",
            row.number
        );
    }
    assert!(text.contains("收到意见25条＝"));
    assert!(text.ends_with("示例区虚构发展局\n2025年7月5日\n"));
    assert!(PRIVATE.iter().all(|private| text.contains(private)));
}

#[test]
fn the_public_edition_holds_nothing_private_in_any_part() {
    let rows = rows();
    let bytes = write(Format::Docx, &head(Edition::Public, &rows), &rows).unwrap();
    for (name, content) in parts(&bytes) {
        assert_nothing_private(&name, &content);
        assert_nothing_private(&name, &words(&content));
    }
}

#[test]
fn it_is_set_as_gb_t_9704_asks() {
    let rows = rows();
    let bytes = write(Format::Docx, &head(Edition::Public, &rows), &rows).unwrap();
    let parts = parts(&bytes);
    let part = |name: &str| &parts.iter().find(|part| part.0 == name).unwrap().1;
    let document = part("word/document.xml");
    assert!(document.contains(r#"<w:pgSz w:w="11906" w:h="16838"/>"#));
    // 37 mm and 28 mm are 2098 and 1588 twips.
    assert!(document.contains(r#"w:top="2098""#) && document.contains(r#"w:left="1588""#));
    assert!(document.contains("<w:tblHeader/>"));
    for font in ["仿宋_GB2312", "黑体", "方正小标宋简体"] {
        assert!(part("word/styles.xml").contains(font));
        assert!(part("word/fontTable.xml").contains(font));
    }
    assert!(part("docProps/core.xml").contains("2025-07-05T01:30:00Z"));
    assert!(!document.contains("paraId") && !document.contains("rsid"));
}

#[test]
fn every_style_and_relation_that_is_used_is_there() {
    let rows = rows();
    let bytes = write(Format::Docx, &head(Edition::Archive, &rows), &rows).unwrap();
    let parts = parts(&bytes);
    let part = |name: &str| &parts.iter().find(|part| part.0 == name).unwrap().1;
    let styles = part("word/styles.xml");
    for (_, content) in &parts {
        for used in content.split(r#"<w:pStyle w:val=""#).skip(1) {
            let id = used.split('"').next().unwrap();
            assert!(styles.contains(&format!(r#"w:styleId="{id}""#)), "{id}");
        }
    }
    for used in part("word/document.xml").split(r#"r:id=""#).skip(1) {
        let id = used.split('"').next().unwrap();
        let relations = part("word/_rels/document.xml.rels");
        assert!(relations.contains(&format!(r#"Id="{id}""#)), "{id}");
    }
    for listed in part("[Content_Types].xml").split(r#"PartName="/"#).skip(1) {
        part(listed.split('"').next().unwrap());
    }
}

#[test]
fn zero_comments_make_a_proper_document() {
    let document = document(Edition::Public, &[]);
    let text = words(&document);
    assert!(text.contains(
        "示例区虚构发展局于2025年5月29日至2025年6月28日就《质量强区实施方案（征求意见稿）》向社会公开征求意见。征求意见期间未收到意见。特此说明。"
    ));
    assert!(!document.contains("<w:tbl>"));
}

#[test]
fn five_thousand_rows_twice_give_equal_bytes() {
    let rows: Vec<Row> = (1..=5_000)
        .map(|n| row(n, &format!("第{n}条意见")))
        .collect();
    let head = head(Edition::Public, &rows);
    let first = write(Format::Docx, &head, &rows).unwrap();
    assert!(first == write(Format::Docx, &head, &rows).unwrap());
    assert!(words(&document(Edition::Public, &rows)).contains("\n第5000条意见\n"));
}

/// Read by another program's idea of the format: the table has one row a record under its header,
/// and each opinion stands in the third cell.
#[test]
fn another_reader_finds_the_same_table() {
    use docx_rs::{DocumentChild, TableCellContent, TableChild, TableRowChild};
    let rows = rows();
    let bytes = write(Format::Docx, &head(Edition::Archive, &rows), &rows).unwrap();
    let read = docx_rs::read_docx(&bytes).unwrap();
    let tables: Vec<_> = read
        .document
        .children
        .iter()
        .filter_map(|child| match child {
            DocumentChild::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let table = tables.last().unwrap();
    assert_eq!(table.rows.len(), rows.len() + 1);
    for (record, TableChild::TableRow(line)) in rows.iter().zip(table.rows.iter().skip(1)) {
        let TableRowChild::TableCell(cell) = &line.cells[2];
        let text: Vec<String> = cell
            .children
            .iter()
            .filter_map(|content| match content {
                TableCellContent::Paragraph(paragraph) => Some(paragraph.raw_text()),
                _ => None,
            })
            .collect();
        // docx-rs 0.4 resolves entities twice; the quick-xml test above holds the exact words.
        let first = clean(&record.opinion.whole()).replace("&amp;", "&");
        assert_eq!(
            text[0],
            first.lines().next().unwrap_or_default(),
            "row {}",
            record.number
        );
    }
}
