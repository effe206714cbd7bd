//! Addresses of mailboxes.
#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

fn imap_of(text: &str) -> Imap {
    match Mailbox::read(text, None, None).unwrap().place {
        Place::Imap(imap) => imap,
        Place::Maildir(_) => panic!("a maildir"),
    }
}

#[test]
fn an_address_says_where_and_how() {
    let usual = imap_of("imaps://yijian%40example.org:p%40ss@imap.example.org");
    assert_eq!(
        (usual.port, usual.tls, &*usual.folder),
        (993, ImapTls::Wrapped, "INBOX")
    );
    assert_eq!(usual.user, "yijian@example.org");
    assert!(usual.secret == Secret::Password("p@ss".to_owned()));
    let other = imap_of("imap://a:b@mail.example.org/%E6%84%8F%E8%A7%81?after=move:Done");
    assert_eq!(
        (other.port, other.tls, &*other.folder),
        (143, ImapTls::Required, "意见")
    );
    assert_eq!(other.afterwards, Afterwards::Move("Done".to_owned()));
    let set = Mailbox::read(
        "imap://a:b@127.0.0.1:1143/?tls=none&consultation=plan&poll=5",
        None,
        None,
    )
    .unwrap();
    assert_eq!(
        (set.consultation.as_deref(), set.poll.as_secs()),
        (Some("plan"), 5)
    );
    let folder = Mailbox::read("maildir:/var/mail/office", None, None).unwrap();
    assert!(folder.place == Place::Maildir(PathBuf::from("/var/mail/office")));
}

#[test]
fn what_is_wrong_is_said_without_the_password() {
    for wrong in [
        "imap.example.org",
        "http://a:geheim@imap.example.org",
        "imaps://a:geheim@",
        "imaps://:geheim@imap.example.org",
        "imaps://a@imap.example.org",
        "imap://a:geheim@imap.example.org?tls=none",
        "imaps://a:geheim@localhost?tls=none",
        "imaps://a:geheim@imap.example.org?poll=1",
        "imaps://a:geheim@imap.example.org?after=delete",
        "imaps://a:geheim@imap.example.org?what=ever",
        "imaps://a:geheim@imap.example.org/IN%0d%0aBOX",
        "maildir:var/mail",
        "maildir:/var/mail?after=seen",
    ] {
        let said = Mailbox::read(wrong, None, None).map(|_| ()).unwrap_err();
        assert!(
            !said.contains("geheim") && !said.is_empty(),
            "{wrong}: {said}"
        );
    }
}
