//! Which earlier submission a letter belongs to: the one it answers, the one it was sent for before
//! under the same number, or one that its sender says again with changes.

use super::prepare::{Comment, Prepared};
use crate::correspondence::thread::submission_of;
use crate::db::Db;
use crate::error::{Kind, Result};
use crate::intake::find::{self, Found};
use crate::intake::letters::store::{self as letters, Known};
use std::collections::HashSet;

/// Earlier letters of a sender that are looked at, the latest first.
const LATEST: i64 = 10;

/// From so much in common on, in per cent of character pairs, two letters are one said twice.
const ALIKE: usize = 60;

/// Shorter words are alike by accident.
const SHORTEST: usize = 12;

/// The submission that a letter belongs to, if there is one.
pub(super) fn find(
    db: &mut Db,
    letter: &Prepared,
    comment: &Comment,
    known: &Known,
) -> Result<Option<Found>> {
    let owner = letter.owner();
    // The number of a mail of ours was told to nobody but its recipient.
    let vault = &comment.sent.settler.vault;
    if let Some((consultation, id)) = submission_of(db, vault, &comment.sent.references, &[])?
        && consultation == owner
    {
        return open(db, comment, &id);
    }
    let Some(sender) = &known.sender_hash else {
        return Ok(None);
    };
    let lookup = vault.lookup();
    let mut numbers = vec![known.message_hash.clone()];
    for id in comment.sent.references.iter().rev() {
        numbers.push(lookup.keyed_hash(&["message-id", id])?);
    }
    for number in &numbers {
        if let Some(id) = letters::sent_by(db, owner, number, sender)? {
            return open(db, comment, &id);
        }
    }
    said_again(db, letter, comment, sender)
}

/// The latest submission of the same sender that says most of the same under the same subject.
fn said_again(
    db: &mut Db,
    letter: &Prepared,
    comment: &Comment,
    sender: &str,
) -> Result<Option<Found>> {
    if comment.words.chars().count() < SHORTEST {
        return Ok(None);
    }
    for id in letters::latest_of(db, letter.owner(), sender, LATEST)? {
        let Some(found) = open(db, comment, &id)? else {
            continue;
        };
        let words: Vec<&str> = found.remarks.iter().map(|one| one.text.as_str()).collect();
        let subject = found.subject.as_deref().unwrap_or_default();
        let same_subject =
            crate::intake::letters::subject::bare_subject(subject) == comment.bare_subject;
        if same_subject && in_common(&words.join("\n"), &comment.words) >= ALIKE {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn open(db: &mut Db, comment: &Comment, id: &str) -> Result<Option<Found>> {
    let settler = &comment.sent.settler;
    match find::by_id(db, &settler.vault, &settler.consultation, id) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Dice's coefficient over the pairs of neighbouring characters, in per cent.
fn in_common(one: &str, other: &str) -> usize {
    let (one, other) = (pairs(one), pairs(other));
    let both = one.intersection(&other).count();
    (200 * both)
        .checked_div(one.len() + other.len())
        .unwrap_or(0)
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let next = chars.iter().copied().skip(1);
    chars.iter().copied().zip(next).collect()
}

#[cfg(test)]
mod tests {
    use super::in_common;

    #[test]
    fn a_letter_said_again_is_told_from_another() {
        let first = "第三条建议把完成时间提前到2026年，老人等不起。";
        let again = "第三条建议把完成时间提前到2025年底，老人们等不起。";
        assert!(in_common(first, again) >= 60, "{}", in_common(first, again));
        let other = "楼道里请装感应灯，晚上太黑，容易摔倒。";
        assert!(in_common(first, other) < 30);
        assert_eq!(in_common("", ""), 0);
    }
}
