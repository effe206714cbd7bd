//! The matching of two versions, step by step: from what is certain to what is likely.

use super::pairing::Pairing;
use super::side::Side;
use super::{Link, alike, divide, exact, groups, settle};
use crate::documents::model::DocumentOutline;

/// Links every place of the old version and every place of the new one.
///
/// The links are in the order of the new version; what is gone stands behind what it stood behind
/// in the old one. The same two outlines always give the same links. The office confirms them:
/// where words were rewritten altogether, nobody but the author knows what became of what.
#[must_use]
pub fn matches(old: &DocumentOutline, new: &DocumentOutline) -> Vec<Link> {
    let (old, new) = (Side::of(old), Side::of(new));
    let mut pairing = Pairing::new(old.len(), new.len());
    exact::unmistakable(&old, &new, &mut pairing);
    exact::spread(&old, &new, &mut pairing);
    groups::by_children(&old, &new, &mut pairing);
    exact::below_counterparts(&old, &new, &mut pairing);
    exact::anywhere(&old, &new, &mut pairing, exact::TELLING);
    // Twice, because parts found the first time tell where their children belong.
    for _ in 0..2 {
        alike::join(&old, &new, &mut pairing);
        exact::spread(&old, &new, &mut pairing);
        groups::by_children(&old, &new, &mut pairing);
        exact::below_counterparts(&old, &new, &mut pairing);
    }
    divide::find(&old, &new, &mut pairing);
    exact::anywhere(&old, &new, &mut pairing, 1);
    settle::links(&old, &new, &pairing)
}
