//! Settings that are wrong are named in the one line, and nothing is begun.

use crate::support::notice::NOTICE;
use crate::support::process::{Installation, free_address};

#[test]
fn what_is_wrong_is_named() {
    for (text, says) in [
        (
            "site_name = \"甲\"\nlistne = \"x\"\n",
            &["site.toml:2", "listne"][..],
        ),
        ("site_name = 7\n", &["site.toml:1"]),
        ("site_name = \"甲\n", &["site.toml:1"]),
        ("listen = \"everywhere\"\n", &["site.toml:1"]),
        (
            "database_url = \"mysql://u:geheim@h/db\"\n",
            &["database_url"],
        ),
        ("public_url = \"example.org\"\n", &["public_url"]),
        ("log_format = \"xml\"\n", &["log_format"]),
        ("log_filter = \"a=b=c=[\"\n", &["log_filter"]),
        ("session_hours = -1\n", &["session_hours"]),
        (
            "session_idle_minutes = 9223372036854775807\n",
            &["session_idle_minutes"],
        ),
        ("workers = 0\n", &["workers"]),
        (
            "clamd = \"localhost\"\n",
            &["site.toml:1", "clamd", "unix:/"],
        ),
        ("clamd = \"tcp://localhost\"\n", &["site.toml:1", "clamd"]),
        (
            "trusted_proxies = [\"10.0.0.0/99\"]\n",
            &["site.toml:1", "10.0.0.0/99"],
        ),
        ("upload_keep_hours = 0\n", &["upload_keep_hours"]),
        ("work_bits = 40\n", &["work_bits"]),
        (
            "smtp_url = \"smtp://u:geheim@mail.example.org/x\"\n",
            &["smtp_url"],
        ),
        (
            "smtp_url = \"smtp://u:geheim@mail.example.org\"\n",
            &["mail_from"],
        ),
        ("mail_from = \"no address\"\n", &["mail_from"]),
        ("mail_timeout_seconds = 0\n", &["mail_timeout_seconds"]),
        ("dkim_key_file = \"key.pem\"\n", &["dkim_selector"]),
        ("dkim_selector = \"a b\"\n", &["dkim_selector"]),
    ] {
        let here = Installation::new();
        here.file("site.toml", text);
        let done = here.run(&["serve", "--config", "site.toml"]);
        for part in says {
            assert!(done.refusal().contains(part), "{text}: {done:?}");
        }
        assert!(!done.err.contains("geheim"), "{done:?}");
        assert_eq!(here.listing(), ["site.toml"]);
    }
}

#[test]
fn a_settings_file_that_cannot_be_read_is_named() {
    let here = Installation::new();
    std::fs::create_dir(here.path().join("folder")).unwrap();
    here.file("bytes.toml", b"site_name = \"\xff\"\n");
    here.file("notice.txt", NOTICE);
    for file in ["none.toml", "folder", "bytes.toml"] {
        for arguments in [
            &["serve", "--config", file][..],
            &["import", "notice.txt", "--config", file],
        ] {
            assert!(here.run(arguments).refusal().contains(file));
        }
    }
    assert_eq!(here.listing(), ["bytes.toml", "folder", "notice.txt"]);
}

#[test]
fn a_variable_that_is_wrong_is_named() {
    for (name, value) in [
        ("JIANYAN_LISTN", "127.0.0.1:80"),
        ("JIANYAN_LISTEN", "80"),
        ("JIANYAN_SESSION_HOURS", "many"),
        ("JIANYAN_", "x"),
    ] {
        let mut here = Installation::new();
        here.set(name, value);
        assert!(here.run(&["serve"]).refusal().contains(name), "{name}");
        assert!(here.listing().is_empty());
    }
}

/// A name that is a number, and a variable that is nobody's business.
#[test]
fn odd_variables_do_no_harm() {
    let mut here = Installation::new();
    here.set("JIANYAN_SITE_NAME", "2025");
    here.file("notice.txt", NOTICE);
    let mut command = here.command(&["import", "notice.txt"]);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        command.env("OTHER", std::ffi::OsStr::from_bytes(b"\xff\xfe"));
    }
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
}

#[cfg(unix)]
#[test]
fn a_variable_of_ours_that_is_no_text_is_named() {
    use std::os::unix::ffi::OsStrExt;
    let here = Installation::new();
    let mut command = here.command(&["serve"]);
    command.env(
        "JIANYAN_SITE_NAME",
        std::ffi::OsStr::from_bytes(b"\xff\xfe"),
    );
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("JIANYAN_SITE_NAME") && said.lines().count() == 1,
        "{said}"
    );
}

#[test]
fn a_database_that_does_not_answer_is_one_line() {
    let mut here = Installation::new();
    let url = format!("postgres://jianyan:geheim@{}/jianyan", free_address());
    here.set("JIANYAN_DATABASE_URL", &url);
    here.file("notice.txt", NOTICE);
    for arguments in [
        &["serve"][..],
        &["import", "notice.txt"],
        &["export", "plan", "--format", "csv", "--output", "x.csv"],
    ] {
        let done = here.run(arguments);
        assert!(done.refusal().contains("database"), "{done:?}");
        assert!(!done.err.contains("geheim"), "{done:?}");
    }
    assert!(!here.path().join("x.csv").exists());
}

#[test]
fn a_key_of_another_installation_is_refused() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    here.run(&["import", "notice.txt", "--slug", "plan"]).good();
    for (key, says) in [
        ("0".repeat(64), "site key"),
        ("short".to_owned(), "site.key"),
    ] {
        here.file("jianyan-data/site.key", key);
        assert!(here.run(&["serve"]).refusal().contains(says));
    }
}
