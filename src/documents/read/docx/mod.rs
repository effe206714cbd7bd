//! Word documents (.docx, ECMA-376, transitional and strict): a walk over the XML as it is unpacked.
//!
//! No library reads what matters here: labels that are computed and stand nowhere in the text,
//! tracked changes, fields, text boxes, notes. What Word would print is what is written; what it
//! would not print (deleted, hidden, comments) is left out and told.

mod counted;
mod flow;
mod numbering;
mod package;
mod paragraph;
mod read_numbering;
mod signs;
mod styles;
mod tables;
mod walk;
mod write;
mod xml;

use super::page::Page;
use crate::error::Result;
use package::{Package, Relations};
use read_numbering::ReadNumbering;
use styles::ReadStyles;
use walk::{Book, Walk};

/// Reads the bytes of a Word document.
///
/// # Errors
/// `Invalid` for a container or part that is broken (part and offset are named), for a document
/// with a password or macros, and for containers that hold something else; `TooLarge` beyond a
/// limit.
pub(super) fn read(page: &mut Page, bytes: &[u8]) -> Result<()> {
    let mut package = Package::open(page, bytes)?;
    let main = package.main(page)?;
    let relations = package.relations(page, &main)?;
    let mut styles = ReadStyles::new(page.meter());
    if let Some(path) = path_of(&relations, "styles") {
        package.read(page, path, &mut styles)?;
    }
    let mut numbering = ReadNumbering::new(page.meter());
    if let Some(path) = path_of(&relations, "numbering") {
        package.read(page, path, &mut numbering)?;
    }
    let mut book = Book::new(styles.styles, numbering.numbering);
    for kind in ["footnotes", "endnotes"] {
        if let Some(path) = path_of(&relations, kind) {
            let own = package.relations(page, path)?;
            walk_part(page, &mut package, &mut book, path, &own)?;
        }
    }
    walk_part(page, &mut package, &mut book, &main, &relations)?;
    book.tell(page);
    Ok(())
}

fn path_of<'a>(relations: &'a Relations, kind: &str) -> Option<&'a str> {
    relations
        .values()
        .find(|relation| relation.kind == kind && !relation.external)
        .map(|relation| relation.target.as_str())
}

/// Walks through one part.
fn walk_part(
    page: &mut Page,
    package: &mut Package<'_>,
    book: &mut Book,
    path: &str,
    relations: &Relations,
) -> Result<()> {
    let place = xml::Part::new(page, path);
    let mut walk = Walk::new(page, book, relations, package.clone());
    if let Some(part) = package.part(path)? {
        xml::read(&place, part, &mut walk)?;
    }
    Ok(())
}
