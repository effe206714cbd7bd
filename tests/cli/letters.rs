//! `mail parse` and `mail import`.

use crate::support::notice::NOTICE;
use crate::support::process::{Done, Installation};
use serde_json::Value;

/// A letter in GBK, received by our own server on a day of the window.
fn letter(id: &str, day: u32, words: &str) -> Vec<u8> {
    let head = format!(
        "Received: from mx.example.com by mail.example.org with ESMTP; {day} Jun 2025 09:30:00 +0800\r\n\
         Date: {day} Jun 2025 09:29:00 +0800\r\nFrom: hanlixia@example.com\r\nTo: <loudao@example.org>\r\n\
         Message-ID: <{id}@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb2312\r\n\
         Content-Transfer-Encoding: 8bit\r\nSubject: "
    );
    let body = format!(
        "楼道方案的意见\r\n\r\n您好：\r\n{words}\r\n谢谢！\r\n-- \r\n韩立夏\r\n电话：0900-5557788\r\n"
    );
    let (body, _, lost) = encoding_rs::GBK.encode(&body);
    assert!(!lost);
    [head.as_bytes(), &body].concat()
}

fn published() -> Installation {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    here.run(&["import", "notice.txt", "--slug", "plan"]).good();
    here
}

fn tally(done: &Done) -> &str {
    done.out.lines().last().unwrap_or_default()
}

#[test]
fn a_letter_is_read_into_the_agreed_shape() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    let bytes = letter("one", 10, "第二部分第（一）条第2项的晾衣架请装低一点。");
    here.file("one.eml", &bytes);
    let read = here
        .run(&[
            "mail",
            "parse",
            "one.eml",
            "--json",
            "--draft",
            "notice.txt",
        ])
        .json();
    assert_eq!(read["sha256"], jianyan::ids::sha256(&bytes));
    assert_eq!(read["message_id"], "<one@example.com>");
    assert_eq!(read["from"]["address"], "hanlixia@example.com");
    assert_eq!(read["to"][0]["address"], "loudao@example.org");
    assert_eq!(read["subject"], "楼道方案的意见");
    assert!(
        read["sent_at"].is_string() || read["sent_at"].is_object(),
        "{read}"
    );
    assert!(read["text"].as_str().unwrap().contains("晾衣架"));
    assert!(
        read["elided"]
            .as_array()
            .unwrap()
            .iter()
            .any(|taken| taken["reason"] == "signature"),
        "{read}"
    );
    assert_eq!(read["attachments"], Value::Array(Vec::new()));
    assert_eq!(read["automatic"], Value::Null);
    assert_eq!(read["contact"]["name"], "韩立夏");
    assert_eq!(
        read["contact"]["phones"],
        serde_json::json!(["0900-5557788"])
    );
    assert_eq!(read["remarks"][0]["section"], "二/(一)/2", "{read}");
    assert!(read["contact"]["emails"].is_array() && read["warnings"].is_array());
    assert_eq!(
        here.listing(),
        ["notice.txt", "one.eml"],
        "reading leaves nothing"
    );
    // Without the plan it is read all the same, and any bytes are.
    here.run(&["mail", "parse", "one.eml"]).json();
    here.file(
        "noise.eml",
        (0..=255_u8).cycle().take(5_000).collect::<Vec<u8>>(),
    );
    here.file("nothing.eml", "");
    for file in ["noise.eml", "nothing.eml"] {
        here.run(&["mail", "parse", file]).json();
    }
    for (arguments, says) in [
        (["mail", "parse", "none.eml", "--json"], "none.eml"),
        (["mail", "parse", ".", "--json"], "cannot read ."),
    ] {
        assert!(here.run(&arguments).refusal().contains(says));
    }
    assert!(
        here.run(&["mail", "parse", "one.eml", "--draft", "none.txt"])
            .refusal()
            .contains("none.txt")
    );
}

/// With a draft its notice is known too: the office's own telephone is nobody's contact, and a text
/// that only points to a file is read from the file.
#[test]
fn the_notice_of_the_draft_and_the_attached_letter_are_known() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    let phone = NOTICE.lines().find(|line| line.contains("电话")).unwrap();
    let words = format!(
        "第二部分第（一）条第2项的晾衣架请装低一点。\r\n{phone}\r\n我的电话：19900001234\r\n"
    );
    let raw = format!(
        "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n意见见附件。\r\n--b\r\nContent-Type: text/plain; charset=utf-8; name=\"a.txt\"\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\n{words}\r\n--b--\r\n"
    );
    here.file("file.eml", raw.as_bytes());
    let read = here
        .run(&["mail", "parse", "file.eml", "--draft", "notice.txt"])
        .json();
    assert_eq!(read["remarks"][0]["section"], "二/(一)/2", "{read}");
    assert_eq!(read["remarks"][0]["evidence_at"]["file"], "a.txt");
    assert_eq!(
        read["contact"]["phones"],
        serde_json::json!(["19900001234"]),
        "{read}"
    );
    assert_eq!(read["attached"][0]["own_words"], true);
}

