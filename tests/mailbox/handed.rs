//! `jianyan mail receive`: a letter from a mail server's pipe.

use crate::desk::letter;
use crate::support::process::{Installation, notice_for_today};

fn installation() -> Installation {
    let mut installation = Installation::new();
    installation.set("JIANYAN_DATABASE_URL", "sqlite:jianyan.db");
    let notice = installation.file("notice.txt", notice_for_today());
    let arguments = ["import", notice.to_str().unwrap(), "--slug", "plan"];
    installation.run(&arguments).good();
    installation
}

fn receive(
    installation: &Installation,
    more: &[&str],
    raw: &[u8],
) -> crate::support::process::Done {
    let arguments = [&["mail", "receive"], more].concat();
    installation.run_with(&arguments, std::str::from_utf8(raw).unwrap())
}

#[test]
fn a_letter_that_is_handed_over_is_registered_once() {
    let installation = installation();
    let said = receive(&installation, &[], &letter(1)).good().to_owned();
    let (receipt, timing) = said.trim().split_once(' ').unwrap();
    assert_eq!((receipt.len(), timing), (19, "early"), "{said}");
    let again = receive(&installation, &["--consultation", "plan"], &letter(1));
    assert!(again.good().contains("duplicate"), "{again:?}");
    let automatic = [b"Auto-Submitted: auto-replied\r\n".as_slice(), &letter(2)].concat();
    assert_eq!(
        receive(&installation, &[], &automatic).good(),
        "- auto-reply\n"
    );
}

#[test]
fn what_cannot_be_taken_is_handed_over_again() {
    let mut installation = installation();
    let nobody = receive(&installation, &["--consultation", "nothing"], &letter(1));
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("jianyan: "), "{nobody:?}");
    let empty = receive(&installation, &[], b"");
    assert!(empty.refusal().contains("no letter"));
    installation.set(
        "JIANYAN_DATABASE_URL",
        "postgres://nobody@127.0.0.1:1/nothing",
    );
    let away = receive(&installation, &["--sysexits"], &letter(1));
    assert_eq!(away.code, 75, "{away:?}");
}
