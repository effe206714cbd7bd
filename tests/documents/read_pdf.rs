//! PDF files: the text layer, or a refusal that says why not.

use crate::files::{codes, read, refusal};
use jianyan::documents::read::{Format, Limits};
use jianyan::words::Lang;

/// A file of one page and one font.
fn pdf(font: &str, more: &[String], content: &str) -> Vec<u8> {
    let stream = |text: &str| format!("<</Length {}>>stream\n{text}\nendstream", text.len());
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".to_owned(),
        stream(content),
        font.to_owned(),
    ];
    objects.extend(more.iter().cloned());
    let mut out = "%PDF-1.4\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    (out + "trailer<</Root 1 0 R>>\n%%EOF").into_bytes()
}

fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes
        .into_iter()
        .map(|byte| format!("{byte:02X}"))
        .collect()
}

fn utf16(text: &str) -> String {
    hex(text.encode_utf16().flat_map(u16::to_be_bytes))
}

const UNI: &str =
    "<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<</DW 1000>>]>>";

/// Lines of 12 points, each with its place from the left.
fn lines(lines: &[(u32, &str)]) -> String {
    let mut out = "BT /F1 12 Tf ".to_owned();
    for (at, (x, text)) in lines.iter().enumerate() {
        out += &format!("1 0 0 1 {x} {} Tm <{}> Tj ", 700 - 20 * at, utf16(text));
    }
    out + "ET"
}

#[test]
fn lines_become_paragraphs() {
    let content = lines(&[
        (160, "松涧区方案"),
        (96, "一、总体要求"),
        (96, "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲"),
        (72, "乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙"),
        (72, "丙丙。"),
        (96, "丁。"),
        (200, "— 1 —"),
    ]);
    let source = read("plan.pdf", &pdf(UNI, &[], &content));
    assert_eq!(source.format, Format::Pdf);
    assert_eq!(
        source.text,
        "松涧区方案\n一、总体要求\n甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙乙丙丙。\n丁。\n"
    );
    assert_eq!(
        codes(&source),
        [("pdf-text-layer", 1), ("page-numbers-left-out", 1)]
    );
}

#[test]
fn every_way_to_name_characters() {
    let show = |codes: &str| format!("BT /F1 12 Tf 72 700 Td <{codes}> Tj ET");
    let map = "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange \
               2 beginbfchar <0001> <4E00> <0002> <D842DFB7> endbfchar \
               2 beginbfrange <0010> <0012> <7532> <0020> <0021> [<5B50> <4E11>] endbfrange";
    let stream = format!("<</Length {}>>stream\n{map}\nendstream", map.len());
    let identity = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</DW 1000/W[1[500 600]]>>]>>";
    let gbk = hex(encoding_rs::GB18030.encode("一、甲a乙").0.iter().copied());
    for (font, codes, wanted) in [
        (
            identity,
            "00010002001000110012 00200021".to_owned(),
            "一𠮷甲申甴子丑\n",
        ),
        (UNI, utf16("一、甲a乙"), "一、甲a乙\n"),
        (&UNI.replace("UCS2", "UTF16"), utf16("𠮷甲"), "𠮷甲\n"),
        (&UNI.replace("UniGB-UCS2", "GBK-EUC"), gbk, "一、甲a乙\n"),
        (
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            hex(*b"Plan (1)"),
            "Plan (1)\n",
        ),
        (
            "<</Type/Font/Subtype/Type1/Encoding<</Differences[1/A/uni4E59/emdash]>>>>",
            "010203".to_owned(),
            "A乙—\n",
        ),
    ] {
        let bytes = pdf(font, std::slice::from_ref(&stream), &show(&codes));
        assert_eq!(read("plan.pdf", &bytes).text, wanted, "{font}");
    }
}

#[test]
fn what_cannot_be_read_for_sure_is_refused() {
    let said = |bytes: &[u8]| {
        refusal("plan.pdf", bytes, &Limits::default())
            .message(Lang::Zh)
            .to_owned()
    };
    let show = "BT /F1 12 Tf 72 700 Td <0001> Tj ET";
    let unmapped = UNI.replace("UniGB-UCS2-H", "Identity-H");
    assert!(said(&pdf(&unmapped, &[], show)).contains("第1页有无法解码的字符"));
    let private = lines(&[(72, "甲\u{e001}")]);
    assert!(said(&pdf(UNI, &[], &private)).contains("第1页有无法解码的字符"));
    assert!(said(&pdf(UNI, &[], "0 0 m 10 10 l S")).contains("扫描件"));
    assert!(said(b"%PDF-1.4\nnothing").contains("不是完整的PDF"));
    let packed = pdf(UNI, &[], show);
    let packed = String::from_utf8(packed)
        .unwrap()
        .replace("<</Length", "<</Filter/LZWDecode/Length");
    assert!(said(packed.as_bytes()).contains("压缩方式"));
}

#[test]
fn packed_objects_and_streams() {
    use std::io::Write;
    let pack = |text: &str| {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]>>",
        "<</Type/Page/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        UNI,
    ];
    let (mut head, mut body) = (String::new(), String::new());
    for (id, object) in [1, 2, 3, 5].iter().zip(objects) {
        head += &format!("{id} {} ", body.len());
        body += &format!("{object} ");
    }
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut add = |id: u32, entries: &str, packed: Vec<u8>| {
        file.extend(
            format!(
                "{id} 0 obj<</Filter/FlateDecode{entries}/Length {}>>stream\r\n",
                packed.len()
            )
            .bytes(),
        );
        file.extend(packed);
        file.extend(b"\nendstream endobj\n");
    };
    add(4, "", pack(&lines(&[(72, "甲乙")])));
    add(
        6,
        &format!("/Type/ObjStm/N 4/First {}", head.len()),
        pack(&(head.clone() + &body)),
    );
    add(7, "/Type/XRef/Root 1 0 R", pack(""));
    assert_eq!(read("plan.pdf", &file).text, "甲乙\n");
    // A stream that unpacks to more than the limit is stopped while it unpacks.
    let bomb = pack(&" ".repeat(40_000_000));
    let mut file = String::from_utf8(pdf(UNI, &[], ""))
        .unwrap()
        .replace("4 0 obj", "9 0 obj")
        .into_bytes();
    file.extend(
        format!(
            "\n4 0 obj<</Filter/FlateDecode/Length {}>>stream\n",
            bomb.len()
        )
        .bytes(),
    );
    file.extend(bomb);
    file.extend(b"\nendstream endobj");
    let limits = Limits {
        expanded_bytes: 10_000_000,
        ..Limits::default()
    };
    assert!(
        refusal("plan.pdf", &file, &limits)
            .to_string()
            .contains("unpacks")
    );
}

#[test]
fn drawing_in_circles_ends() {
    let form = "<</Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>/Length 15>>stream\n/X Do /X Do /X Do\nendstream";
    let bytes = pdf(UNI, &[form.to_owned()], "/X Do");
    let bytes = String::from_utf8(bytes)
        .unwrap()
        .replace("/Font<<", "/XObject<</X 6 0 R>>/Font<<");
    assert!(
        refusal("plan.pdf", bytes.as_bytes(), &Limits::default())
            .to_string()
            .contains("no text")
    );
    let pages = b"%PDF-1.4 1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R 2 0 R]>>endobj trailer<</Root 1 0 R>>";
    refusal("plan.pdf", pages, &Limits::default());
}
