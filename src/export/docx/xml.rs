//! The few WordprocessingML shapes a document of this kind is made of (ECMA-376 Part 1, 17).

/// Text as it may stand between tags and in attributes. Control characters are gone already, see
/// [`crate::export::text::clean`].
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// One paragraph in a style of `styles.xml`.
pub(super) fn paragraph(style: &str, text: &str) -> String {
    let text = escape(text);
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
    )
}

/// A cell of fixed width; each line of the text is a paragraph of its own.
pub(super) fn cell(width: u32, style: &str, text: &str) -> String {
    let paragraphs: String = text
        .split('\n')
        .map(|line| paragraph(style, line))
        .collect();
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>"#)
}

/// A row of cells.
pub(super) fn row(cells: &str) -> String {
    format!("<w:tr>{cells}</w:tr>")
}

/// A row that Word repeats on top of every page and never breaks.
pub(super) fn header_row(widths: &[u32], titles: &[&str]) -> String {
    let cells: String = widths
        .iter()
        .zip(titles)
        .map(|(&width, title)| cell(width, "TableHead", title))
        .collect();
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
}

/// The start of a ruled table with fixed column widths in twips; its rows and `</w:tbl>` follow.
pub(super) fn table_start(widths: &[u32]) -> String {
    let total: u32 = widths.iter().sum();
    let grid: String = widths
        .iter()
        .map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#))
        .collect();
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|side| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#))
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(escape(r#"<w:p>&"]]>"#), "&lt;w:p&gt;&amp;&quot;]]&gt;");
    }

    #[test]
    fn every_line_is_a_paragraph() {
        assert_eq!(
            cell(100, "TableText", "甲\n乙\n").matches("<w:p>").count(),
            3
        );
    }
}
