//! A stretch of a text taken apart for the page: paragraphs, tables, pictures, notes.
//!
//! In a text each line is a paragraph. A line that begins and ends with a tab is a row of a table,
//! its cells parted by tabs, U+2028 a new line in a cell. `￼（图片3）` is the third picture kept with
//! the text. A line that begins with `〔注3〕` is a note, and the same mark elsewhere points to it.

use super::table::{Table, row};
use askama::Template;

const PICTURE: &str = "\u{fffc}（图片";
const NOTE: &str = "〔注";

/// A block of the plan's text, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Para {
    /// A paragraph.
    Text(Words),
    /// A bullet, with its own `——` or other mark at the start of the text.
    Item(Words),
    /// A note below the text, with its mark.
    Note(Words),
    /// A picture on a line of its own.
    Picture(Picture),
    Table(Table),
}

/// A run of words with what stands among them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = "{% for run in runs.iter() %}{% match run %}{% when Run::Plain with (text) %}{{ text }}{% when Run::Mark with (text) %}<sup class=\"note-mark\">{{ text }}</sup>{% when Run::Picture with (picture) %}{{ picture|safe }}{% endmatch %}{% endfor %}"
)]
pub struct Words {
    runs: Vec<Run>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Run {
    Plain(String),
    Mark(String),
    Picture(Picture),
}

/// A picture kept with the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = "<img src=\"{{ src }}\" alt=\"{{ alt }}\" loading=\"lazy\" decoding=\"async\">"
)]
pub struct Picture {
    pub src: String,
    /// What it shows; `图片3` where the file says nothing.
    pub alt: String,
}

/// The pictures of a text, the first one first. Empty for texts without.
#[derive(Clone, Debug, Default)]
pub struct Pictures(pub Vec<Picture>);

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::read(text, &Pictures::default())
    }
}

impl Words {
    /// Takes marks and pictures out of a line.
    #[must_use]
    pub fn read(text: &str, pictures: &Pictures) -> Self {
        let mut runs = Vec::with_capacity(1);
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, special, after)) = next_special(rest, pictures) {
            plain.push_str(before);
            if !plain.is_empty() {
                runs.push(Run::Plain(std::mem::take(&mut plain)));
            }
            runs.push(special);
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            runs.push(Run::Plain(plain));
        }
        Self { runs }
    }

    /// The words alone, pictures left out.
    pub fn plain(&self, out: &mut String) {
        for run in &self.runs {
            match run {
                Run::Plain(text) | Run::Mark(text) => out.push_str(text),
                Run::Picture(_) => out.push(' '),
            }
        }
    }

    /// Whether nothing stands here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn only_picture(&self) -> Option<&Picture> {
        match self.runs.as_slice() {
            [Run::Picture(picture)] => Some(picture),
            _ => None,
        }
    }
}

/// The next mark or picture, with what stands before and after it.
fn next_special<'a>(text: &'a str, pictures: &Pictures) -> Option<(&'a str, Run, &'a str)> {
    let mut from = 0;
    while let Some(at) = text
        .get(from..)?
        .find(['\u{fffc}', '〔'])
        .map(|at| from + at)
    {
        let (before, here) = text.split_at_checked(at)?;
        if let Some((number, after)) = numbered(here, PICTURE, '）')
            && let Some(picture) = number
                .parse::<usize>()
                .ok()
                .and_then(|number| pictures.0.get(number.checked_sub(1)?))
        {
            return Some((before, Run::Picture(picture.clone()), after));
        }
        if let Some((_, after)) = numbered(here, NOTE, '〕') {
            let mark = here.get(..here.len() - after.len())?;
            return Some((before, Run::Mark(mark.to_owned()), after));
        }
        from = at + here.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// The digits between an opening and a closing mark, and what comes after.
fn numbered<'a>(text: &'a str, open: &str, close: char) -> Option<(&'a str, &'a str)> {
    let (number, after) = text.strip_prefix(open)?.split_once(close)?;
    let is_number = (1..=6).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
    is_number.then_some((number, after))
}

impl Para {
    /// The words, for finding; a table's cells and lines are parted by blanks.
    pub fn plain(&self, out: &mut String) {
        match self {
            Self::Text(words) | Self::Item(words) | Self::Note(words) => words.plain(out),
            Self::Picture(picture) => out.push_str(&picture.alt),
            Self::Table(table) => {
                for line in table.lines() {
                    line.plain(out);
                    out.push(' ');
                }
            }
        }
    }
}

/// The paragraphs, tables and pictures of a text, without the indentation that the page makes itself.
#[must_use]
pub fn paragraphs(text: &str, pictures: &Pictures) -> Vec<Para> {
    let mut paras = Vec::new();
    let mut rows = Vec::new();
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        if let Some(row) = row(line, pictures) {
            rows.push(row);
            continue;
        }
        paras.extend(Table::paras(std::mem::take(&mut rows)));
        let line = line.trim();
        if !line.is_empty() {
            paras.push(paragraph(line, pictures));
        }
    }
    paras.extend(Table::paras(std::mem::take(&mut rows)));
    paras
}

fn paragraph(line: &str, pictures: &Pictures) -> Para {
    let words = Words::read(line, pictures);
    if let Some(picture) = words.only_picture() {
        return Para::Picture(picture.clone());
    }
    if numbered(line, NOTE, '〕').is_some() {
        return Para::Note(words);
    }
    Para::Text(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures() -> Pictures {
        Pictures(vec![Picture {
            src: "/p".into(),
            alt: "桥".into(),
        }])
    }

    fn html(text: &str) -> String {
        Words::read(text, &pictures()).to_string()
    }

    #[test]
    fn marks_and_pictures_stand_among_the_words() {
        let img = "<img src=\"/p\" alt=\"桥\" loading=\"lazy\" decoding=\"async\">";
        assert_eq!(html("如￼（图片1）所示"), format!("如{img}所示"));
        assert_eq!(
            html("达标〔注12〕。"),
            "达标<sup class=\"note-mark\">〔注12〕</sup>。"
        );
        assert_eq!(html("〔2025〕3号￼（图片2）<"), "〔2025〕3号￼（图片2）&#60;");
    }

    #[test]
    fn rows_in_a_row_are_one_table() {
        let text =
            "前\n\t名称\t单位\t\n\t甲\u{2028}乙\t\t\n后\n\t只有一格\t\n￼（图片1）\n〔注1〕说明";
        let paras = paragraphs(text, &pictures());
        let [
            Para::Text(_),
            Para::Table(table),
            Para::Text(_),
            Para::Text(only),
            Para::Picture(_),
            Para::Note(_),
        ] = paras.as_slice()
        else {
            panic!("{paras:?}");
        };
        assert_eq!(table.label, "表格：名称、单位");
        assert_eq!((table.head.len(), table.rows.len()), (2, 1));
        assert_eq!(table.rows[0][0].len(), 2);
        assert_eq!(only.to_string(), "只有一格");
    }

    #[test]
    fn a_first_row_with_an_empty_cell_is_no_head() {
        let paras = paragraphs("\t\t单位\t\n\t甲\t乙\t", &Pictures::default());
        assert!(
            matches!(&paras[..], [Para::Table(table)] if table.head.is_empty() && table.rows.len() == 2)
        );
    }
}
