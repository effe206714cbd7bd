//! The words that turn a number into a place: 条, 项, 部分; Article, item, part; and lists of them, 第2、3条.

use super::reference_parse::{Component, Expression, Step, char_at, number};

/// Numbers of one list.
const MOST_LISTED: usize = 10;

const UNITS: [(&str, Step); 16] = [
    ("大部分", Step::Part),
    ("部分", Step::Part),
    ("大点", Step::Part),
    ("大项", Step::Part),
    ("大条", Step::Part),
    ("小节", Step::Bracket),
    ("小点", Step::Item),
    ("小项", Step::Item),
    ("小条", Step::Item),
    ("章", Step::Part),
    ("编", Step::Part),
    ("节", Step::Bracket),
    ("条", Step::Article),
    ("款", Step::Item),
    ("项", Step::Item),
    ("点", Step::Item),
];

/// The unit here and its length in characters.
pub(super) fn unit(shadow: &[char], at: usize) -> Option<(Step, usize)> {
    let rest: String = shadow.iter().skip(at).take(3).collect();
    let (unit, step) = UNITS.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
    Some((step, unit.chars().count()))
}

const ENGLISH: [(&str, Step); 9] = [
    ("article", Step::Article),
    ("clause", Step::Article),
    ("section", Step::Article),
    ("chapter", Step::Part),
    ("part", Step::Part),
    ("item", Step::Item),
    ("point", Step::Item),
    ("paragraph", Step::Item),
    ("task", Step::Item),
];

/// `Article 12`, `item (8)`: the step and where it ends.
pub(super) fn english(shadow: &[char], at: usize) -> Option<(Component, usize)> {
    if at > 0 && char_at(shadow, at - 1).is_alphanumeric() {
        return None;
    }
    let (word, step) = ENGLISH.into_iter().find(|(word, _)| {
        let mut letters = shadow.iter().skip(at);
        word.chars().all(|wanted| {
            letters
                .next()
                .is_some_and(|c| c.to_ascii_lowercase() == wanted)
        })
    })?;
    let mut end = at + word.len();
    let bracket = char_at(shadow, end + 1) == '(';
    if char_at(shadow, end) != ' ' {
        return None;
    }
    end += if bracket { 2 } else { 1 };
    let (number, length, han) = number(shadow, end)?;
    end += length;
    let next = char_at(shadow, end);
    let measured = next.is_alphanumeric()
        || matches!(next, '.' | '%') && char_at(shadow, end + 1).is_ascii_digit();
    if han || measured || bracket && next != ')' {
        return None;
    }
    Some((Component { step, number }, end + usize::from(bracket)))
}

/// 第2、3条, 第八、第九条, 第5至7项: one expression for each number named, all with the words of the list.
pub(super) fn listed(shadow: &[char], at: usize) -> Option<Vec<Expression>> {
    if char_at(shadow, at) != '第' {
        return None;
    }
    let (first, length, _) = number(shadow, at + 1)?;
    let mut numbers = vec![first];
    let mut end = at + 1 + length;
    while numbers.len() < MOST_LISTED
        && matches!(char_at(shadow, end), '、' | ',' | '，' | '和' | '及' | '与')
    {
        let mut next = end + 1;
        if char_at(shadow, next) == '第' {
            next += 1;
        }
        let Some((number, length, _)) = number(shadow, next) else {
            break;
        };
        numbers.push(number);
        end = next + length;
    }
    let (step, length) = unit(shadow, end)?;
    let made = |number: u32| Expression {
        components: vec![Component { step, number }],
        start: at,
        end: end + length,
    };
    (numbers.len() > 1).then(|| numbers.into_iter().map(made).collect())
}
