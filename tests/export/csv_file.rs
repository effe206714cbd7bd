use crate::sample::{assert_nothing_private, head, row, rows, write};
use csv::ReaderBuilder;
use jianyan::export::model::{Edition, Format, Row};
use jianyan::export::text::{clean, looks_like_formula};

fn lines(edition: Edition, rows: &[Row]) -> Vec<Vec<String>> {
    let bytes = write(Format::Csv, &head(edition, rows), rows).unwrap();
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(false)
        .from_reader(text)
        .records()
        .map(|line| line.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn table(edition: Edition, rows: &[Row]) -> Vec<Vec<String>> {
    let mut lines = lines(edition, rows);
    let header = lines.iter().position(|line| line[0] == "序号").unwrap();
    lines.split_off(header + 1)
}

#[test]
fn every_opinion_reads_back_and_no_field_can_run() {
    let rows = rows();
    for (row, line) in rows.iter().zip(table(Edition::Archive, &rows)) {
        let opinion = clean(&row.opinion.whole());
        let guarded = if looks_like_formula(&opinion) {
            format!("'{opinion}")
        } else {
            opinion
        };
        assert_eq!(line[2], guarded);
        assert_eq!(line.len(), 22);
    }
    for line in lines(Edition::Archive, &rows) {
        assert!(
            line.iter().all(|field| !looks_like_formula(field)),
            "{line:?}"
        );
    }
}

#[test]
fn lines_end_as_rfc_4180_says() {
    let rows = [row(1, "一句")];
    let bytes = write(Format::Csv, &head(Edition::Public, &rows), &rows).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches("\"\r\n").count(), text.matches("\r\n").count());
}

#[test]
fn the_public_edition_holds_nothing_private() {
    let rows = rows();
    let bytes = write(Format::Csv, &head(Edition::Public, &rows), &rows).unwrap();
    assert_nothing_private("csv", &String::from_utf8(bytes).unwrap());
    let telling = table(Edition::Public, &rows)[rows.len() - 1].clone();
    assert_eq!(
        telling[2],
        "我是欧阳**，电话［已隐去］，请回复 ［已隐去］。"
    );
    assert_eq!(telling[6], "已与欧阳**通过［已隐去］沟通。");
}

#[test]
fn what_was_taken_back_is_printed_in_the_archive_only() {
    let rows = rows();
    let withdrawn = |edition| table(edition, &rows)[rows.len() - 2].clone();
    let public = withdrawn(Edition::Public);
    assert_eq!(public[2], "（提出人已撤回，内容不公开）");
    assert_eq!((public[5].as_str(), public[6].as_str()), ("撤回", ""));
    let archive = withdrawn(Edition::Archive);
    assert_eq!(
        (archive[2].as_str(), archive[5].as_str()),
        ("这句话已经收回", "撤回")
    );
}

#[test]
fn the_head_says_how_the_sum_comes_out() {
    let rows = rows();
    let all: String = lines(Edition::Public, &rows).concat().concat();
    // Rows 1 to 14 take the outcomes in turn (2, 3, 3, 3, 3); row 15 stands for five adopted ones,
    // 16 is partly adopted, 17 a duplicate, 18 invalid, 19 withdrawn, 20 out of scope.
    assert!(all.contains("收到意见24条＝采纳7条＋部分采纳4条＋未采纳3条＋表示赞同3条＋无关（转办）4条＋重复1条＋无效1条＋撤回1条＋未答复0条。"), "{all}");
    assert!(all.contains("逾期收到2条，在公开征求意见开始前收到1条"));
    assert!(all.contains("下表共20行，对应意见24条"));
}

#[test]
fn long_zero_and_equal_bytes() {
    let long = "=".repeat(40_000);
    let written = table(Edition::Public, &[row(1, &long)]);
    assert_eq!(written[1][0], "1（续）");
    let joined: String = written[..2]
        .iter()
        .map(|line| line[2].trim_start_matches('\''))
        .collect();
    assert_eq!(joined, long);
    assert!(
        written[..2]
            .iter()
            .all(|line| line[2].encode_utf16().count() <= 32_767)
    );
    let nothing = lines(Edition::Public, &[]);
    assert!(nothing.concat().concat().contains("征求意见期间未收到意见"));
    let rows = rows();
    let head = head(Edition::Archive, &rows);
    assert_eq!(
        write(Format::Csv, &head, &rows).unwrap(),
        write(Format::Csv, &head, &rows).unwrap()
    );
}
