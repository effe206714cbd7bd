//! `import`: a notice is published, or one line says what is wrong with it and nothing is left.

use crate::support::notice::NOTICE;
use crate::support::process::Installation;

fn import(here: &Installation, file: &str, more: &[&str]) -> crate::support::process::Done {
    let mut arguments = vec!["import", file];
    arguments.extend(more);
    here.run(&arguments)
}

#[test]
fn a_notice_is_published_once() {
    let here = Installation::new();
    here.file("公告.txt", NOTICE);
    let done = import(&here, "公告.txt", &["--slug", "plan"]);
    assert_eq!(
        done.good(),
        "published: http://127.0.0.1:8080/c/plan (15 sections, 2025-05-29 to 2025-06-28)\n"
    );
    let again = import(&here, "公告.txt", &["--slug", "other"]);
    let said = again.refusal();
    assert!(
        said.contains("公告.txt") && said.contains("imported before as plan"),
        "{said}"
    );
    // Another text under the same name.
    here.file("changed.txt", NOTICE.replace("95.5%", "96.5%"));
    let before = here.listing();
    let taken = import(&here, "changed.txt", &["--slug", "plan"]);
    let said = taken.refusal();
    assert!(
        said.contains("changed.txt") && said.contains("plan is taken"),
        "{said}"
    );
    assert_eq!(
        stored(&before),
        stored(&here.listing()),
        "a refused file leaves nothing"
    );
    import(&here, "changed.txt", &[]).good();
}

/// The files kept in storage.
fn stored(listing: &[String]) -> Vec<&String> {
    listing
        .iter()
        .filter(|name| name.contains("storage/"))
        .collect()
}

#[test]
fn without_a_short_name_one_is_made() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    let hash = jianyan::ids::sha256(NOTICE.as_bytes());
    let done = import(&here, "notice.txt", &[]);
    assert!(
        done.good()
            .contains(&format!("/c/20250529-{} ", &hash[..6])),
        "{done:?}"
    );
}

#[test]
fn findings_are_notes_not_refusals() {
    let here = Installation::new();
    here.file("short.txt", NOTICE.replace("6月28日", "6月10日"));
    let done = import(&here, "short.txt", &["--slug", "short"]);
    assert!(done.good().starts_with("published: "));
    assert!(done.err.contains("Art. 15"), "{done:?}");
    // Said once, with the publication; a refusal is one line.
    assert!(
        import(&here, "short.txt", &["--slug", "short"])
            .refusal()
            .contains("imported before")
    );
}

#[test]
fn a_notice_in_another_charset_is_the_same_notice() {
    let here = Installation::new();
    let (gbk, _, _) = encoding_rs::GBK.encode(NOTICE);
    here.file("gbk.txt", &gbk);
    let done = import(&here, "gbk.txt", &["--slug", "gbk"]);
    assert!(done.good().starts_with("published: "));
}

#[test]
fn a_wrong_file_leaves_nothing() {
    let window = "时间为2025年5月29日至2025年6月28日";
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty.txt", Vec::new(), "empty"),
        ("blank.txt", b"\xef\xbb\xbf \r\n\n".to_vec(), "empty"),
        (
            "plan.docx",
            b"PK\x03\x04\x14\x00\x06\x00word/document.xml".to_vec(),
            "docx",
        ),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(),
            "doc",
        ),
        ("setup.exe", b"MZ\x90\x00\x03".to_vec(), "Windows program"),
        ("scan.pdf", b"%PDF-1.7\n".to_vec(), "PDF"),
        (
            "nul.txt",
            NOTICE.replace("总体", "总\u{0}体").into_bytes(),
            "NUL",
        ),
        (
            "cut.txt",
            NOTICE.as_bytes()[..NOTICE.len() - 2].to_vec(),
            "UTF-8",
        ),
        ("letter.txt", "今天天气很好。\n".into(), "no notice"),
        (
            "nowindow.txt",
            NOTICE.replace(window, "时间另行通知").into(),
            "period",
        ),
        (
            "backwards.txt",
            NOTICE
                .replace(window, "时间为2025年6月28日至2025年5月29日")
                .into(),
            "line 1",
        ),
        (
            "feb30.txt",
            NOTICE.replace("5月29日至", "2月30日至").into(),
            "2月30日",
        ),
        (
            "nodraft.txt",
            NOTICE
                .lines()
                .take(10)
                .map(|line| format!("{line}\n"))
                .collect::<String>()
                .into(),
            "draft",
        ),
    ];
    for (name, bytes, says) in cases {
        let here = Installation::new();
        here.file(name, bytes);
        let done = import(&here, name, &["--slug", "plan"]);
        let said = done.refusal();
        assert!(said.contains(says), "{name}: {said}");
        assert!(said.contains(name), "{name} is not named: {said}");
        assert_eq!(here.listing(), [name], "{name} left something");
    }
}

#[test]
fn a_wrong_place_or_name_leaves_nothing() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    std::fs::create_dir(here.path().join("folder")).unwrap();
    for (file, more, says) in [
        ("missing.txt", &[][..], "missing.txt"),
        ("folder", &[], "folder"),
        ("notice.txt", &["--slug", "坏名字"], "坏名字"),
        ("notice.txt", &["--slug", "../up"], "../up"),
        ("notice.txt", &["--slug", ""], "short name"),
        ("notice.txt", &["--slug", "a\nb"], "short name"),
        ("notice.txt/x", &[], "notice.txt/x"),
    ] {
        let done = import(&here, file, more);
        assert!(done.refusal().contains(says), "{done:?}");
    }
    assert_eq!(here.listing(), ["folder", "notice.txt"]);
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let mut here = Installation::new();
    here.set("JIANYAN_PLAN_LIMIT_BYTES", "1000");
    here.file("notice.txt", NOTICE);
    let said = import(&here, "notice.txt", &[]);
    assert!(
        said.refusal().contains("notice.txt") && said.err.contains("1000"),
        "{said:?}"
    );
    assert_eq!(here.listing(), ["notice.txt"]);
}
