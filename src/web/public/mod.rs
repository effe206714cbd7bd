//! The public pages: one file a page, a struct the handler fills and the template it goes into.
//!
//! Every page holds `lang` and `layout`. Fields that end in words for a person (`opens`,
//! `closes`, `left`, `received_at`) come already formatted in the page's language, with the
//! functions of [`crate::web::dates`]. The plan's own words are never translated; templates put
//! `lang="zh-CN"` on them.

pub mod busy;
pub mod changes;
pub mod comment;
pub mod complete;
pub mod confirm_address;
pub mod consultation;
pub mod data_request;
pub mod document;
pub mod embed;
pub mod error_page;
pub mod feedback;
pub mod find;
pub mod follow;
pub mod journey;
pub mod list;
pub mod lookup;
pub mod not_open;
pub mod old_section;
pub mod outline;
pub mod paper;
pub mod para;
pub mod plan_nav;
pub mod preferences;
pub mod privacy;
pub mod receipt;
pub mod redline;
pub mod said;
pub mod section;
pub mod stage;
pub mod supplement;
pub mod table;
pub mod units;
pub mod wall;
pub mod ways;
pub mod withdraw;

use crate::words::Lang;

/// The address of a consultation; its other pages are below it.
#[must_use]
pub fn consultation_address(lang: Lang, slug: &str) -> String {
    format!("{}/c/{slug}", lang.prefix())
}

/// A number with its digits in groups of three: `114,574`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests;
