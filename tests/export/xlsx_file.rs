use crate::sample::{HOSTILE, PRIVATE, assert_nothing_private, head, parts, row, rows, write};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use jianyan::export::model::{Edition, Format, Row};
use jianyan::export::text::clean;
use std::io::Cursor;

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

fn table(edition: Edition, rows: &[Row]) -> Vec<Vec<Data>> {
    let bytes = write(Format::Xlsx, &head(edition, rows), rows).unwrap();
    let range = open(bytes).worksheet_range("意见表").unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("not text: {other:?}"),
    }
}

#[test]
fn the_table_reads_back_row_by_row() {
    let rows = rows();
    let lines = table(Edition::Archive, &rows);
    assert_eq!(lines[0].len(), 22);
    for (row, line) in rows.iter().zip(&lines[1..]) {
        assert_eq!(line[0], Data::Float(row.number as f64));
        assert_eq!(text(&line[2]), clean(&row.opinion.whole()));
        assert_eq!(text(&line[13]), "19900001234、0900-1234567");
    }
    let merged = &lines[HOSTILE.len() + 1];
    assert_eq!(text(&merged[3]), "欧阳试例等（同类意见共5条）");
    assert_eq!(text(&merged[4]), "网页4条、信函1条（其中期限外1条）");
    assert_eq!(merged[19], Data::Float(5.0));
    assert_eq!(text(&merged[17]), "2025年6月28日 23:59:59");
    let duplicate = &lines[HOSTILE.len() + 3];
    assert_eq!(text(&duplicate[5]), "重复");
    let end: Vec<String> = lines[lines.len() - 2..]
        .iter()
        .map(|line| text(&line[21]))
        .collect();
    assert_eq!(end, ["示例区虚构发展局", "2025年7月5日"]);
}

#[test]
fn hostile_cells_are_strings_and_nothing_else() {
    let rows = rows();
    let bytes = write(Format::Xlsx, &head(Edition::Public, &rows), &rows).unwrap();
    for (name, content) in parts(&bytes) {
        assert!(
            !content.contains("<f>") && !content.contains("<hyperlink"),
            "{name}"
        );
        if name == "xl/worksheets/sheet2.xml" {
            // Excel would read _x0041_ as the letter A if it were not escaped.
            assert!(content.contains("_x005F_x0041_"));
            assert!(content.contains(r#"t="inlineStr"><is><t>=HYPERLINK("#));
        }
        if name == "xl/styles.xml" {
            assert!(content.contains("quotePrefix=\"1\""));
        }
    }
    let formulas = open(bytes).worksheet_formula("意见表").unwrap();
    assert!(formulas.is_empty());
}

#[test]
fn the_public_edition_holds_nothing_private_in_any_part() {
    let rows = rows();
    let public = write(Format::Xlsx, &head(Edition::Public, &rows), &rows).unwrap();
    for (name, content) in parts(&public) {
        assert_nothing_private(&name, &content);
    }
    let archive = write(Format::Xlsx, &head(Edition::Archive, &rows), &rows).unwrap();
    let all: String = parts(&archive).into_iter().map(|part| part.1).collect();
    assert!(PRIVATE.iter().all(|private| all.contains(private)));
}

#[test]
fn a_long_opinion_goes_on_in_a_further_row() {
    let long = "很长的意见。".repeat(7_000);
    let lines = table(Edition::Public, &[row(1, &long), row(2, "短")]);
    assert_eq!(text(&lines[2][0]), "1（续）");
    let joined = format!("{}{}", text(&lines[1][2]), text(&lines[2][2]));
    assert_eq!(joined, long);
    assert_eq!(text(&lines[3][2]), "短");
}

#[test]
fn zero_comments_make_a_proper_workbook() {
    let bytes = write(Format::Xlsx, &head(Edition::Public, &[]), &[]).unwrap();
    let mut workbook = open(bytes);
    assert_eq!(workbook.sheet_names(), ["汇总", "意见表"]);
    let summary = workbook.worksheet_range("汇总").unwrap();
    let said = summary.used_cells().any(|(_, _, cell)| {
        cell.to_string()
            .contains("向社会公开征求意见。征求意见期间未收到意见。")
    });
    assert!(said);
}

#[test]
fn the_sheet_prints_as_a_document() {
    let rows = rows();
    let bytes = write(Format::Xlsx, &head(Edition::Public, &rows), &rows).unwrap();
    let parts = parts(&bytes);
    let part = |name: &str| &parts.iter().find(|part| part.0 == name).unwrap().1;
    let sheet = part("xl/worksheets/sheet2.xml");
    assert!(sheet.contains(r#"paperSize="9""#) && sheet.contains(r#"orientation="landscape""#));
    assert!(sheet.contains(r#"state="frozen""#));
    assert!(part("xl/workbook.xml").contains("_xlnm.Print_Titles"));
    let core = part("docProps/core.xml");
    assert!(core.contains("2025-07-05T01:30:00Z") && core.contains("示例区虚构发展局"));
}

#[test]
fn five_thousand_rows_twice_give_equal_bytes() {
    let rows: Vec<Row> = (1..=5_000)
        .map(|n| row(n, &format!("第{n}条意见")))
        .collect();
    let head = head(Edition::Archive, &rows);
    let first = write(Format::Xlsx, &head, &rows).unwrap();
    assert!(first == write(Format::Xlsx, &head, &rows).unwrap());
    let range = open(first).worksheet_range("意见表").unwrap();
    assert_eq!(
        range.get_value((5_000, 2)),
        Some(&Data::String("第5000条意见".into()))
    );
}
