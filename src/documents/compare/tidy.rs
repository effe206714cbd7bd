//! A redline made readable: a comparison finds a stray 的 or 、 in common between two sentences
//! that have nothing else in common, and a reader loses the thread. Such crumbs become part of the
//! change; and what a changed stretch has in common at its ends is given back.

use super::redline::{Run, Stretch, Swap};
use super::tokens;

/// A stretch of at most so many characters between two changes is no landmark for the eye.
const CRUMB: usize = 2;
/// At least so many characters must be common at the end of a change to be given back: one Chinese
/// character is half a word, and 推动 for 推进 is read as a word for a word.
const WORD: usize = 2;

/// From how many characters on a change is taken for a clause of its own.
const CLAUSE: usize = 8;

/// The runs of a redline, tidied.
pub(super) fn tidy(stretches: Vec<Stretch>) -> Vec<Run> {
    let mut runs = Vec::new();
    for stretch in swallow(give_back(stretches)) {
        match stretch {
            Stretch::Same(text) => same(&mut runs, text),
            Stretch::Swap(swap) => {
                let deleted = (!swap.deleted.is_empty()).then_some(Run::Deleted(swap.deleted));
                let inserted = (!swap.inserted.is_empty()).then_some(Run::Inserted(swap.inserted));
                runs.extend(deleted.into_iter().chain(inserted));
            }
        }
    }
    runs
}

fn same(runs: &mut Vec<Run>, text: String) {
    match runs.last_mut() {
        Some(Run::Same(last)) => last.push_str(&text),
        _ => runs.push(Run::Same(text)),
    }
}

/// Gives back to the text what deleted and inserted words have in common at either end.
fn give_back(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut given = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let Stretch::Swap(swap) = stretch else {
            given.push(stretch);
            continue;
        };
        let (before, swap, after) = trim(&swap);
        let pieces = [
            Stretch::Same(before),
            Stretch::Swap(swap),
            Stretch::Same(after),
        ];
        given.extend(pieces.into_iter().filter(|piece| !is_empty(piece)));
    }
    given
}

fn is_empty(stretch: &Stretch) -> bool {
    match stretch {
        Stretch::Same(text) => text.is_empty(),
        Stretch::Swap(swap) => swap.deleted.is_empty() && swap.inserted.is_empty(),
    }
}

fn trim(swap: &Swap) -> (String, Swap, String) {
    let (old, new) = (swap.deleted.as_str(), swap.inserted.as_str());
    let (old_ends, new_ends) = (tokens::plain_ends(old), tokens::plain_ends(new));
    let front = common(old.chars().zip(new.chars()), old_ends.0.min(new_ends.0));
    let (before, old) = old.split_at_checked(front).unwrap_or(("", old));
    let new = new.get(front..).unwrap_or(new);
    let reversed = old.chars().rev().zip(new.chars().rev());
    let back = common(reversed, old_ends.1.min(new_ends.1));
    let end = old.len().saturating_sub(back);
    let (old, after) = old.split_at_checked(end).unwrap_or((old, ""));
    let end = new.len().saturating_sub(back);
    let new = new.get(..end).unwrap_or(new);
    let swap = Swap {
        deleted: old.to_owned(),
        inserted: new.to_owned(),
    };
    (before.to_owned(), swap, after.to_owned())
}

/// Bytes of what pairs of characters have in common, up to a limit; 0 when it is no word.
fn common(pairs: impl Iterator<Item = (char, char)>, limit: usize) -> usize {
    let (mut count, mut bytes) = (0_usize, 0_usize);
    for (old, new) in pairs {
        let longer = bytes.saturating_add(old.len_utf8());
        if old != new || longer > limit {
            break;
        }
        (count, bytes) = (count.saturating_add(1), longer);
    }
    if count >= WORD { bytes } else { 0 }
}

/// Lets the changes on both sides of a crumb become one. Not between two mere deletions or two
/// mere insertions, which read well as they are.
fn swallow(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in join(stretches) {
        let Stretch::Swap(swap) = &stretch else {
            kept.push(stretch);
            continue;
        };
        let crumb = match kept.as_slice() {
            [.., Stretch::Swap(before), Stretch::Same(text)] if is_crumb(text, before, swap) => {
                let both =
                    |side: fn(&Swap) -> &String| side(before).is_empty() && side(swap).is_empty();
                let is_one_sided = both(|swap| &swap.deleted) || both(|swap| &swap.inserted);
                (!is_one_sided).then(|| text.clone())
            }
            _ => None,
        };
        match (crumb, kept.len().checked_sub(2)) {
            (Some(crumb), Some(last)) => {
                kept.truncate(last.saturating_add(1));
                if let Some(Stretch::Swap(before)) = kept.last_mut() {
                    before.deleted.push_str(&crumb);
                    before.inserted.push_str(&crumb);
                    before.deleted.push_str(&swap.deleted);
                    before.inserted.push_str(&swap.inserted);
                }
            }
            _ => kept.push(stretch),
        }
    }
    kept
}

/// The end of a clause is a landmark, unless whole clauses changed on both sides; the end of a line
/// always is.
fn is_crumb(text: &str, before: &Swap, behind: &Swap) -> bool {
    let is_long = |swap: &Swap| {
        let length = |text: &str| text.chars().count();
        length(&swap.deleted).max(length(&swap.inserted)) >= CLAUSE
    };
    let ends_clause = text.contains(['，', '。', '；', '：', ',', ';']);
    text.chars().count() <= CRUMB
        && !text.contains('\n')
        && (!ends_clause || is_long(before) && is_long(behind))
}

/// Puts stretches of one kind that came to stand side by side into one.
fn join(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match (joined.last_mut(), stretch) {
            (Some(Stretch::Same(last)), Stretch::Same(text)) => last.push_str(&text),
            (Some(Stretch::Swap(last)), Stretch::Swap(swap)) => {
                last.deleted.push_str(&swap.deleted);
                last.inserted.push_str(&swap.inserted);
            }
            (_, stretch) => joined.push(stretch),
        }
    }
    joined
}
