//! The text of an import: joined from its files, and read again from the storage.

use super::model::{Import, Stated};
use crate::db::storage::Storage;
use crate::documents::edit::replay;
use crate::documents::model::{Outline, Warning};
use crate::documents::outline::outline;
use crate::documents::read::{Format, Image, SourceText};
use crate::error::{Error, Result};

/// Several texts as one, in their order. Each begins on a line of its own; what is said about lines
/// and pictures is counted on.
#[must_use]
pub fn join(texts: Vec<SourceText>) -> SourceText {
    let mut texts = texts.into_iter();
    let Some(mut whole) = texts.next() else {
        return blank();
    };
    for next in texts {
        if !whole.text.ends_with('\n') {
            whole.text.push('\n');
        }
        let lines = whole.text.matches('\n').count();
        let on = |line: usize| line.saturating_add(lines);
        let headings = next.headings.iter();
        whole
            .headings
            .extend(headings.map(|(line, level)| (on(*line), *level)));
        let contents = next.contents.iter();
        whole
            .contents
            .extend(contents.map(|[first, last]| [on(*first), on(*last)]));
        whole
            .text
            .push_str(&renumber(&next.text, whole.images.len()));
        whole.images.extend(next.images);
        whole
            .warnings
            .extend(next.warnings.into_iter().map(|mut warning| {
                warning.line = on(warning.line);
                warning
            }));
        whole.name = format!("{}、{}", whole.name, next.name);
        whole.sha256 = crate::ids::sha256(format!("{}{}", whole.sha256, next.sha256).as_bytes());
    }
    whole
}

fn blank() -> SourceText {
    SourceText {
        name: String::new(),
        sha256: crate::ids::sha256(b""),
        text: String::new(),
        format: Format::Text,
        images: Vec::<Image>::new(),
        headings: Vec::new(),
        contents: Vec::new(),
        warnings: Vec::new(),
    }
}

/// The marks of pictures, `￼（图片3）`, counted on from those that stand before.
fn renumber(text: &str, before: usize) -> String {
    const MARK: &str = "\u{fffc}（图片";
    if before == 0 {
        return text.to_owned();
    }
    let mut parts = text.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(MARK);
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let (number, rest) = part.split_at_checked(digits).unwrap_or(("", part));
        match number.parse::<usize>() {
            Ok(number) => out.push_str(&number.saturating_add(before).to_string()),
            Err(_) => out.push_str(number),
        }
        out.push_str(rest);
    }
    out
}

/// What a text says about its own lines.
#[must_use]
pub fn stated(text: &SourceText) -> Stated {
    Stated {
        headings: text.headings.clone(),
        contents: text.contents.clone(),
    }
}

/// What was odd when the files were read, as an outline's warnings are.
#[must_use]
pub fn warnings(text: &SourceText) -> Vec<Warning> {
    text.warnings
        .iter()
        .map(|warning| Warning {
            code: warning.code.to_owned(),
            message: warning.message.clone(),
            line: warning.line,
        })
        .collect()
}

/// The text of an import, as it was read.
///
/// # Errors
/// What the storage reports.
pub fn text_of(storage: &Storage, import: &Import) -> Result<SourceText> {
    let bytes = storage.fetch(&import.text_sha256)?;
    let names: Vec<&str> = import
        .sources
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    let mut hashes = import.sources.iter().map(|file| file.sha256.clone());
    let first = hashes.next().unwrap_or_default();
    Ok(SourceText {
        name: names.join("、"),
        sha256: hashes.fold(first, |whole, next| {
            crate::ids::sha256(format!("{whole}{next}").as_bytes())
        }),
        text: String::from_utf8(bytes).map_err(Error::internal)?,
        format: Format::Text,
        images: Vec::new(),
        headings: import.stated.headings.clone(),
        contents: import.stated.contents.clone(),
        warnings: Vec::new(),
    })
}

/// The outline of an import with the office's corrections, and with what was odd when the files
/// were read among its warnings.
///
/// # Errors
/// What the storage reports.
pub fn outline_of(import: &Import, text: &SourceText) -> Result<Outline> {
    let mut outline = replay(outline(text), &import.edits.done)?;
    outline.warnings.extend(import.warnings.iter().cloned());
    outline.warnings.sort_by_key(|warning| warning.line);
    Ok(outline)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str, images: usize) -> SourceText {
        let image = Image {
            media_type: "image/png",
            bytes: Vec::new(),
            alt: String::new(),
            sha256: String::new(),
        };
        SourceText {
            text: words.to_owned(),
            images: vec![image; images],
            headings: vec![(1, 1)],
            ..blank()
        }
    }

    #[test]
    fn lines_and_pictures_are_counted_on() {
        let whole = join(vec![
            text("甲\n\u{fffc}（图片1）", 1),
            text("乙\u{fffc}（图片1）和\u{fffc}（图片2）\n", 2),
        ]);
        assert_eq!(
            whole.text,
            "甲\n\u{fffc}（图片1）\n乙\u{fffc}（图片2）和\u{fffc}（图片3）\n"
        );
        assert_eq!(whole.headings, [(1, 1), (3, 1)]);
        assert_eq!(whole.images.len(), 3);
    }
}