#[test]
fn letters_come_from_files_folders_and_maildirs() {
    let here = published();
    here.file("one.eml", letter("one", 10, "请多装几盏灯。"));
    here.file("box/a.eml", letter("a", 11, "请每月清理一次。"));
    here.file("box/b.EML", letter("b", 12, "充电棚请离窗户远一点。"));
    here.file("box/notes.txt", "不是信");
    here.file(
        "Maildir/new/1718000000.M1P1.host",
        letter("n", 13, "请公布清理时间。"),
    );
    here.file(
        "Maildir/cur/1718000001.M2P1.host:2,S",
        letter("c", 14, "赞成安装灭火器。"),
    );
    here.file(
        "Maildir/cur/1718000002.M3P1.host:2,RS",
        letter("d", 30, "来晚了，仍想说一句。"),
    );
    here.file(
        "Maildir/tmp/1718000003.M4P1.host",
        letter("t", 15, "还没有收完的信。"),
    );
    let done = here.run(&["mail", "import", "one.eml", "box", "Maildir"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(
        tally(&done),
        "6 registered, 0 added to earlier ones (1 outside the window), 0 duplicates, 0 set aside, 0 failed"
    );
    assert_eq!(done.out.lines().count(), 7, "{done:?}");
    // Read mail moves from new to cur, and everything is brought again.
    std::fs::rename(
        here.path().join("Maildir/new/1718000000.M1P1.host"),
        here.path().join("Maildir/cur/1718000000.M1P1.host:2,S"),
    )
    .unwrap();
    let again = here.run(&["mail", "import", "one.eml", "box", "Maildir", "one.eml"]);
    assert_eq!(
        tally(&again),
        "0 registered, 0 added to earlier ones (0 outside the window), 7 duplicates, 0 set aside, 0 failed"
    );
    assert_eq!(again.code, 0);
}

#[test]
fn one_letter_that_cannot_be_read_stops_no_other() {
    let here = published();
    here.file("a.eml", letter("a", 11, "第一封。"));
    here.file("c.eml", letter("c", 12, "第三封。"));
    let done = here.run(&["mail", "import", "a.eml", "b.eml", "c.eml"]);
    assert_eq!(done.code, 1, "{done:?}");
    assert_eq!(
        tally(&done),
        "2 registered, 0 added to earlier ones (0 outside the window), 0 duplicates, 0 set aside, 1 failed"
    );
    assert!(
        done.err.contains("b.eml") && done.err.lines().count() == 2,
        "{done:?}"
    );
    // A letter in a folder that leads nowhere is not passed over in silence.
    #[cfg(unix)]
    {
        std::fs::create_dir(here.path().join("box")).unwrap();
        here.file("box/good.eml", letter("g", 13, "好的那封。"));
        std::os::unix::fs::symlink("nowhere", here.path().join("box/broken.eml")).unwrap();
        let done = here.run(&["mail", "import", "box"]);
        assert_eq!(
            tally(&done),
            "1 registered, 0 added to earlier ones (0 outside the window), 0 duplicates, 0 set aside, 1 failed"
        );
        assert!(done.err.contains("broken.eml"), "{done:?}");
    }
    // Bytes that are no letter are kept and counted, whatever they are.
    here.file("noise.eml", b"\x00\xff\xfe\x01 no letter at all");
    let done = here.run(&["mail", "import", "noise.eml"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(tally(&done).contains("0 failed"));
}

#[test]
fn an_automatic_letter_is_set_aside() {
    let here = published();
    let text = String::from_utf8_lossy(&letter("auto", 11, "x")).replace(
        "MIME-Version",
        "Auto-Submitted: auto-replied\r\nMIME-Version",
    );
    here.file("auto.eml", text);
    let done = here.run(&["mail", "import", "auto.eml"]);
    assert_eq!(
        tally(&done),
        "0 registered, 0 added to earlier ones (0 outside the window), 0 duplicates, 1 set aside, 0 failed"
    );
}

#[test]
fn letters_need_a_consultation() {
    let here = Installation::new();
    here.file("a.eml", letter("a", 11, "第一封。"));
    assert!(
        here.run(&["mail", "import", "a.eml"])
            .refusal()
            .contains("jianyan import")
    );
    let here = published();
    here.file("a.eml", letter("a", 11, "第一封。"));
    let wrong = here.run(&["mail", "import", "a.eml", "--consultation", "none"]);
    assert!(wrong.refusal().contains("none"), "{wrong:?}");
    // Two with the same address: the letter must be told where it belongs.
    here.file("other.txt", NOTICE.replace("95.5%", "96.5%"));
    here.run(&["import", "other.txt", "--slug", "other"]).good();
    let torn = here.run(&["mail", "import", "a.eml"]);
    assert!(
        torn.code == 1 && torn.err.contains("--consultation"),
        "{torn:?}"
    );
    here.run(&["mail", "import", "a.eml", "--consultation", "other"])
        .good();
}
