//! The real plans, written in every format and read back: the same headings wherever they came from.

use crate::files::{Docx, escape, p, pp, read};
use crate::support;
use jianyan::documents::model::numeral;
use jianyan::documents::outline::outline;
use jianyan::documents::read::SourceText;
use std::fs;

/// Path, label without blanks and heading of every place, document by document.
fn places(source: &SourceText) -> Vec<Vec<String>> {
    let read = outline(source);
    assert_eq!(read.reproduce(), source.text, "characters lost or moved");
    read.documents
        .iter()
        .map(|document| {
            let mut all = vec![format!("{:?} {:?}", document.kind, document.title)];
            all.extend(support::listing(document));
            all
        })
        .collect()
}

/// Each plan with its name.
fn seeds() -> Vec<(String, String)> {
    let Some(folder) = support::seeds() else {
        return Vec::new();
    };
    let mut all: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

fn alike(name: &str, how: &str, text: &str, source: &SourceText) {
    let wanted = places(&read("plan.txt", text.as_bytes()));
    let found = places(source);
    for (found, wanted) in found.iter().zip(&wanted) {
        for (found, wanted) in found.iter().zip(wanted) {
            assert_eq!(found, wanted, "{name} as {how}");
        }
    }
    assert_eq!(found, wanted, "{name} as {how}");
}

#[test]
fn as_text_in_other_charsets() {
    for (name, text) in seeds() {
        let wide: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read("plan.txt", &wide).text, text, "{name} as UTF-16");
        assert_eq!(
            read("plan.txt", &wide[2..]).text,
            text,
            "{name} as unmarked UTF-16"
        );
        let (gb, _, lossy) = encoding_rs::GB18030.encode(&text);
        assert!(!lossy);
        assert_eq!(read("plan.txt", &gb).text, text, "{name} as GB18030");
    }
}

#[test]
fn as_plain_paragraphs_of_word() {
    for (name, text) in seeds() {
        let body: String = text.split_terminator('\n').map(p).collect();
        alike(&name, "docx", &text, &Docx::of(&body).read());
    }
}

/// A label that Word can compute, its level, its number, and the text after it.
fn label(line: &str) -> Option<(usize, u32, &str)> {
    let digits = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() < 4);
    if let Some(rest) = line.strip_prefix('(') {
        let (inner, text) = rest.split_once(')')?;
        return Some((1, numeral::read(inner)?, text));
    }
    if let Some(rest) = line.strip_prefix('（') {
        let (inner, text) = rest.split_once('）')?;
        return Some((2, numeral::read(inner)?, text));
    }
    if let Some((inner, text)) = line.split_once('、')
        && let Some(number) = numeral::read(inner)
    {
        return Some((0, number, text));
    }
    for (level, mark) in [(3, '.'), (4, '．')] {
        if let Some((inner, text)) = line.split_once(mark)
            && let Some(number) = digits(inner)
        {
            return Some((level, number, text));
        }
    }
    None
}

#[test]
fn as_automatic_numbers_of_word() {
    let figures = [
        "chineseCountingThousand",
        "chineseCountingThousand",
        "chineseCountingThousand",
        "decimal",
        "decimal",
    ];
    let forms = ["%1、", "(%1)", "（%1）", "%1.", "%1．"];
    for (name, text) in seeds() {
        let (mut body, mut numbering) = (String::new(), String::new());
        for (id, (figures, form)) in figures.iter().zip(forms).enumerate() {
            numbering += &format!(
                "<w:abstractNum w:abstractNumId=\"{id}\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{figures}\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"{form}\"/></w:lvl></w:abstractNum>"
            );
        }
        let (mut last, mut numbers, mut automatic) = ([0; 5], 0, 0);
        for line in text.split_terminator('\n') {
            let Some((level, number, rest)) = label(line) else {
                body += &p(line);
                continue;
            };
            // A number that does not follow the last of its kind starts a list of its own.
            if number != last[level] + 1 || last[level] == 0 {
                numbers += 1;
                let anew = format!(
                    "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{number}\"/></w:lvlOverride>"
                );
                numbering += &format!(
                    "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{level}\"/>{anew}</w:num>",
                    numbers * 10 + level
                );
            }
            last[level] = number;
            let id = numbers_of(&numbering, level);
            body += &pp(
                &format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr>"),
                rest,
            );
            automatic += 1;
        }
        assert!(automatic > 15, "{name}: {automatic} labels");
        let document = Docx {
            body,
            numbering,
            ..Docx::default()
        };
        let source = document.read();
        assert_eq!(source.text.trim_end(), text.trim_end(), "{name}");
        alike(&name, "numbered docx", &text, &source);
    }
}

/// The newest list of a level.
fn numbers_of(numbering: &str, level: usize) -> String {
    numbering
        .rsplit("<w:num w:numId=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|id| id.ends_with(&level.to_string()) && id.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap()
        .to_owned()
}

#[test]
fn as_a_page_of_a_government_site() {
    for (name, text) in seeds() {
        let lines: String = text
            .split('\n')
            .map(|line| match line.trim() {
                "" => String::new(),
                _ => format!("<p style=\"text-indent:2em\">{}</p>\n", escape(line)),
            })
            .collect();
        let html = format!(
            "<!DOCTYPE html><html><head><title>方案</title></head><body><div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/x\">政务公开</a></li></ul></div>\
             <div class=\"main\"><div id=\"UCAP-CONTENT\">{lines}</div><div class=\"share\">分享到：<a>微信</a></div></div>\
             <div class=\"footer\">主办：松涧区人民政府办公室　网站标识码：1200000000</div></body></html>"
        );
        // A page has no blank lines: neither has the text it is compared with.
        let without: String = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| format!("{}\n", line.trim()))
            .collect();
        alike(&name, "html", &without, &read("plan.html", html.as_bytes()));
    }
}

#[test]
fn as_markdown() {
    for (name, text) in seeds() {
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| match label(line) {
                Some((0, _, _)) => format!("## **{line}**"),
                _ => line.replace('*', "\\*").replace('[', "\\["),
            })
            .collect();
        let source = read("plan.md", lines.join("\n").as_bytes());
        assert_eq!(
            source.headings.len(),
            text.lines()
                .filter(|line| matches!(label(line), Some((0, _, _))))
                .count()
        );
        alike(&name, "markdown", &text, &source);
    }
}
