//! Web pages: the article of a page without what is around it.
//!
//! Two passes over the tokens of html5ever (the parser of Servo, conforming to the WHATWG
//! standard): the first finds the article, the second writes it. Scripts and styles are left out,
//! nothing is fetched.

mod article;
mod guard;
mod list;
mod survey;
mod table;
mod tree;

use super::page::Page;
use super::{charset, refuse};
use crate::error::Result;
use crate::markup;

/// Reads the bytes of a web page.
///
/// # Errors
/// `Invalid` for bytes that cannot be decoded and for markup nested beyond the limit.
pub(super) fn read(page: &mut Page, bytes: &[u8]) -> Result<()> {
    let declared = markup::declared_charset(bytes);
    let html = charset::decode(&page.name, bytes, declared.as_deref())?;
    page.spend(html.len())?;
    guard::check(&page.name, &html)?;
    let deepest = page.limits.depth;
    let too_deep = |name: &str| {
        refuse::invalid(
            name,
            format!("的网页元素嵌套超过{deepest}层，不像是正常的网页，请把正文复制为.txt再提交"),
            format!("nests its elements deeper than {deepest}; copy its text into a .txt"),
        )
    };
    let mut survey = survey::Survey::default();
    if !tree::walk(&html, deepest, &mut survey) {
        return Err(too_deep(&page.name));
    }
    let mut writer = article::Writer::new(page, survey.found());
    tree::walk(&html, deepest, &mut writer);
    writer.finish()
}
