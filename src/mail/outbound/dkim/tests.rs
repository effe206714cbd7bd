//! Signatures, against the example of the standard and against the reader of a signature.

#![allow(clippy::unwrap_used)]
use super::*;
use ring::signature::{ED25519, KeyPair, UnparsedPublicKey};

const HEAD: &str = "From: Joe SixPack <joe@football.example.com>\r\n\
    To: Suzie Q <suzie@shopping.example.net>\r\n\
    Subject: Is dinner ready?\r\n\
    Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
    Message-ID: <20030712040037.46341.5F8J@football.example.com>";
const BODY: &str = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

fn signer() -> Signer {
    let seed = STANDARD
        .decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
        .unwrap();
    Signer {
        key: Key::Ed25519(Ed25519KeyPair::from_seed_unchecked(&seed).unwrap()),
        selector: "brisbane".to_owned(),
        domain: "football.example.com".to_owned(),
    }
}

/// The example of RFC 8463, appendix A.
#[test]
fn the_example_of_the_standard_comes_out_right() {
    let body = STANDARD.encode(Sha256::digest(canonical_body(BODY)));
    assert_eq!(body, "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    let unsigned = " v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; \
        i=@football.example.com;\r\n q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject \
        : date : message-id : from : subject : date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
    let lines = chosen(HEAD);
    let line = |name: &str| {
        let (_, value) = lines.iter().find(|(known, _)| known == name).unwrap();
        canonical_header(name, value) + "\r\n"
    };
    let head: String = ["from", "to", "subject", "date", "message-id"]
        .map(line)
        .concat();
    let input = head + &canonical_header("dkim-signature", unsigned);
    let signature = STANDARD.encode(signer().signature(input.as_bytes()).unwrap());
    assert_eq!(
        signature,
        "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
    );
}

#[test]
fn a_signed_mail_says_what_it_signs() {
    let mail = format!("{HEAD}\r\nX-Other: 1\r\nAuto-Submitted: auto-replied\r\n\r\n{BODY}");
    let now = Timestamp::from_second(1_528_637_909).unwrap();
    let signer = signer();
    let signed = signer.sign(mail.clone().into_bytes(), now).unwrap();
    let signed = String::from_utf8(signed).unwrap();
    let (header, rest) = signed.split_at(signed.len() - mail.len());
    assert_eq!(rest, mail, "the mail itself is as it was");
    assert!(
        header.contains("h=from:to:subject:date:message-id:auto-submitted:from;"),
        "{header}"
    );
    assert!(header.lines().all(|line| line.len() < 200), "{header}");
    let (unsigned, signature) = header.split_once("b=\r\n").unwrap();
    let unsigned = unsigned.strip_prefix("DKIM-Signature:").unwrap().to_owned() + "b=";
    let signature: String = signature.split_whitespace().collect();
    let signature = STANDARD.decode(signature).unwrap();
    let head = canonical_head(&chosen(&format!("{HEAD}\r\nAuto-Submitted: auto-replied")));
    let input = head + &canonical_header("dkim-signature", &unsigned);
    let Key::Ed25519(key) = &signer.key else {
        return;
    };
    UnparsedPublicKey::new(&ED25519, key.public_key().as_ref())
        .verify(&Sha256::digest(input), &signature)
        .unwrap();
}

#[test]
fn bodies_are_canonical_whatever_their_blanks() {
    for (body, canonical) in [
        ("", ""),
        ("\r\n\r\n", ""),
        ("a  b \t\r\n c\r\n\r\n\r\n", "a b\r\n c\r\n"),
        ("no end", "no end\r\n"),
    ] {
        assert_eq!(canonical_body(body), canonical);
    }
}

#[test]
fn what_is_no_key_is_refused() {
    for text in [
        "",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "geheim",
    ] {
        assert!(parse(text).is_none());
    }
}
