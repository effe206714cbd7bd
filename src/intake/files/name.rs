//! A name that can be shown, stored and saved by any system, from whatever a browser sent.

use super::kind::FileKind;

/// Longest name, in characters, with its extension.
pub const LONGEST: usize = 120;

/// The last part of the path, without control characters, marks that reverse the writing direction
/// (Unicode UAX #9: U+202E makes `gpj.exe` read as `exe.jpg`), characters that Windows forbids, leading
/// dots and trailing dots or blanks; never empty.
#[must_use]
pub fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            other if other.is_whitespace() => ' ',
            other => other,
        })
        .collect();
    let kept = kept
        .trim_start_matches(['.', ' '])
        .trim_end_matches(['.', ' ']);
    let (stem, extension) = halves(kept);
    let extension: String = extension.chars().take(12).collect();
    join(stem, &extension)
}

/// The cleaned name with the extension that the content asks for: `报告.exe` that is a PDF becomes
/// `报告.pdf`. An extension that fits the content stays as it was written.
#[must_use]
pub fn with_kind(name: &str, kind: FileKind) -> String {
    let name = clean(name);
    let (stem, extension) = halves(&name);
    let given = extension.to_ascii_lowercase();
    let fitting = kind.extensions().iter().find(|known| **known == given);
    let extension = fitting.copied().unwrap_or(kind.extension());
    join(stem, extension)
}

/// What stands after the last dot, in lower case; empty when there is none.
#[must_use]
pub fn extension(name: &str) -> String {
    halves(&clean(name)).1.to_ascii_lowercase()
}

fn halves(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.contains(' ') => {
            (stem, extension)
        }
        _ => (name, ""),
    }
}

fn join(stem: &str, extension: &str) -> String {
    let dot = usize::from(!extension.is_empty());
    let room = LONGEST.saturating_sub(extension.chars().count() + dot);
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end_matches(['.', ' ']);
    let stem = match stem {
        "" => "附件".to_owned(),
        // Devices of Windows: no file can have such a name there.
        taken if is_device(taken) => format!("{taken}_"),
        free => free.to_owned(),
    };
    if extension.is_empty() {
        stem
    } else {
        format!("{stem}.{extension}")
    }
}

fn is_device(stem: &str) -> bool {
    let stem = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |kind: &str| {
        stem.strip_prefix(kind)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Marks that are not seen, or that change the order in which others are.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFD}'
        | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_plain() {
        for (given, plain) in [
            ("报告.docx", "报告.docx"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\windows\\win.ini", "win.ini"),
            ("C:\\用户\\沈\\照片.JPG", "照片.JPG"),
            ("/etc/", "附件"),
            ("", "附件"),
            ("..", "附件"),
            (".htaccess", "htaccess"),
            ("...pdf", "pdf"),
            ("a\0.pdf", "a.pdf"),
            ("图\u{202E}gpj.exe", "图gpj.exe"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
            ("a.pdf. . ", "a.pdf"),
            ("con.txt", "con_.txt"),
            ("COM1", "COM1_"),
            ("what?<b>.pdf", "what__b_.pdf"),
            ("😀.png", "😀.png"),
            ("一份 意见.第二稿", "一份 意见.第二稿"),
        ] {
            assert_eq!(clean(given), plain, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let long = clean(&format!("{}.docx", "长".repeat(500)));
        assert_eq!(long.chars().count(), LONGEST);
        assert!(long.ends_with("长.docx"));
        let all_extension = clean(&format!("a.{}", "b".repeat(500)));
        assert_eq!(all_extension, format!("a.{}", "b".repeat(12)));
    }

    #[test]
    fn the_extension_says_what_the_content_is() {
        assert_eq!(with_kind("报告.exe", FileKind::Pdf), "报告.pdf");
        assert_eq!(with_kind("报告", FileKind::Docx), "报告.docx");
        assert_eq!(with_kind("意见.wps", FileKind::Doc), "意见.wps");
        assert_eq!(with_kind("照片.JPEG", FileKind::Jpeg), "照片.jpeg");
        assert_eq!(with_kind("a.pdf.html", FileKind::Text), "a.pdf.txt");
        assert_eq!(with_kind("", FileKind::Png), "附件.png");
    }
}
