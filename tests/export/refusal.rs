//! Numbers that do not add up never become a file.

use crate::sample::{head, row, rows};
use jianyan::error::{Error, Kind, Result};
use jianyan::export::model::{Channel, Edition, Format, Head, Row};
use jianyan::export::totals::Totals;
use jianyan::export::write_file::export;
use jianyan::responses::model::Outcome;
use std::fs;

const FORMATS: [Format; 3] = [Format::Xlsx, Format::Csv, Format::Docx];

fn refused(head: &Head, rows: impl Fn() -> Vec<Result<Row>>) -> Kind {
    let folder = tempfile::tempdir().unwrap();
    let mut kinds = FORMATS.map(|format| {
        let target = folder.path().join(format.extension());
        export(format, head, rows(), &target).unwrap_err().kind()
    });
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    kinds.sort_by_key(|kind| format!("{kind:?}"));
    assert_eq!(kinds[0], kinds[2]);
    kinds[0]
}

fn ok(rows: &[Row]) -> Vec<Result<Row>> {
    rows.iter().cloned().map(Ok).collect()
}

#[test]
fn a_head_that_contradicts_itself_or_its_rows() {
    let rows = rows();
    let good = head(Edition::Public, &rows);
    let changes: [fn(&mut Totals); 10] = [
        |totals| totals.opinions += 1,
        |totals| totals.duplicates += 1,
        |totals| totals.withdrawn += 1,
        |totals| totals.rows -= 1,
        |totals| totals.late += 1,
        |totals| totals.people = totals.submissions + 1,
        |totals| totals.submissions = totals.opinions + 1,
        |totals| totals.by_section[0].path.push('9'),
        |totals| {
            *totals.by_outcome.get_mut(&Outcome::Adopted).unwrap() -= 1;
            *totals.by_outcome.get_mut(&Outcome::Supported).unwrap() += 1;
        },
        |totals| {
            *totals.by_channel.get_mut(&Channel::Web).unwrap() -= 1;
            *totals.by_channel.get_mut(&Channel::Email).unwrap() += 1;
        },
    ];
    for change in changes {
        let mut wrong = good.clone();
        change(&mut wrong.totals);
        assert_eq!(refused(&wrong, || ok(&rows)), Kind::Internal);
    }
}

#[test]
fn rows_that_the_head_does_not_count() {
    let nothing = head(Edition::Public, &[]);
    assert_eq!(
        refused(&nothing, || ok(&[row(1, "多出的一条")])),
        Kind::Internal
    );
    let one = head(Edition::Public, &[row(1, "甲")]);
    assert_eq!(refused(&one, Vec::new), Kind::Internal);
}

#[test]
fn an_error_among_the_rows_is_passed_on() {
    let rows = rows();
    let head = head(Edition::Archive, &rows);
    let broken = || {
        let mut all = ok(&rows);
        all.insert(
            2,
            Err(Error::new(
                Kind::Unavailable,
                "数据库无应答",
                "database is away",
            )),
        );
        all
    };
    assert_eq!(refused(&head, broken), Kind::Unavailable);
}

#[test]
fn a_refused_export_leaves_the_older_file_and_a_good_one_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("表.csv");
    fs::write(&target, "旧").unwrap();
    let rows = rows();
    let mut head = head(Edition::Public, &rows);
    head.totals.invalid += 1;
    assert!(export(Format::Csv, &head, ok(&rows), &target).is_err());
    assert_eq!(fs::read_to_string(&target).unwrap(), "旧");
    head.totals.invalid -= 1;
    export(Format::Csv, &head, ok(&rows), &target).unwrap();
    assert!(fs::read_to_string(&target).unwrap().contains("数字核对"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_is_not_there_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("没有").join("表.xlsx");
    let error = export(Format::Xlsx, &head(Edition::Public, &[]), ok(&[]), &target).unwrap_err();
    assert_eq!(error.kind(), Kind::Unavailable);
}
