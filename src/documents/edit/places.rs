//! Corrections of single sections: heading, depth, where one ends and the next begins.

use super::gone;
use super::stream::{Item, flatten, range, rebuild};
use crate::documents::model::DocumentOutline;
use crate::error::{Error, Result};

/// The longest heading, in characters.
const LONGEST: usize = 500;

/// Moves the end of a heading, or gives the section another name in the contents.
pub(super) fn rename(document: &mut DocumentOutline, place: usize, words: &str) -> Result<()> {
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.chars().count() > LONGEST {
        return Err(Error::invalid(
            "请填写标题，不超过500字",
            "give a heading of at most 500 characters",
        ));
    }
    let mut run = flatten(document);
    let (start, _) = range(&run, place).ok_or_else(gone)?;
    let after = match run.get(start.saturating_add(1)) {
        Some(Item::Words { text, .. }) => text.clone(),
        _ => String::new(),
    };
    let Some(Item::Head { node, depth }) = run.get_mut(start) else {
        return Err(gone());
    };
    let printed = format!("{}{after}", node.heading);
    let line = printed.split('\n').next().unwrap_or_default();
    let depth = *depth;
    let Some(rest) = line.strip_prefix(words.as_str()) else {
        node.name = Some(words);
        rebuild(document, run);
        return Ok(());
    };
    let rest = format!("{rest}{}", printed.get(line.len()..).unwrap_or_default());
    node.name = None;
    node.heading = words;
    let next = start.saturating_add(1);
    if !after.is_empty() {
        run.remove(next);
    }
    if !rest.is_empty() {
        run.insert(next, Item::Words { depth, text: rest });
    }
    rebuild(document, run);
    Ok(())
}

/// One level up; what its parent says after it becomes its own, as it stands below it.
pub(super) fn promote(document: &mut DocumentOutline, place: usize) -> Result<()> {
    let mut run = flatten(document);
    let (start, end) = range(&run, place).ok_or_else(gone)?;
    if run.get(start).is_none_or(|item| item.depth() < 2) {
        return Err(Error::invalid(
            "这一条已经是最高一级，不能再升",
            "this section stands at the top already",
        ));
    }
    for item in run.iter_mut().take(end).skip(start) {
        item.set_depth(item.depth().saturating_sub(1));
    }
    rebuild(document, run);
    Ok(())
}

/// One level down, below the section before it.
pub(super) fn demote(document: &mut DocumentOutline, place: usize) -> Result<()> {
    let mut run = flatten(document);
    let (start, end) = range(&run, place).ok_or_else(gone)?;
    let depth = run.get(start).map_or(0, Item::depth);
    let Some(before) = sibling_before(&run, start, depth) else {
        return Err(Error::invalid(
            "前面没有同级的条款，不能降到它的下一级",
            "no section of the same level stands before it, so it cannot go below one",
        ));
    };
    // What the parent says between the two belongs to the one it is put below.
    for item in run.iter_mut().take(start).skip(before) {
        if item.depth() < depth {
            item.set_depth(depth);
        }
    }
    for item in run.iter_mut().take(end).skip(start) {
        item.set_depth(item.depth().saturating_add(1));
    }
    rebuild(document, run);
    Ok(())
}

/// The section of this depth that stands before another, in the same parent.
fn sibling_before(run: &[Item], start: usize, depth: usize) -> Option<usize> {
    run.iter()
        .enumerate()
        .take(start)
        .rev()
        .filter_map(|(index, item)| match item {
            Item::Head { depth: other, .. } if *other <= depth => Some((index, *other)),
            _ => None,
        })
        .next()
        .filter(|(_, other)| *other == depth)
        .map(|(index, _)| index)
}

/// Its label and heading become words of the section before it, or of its parent where it is the
/// first; what stands below it stays there.
pub(super) fn merge(document: &mut DocumentOutline, place: usize) -> Result<()> {
    let mut run = flatten(document);
    let (start, end) = range(&run, place).ok_or_else(gone)?;
    let depth = run.get(start).map_or(0, Item::depth);
    let before = sibling_before(&run, start, depth);
    let target = match before {
        Some(_) => depth,
        None => depth.saturating_sub(1),
    };
    let Some(Item::Head { node, .. }) = run.get(start).cloned() else {
        return Err(gone());
    };
    let words = Item::Words {
        depth: target,
        text: format!("{}{}{}", node.label, node.gap, node.heading),
    };
    if let Some(slot) = run.get_mut(start) {
        *slot = words;
    }
    for item in run.iter_mut().take(end).skip(start.saturating_add(1)) {
        if matches!(item, Item::Words { depth: own, .. } if *own == depth) {
            item.set_depth(target);
        }
    }
    let heir = before.or_else(|| {
        run.iter()
            .take(start)
            .rposition(|item| matches!(item, Item::Head { depth, .. } if *depth == target))
    });
    if let Some(Item::Head { node: heir, .. }) = heir.and_then(|at| run.get_mut(at)) {
        let new = node.units.into_iter();
        let missing: Vec<String> = new.filter(|unit| !heir.units.contains(unit)).collect();
        heir.units.extend(missing);
    }
    rebuild(document, run);
    Ok(())
}
