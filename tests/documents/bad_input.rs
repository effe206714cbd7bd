//! What is not a plain text file is refused with one line that says what it is.

use jianyan::documents::read::{Limits, from_bytes};
use jianyan::error::{Error, Kind};
use jianyan::words::Lang;

fn refusal(bytes: &[u8]) -> Error {
    let error = from_bytes("plan.txt", bytes, &Limits::default()).unwrap_err();
    for lang in [Lang::Zh, Lang::En] {
        let message = error.message(lang);
        assert!(
            !message.contains('\n') && message.contains("plan.txt"),
            "{message}"
        );
    }
    error
}

#[test]
fn each_kind_is_named() {
    for (bytes, word) in [
        (&b""[..], "是空的"),
        (b"\xef\xbb\xbf \n\t", "是空的"),
        (b"PK\x03\x04rest", "容器已损坏"),
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90\x00", "Windows"),
        (b"{\\rtf1", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版Office"),
        (b"\xff\xfe\x00\x4e\x00", "第4字节"),
        (b"ab\x00cd", "第2字节"),
        (b"\xef\xbb\xbfab\xff", "第5字节"),
        (
            [b"\xb9\xab".repeat(60).as_slice(), b"\xff\xf3"]
                .concat()
                .as_slice(),
            "第120字节",
        ),
        (
            b"\xa4\xa4\xb5\xd8\xa5\xc1\xb0\xea\xa4\x40\xa4\x47\xa4\x54\xa5\x7c",
            "不像GB18030",
        ),
    ] {
        let error = refusal(bytes);
        assert_eq!(error.kind(), Kind::Invalid);
        let message = error.message(Lang::Zh);
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let error = from_bytes("plan.txt", b"12345", &Limits::of_file(4)).unwrap_err();
    assert_eq!(error.kind(), Kind::TooLarge);
}

#[test]
fn a_byte_order_mark_is_skipped_and_hashed() {
    let with = from_bytes("a.txt", "\u{feff}一、甲".as_bytes(), &Limits::default()).unwrap();
    let without = from_bytes("a.txt", "一、甲".as_bytes(), &Limits::default()).unwrap();
    assert_eq!(with.text, without.text);
    assert_ne!(with.sha256, without.sha256);
    assert_eq!(with.sha256.len(), 64);
}
