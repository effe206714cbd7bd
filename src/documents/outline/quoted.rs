//! What an amendment quotes is its text: the articles and items between “ and ” number the law that
//! is amended.

use super::lines::Line;

/// No quotation of an article runs on for more lines.
const MOST: usize = 400;

/// Takes the labels off the lines of a quotation whose paragraphs do not each begin with “.
pub(super) fn unlabel(lines: &mut [Line]) {
    let mut index = 0_usize;
    while let Some(line) = lines.get(index) {
        let next = index.saturating_add(1);
        let end = opens(line).then(|| last_quoted(lines, index)).flatten();
        for line in lines
            .iter_mut()
            .take(end.unwrap_or(index).saturating_add(1))
            .skip(next)
        {
            line.label = None;
        }
        index = end.map_or(next, |end| end.max(next));
    }
}

/// `…修改为:“第三条 …` without the ” that belongs to it.
fn opens(line: &Line) -> bool {
    if line.marks.opened <= line.marks.closed {
        return false;
    }
    let Some(at) = line.shadow.rfind('“') else {
        return false;
    };
    let (before, quoted) = line.shadow.split_at_checked(at).unwrap_or_default();
    before.trim_end_matches(' ').ends_with(':') && !quoted.contains('”')
}

/// The line with the ” that ends the quotation opened on a line: the first quotation mark behind it
/// is that ”, and no line before it goes on with the count the opening line stands in. Where the
/// next mark is a “, each paragraph of the quotation has its own, or the ” is missing: either way
/// the labels can be told by their own lines.
fn last_quoted(lines: &[Line], opening: usize) -> Option<usize> {
    let own = lines.get(opening)?.label;
    let behind = lines
        .iter()
        .enumerate()
        .skip(opening.saturating_add(1))
        .take(MOST);
    for (index, line) in behind {
        let goes_on = own.zip(line.label).is_some_and(|(own, label)| {
            own.kind == label.kind && own.number.saturating_add(1) == label.number
        });
        match line.shadow.find(['“', '”']) {
            _ if goes_on => return None,
            Some(at) => {
                let closes = line
                    .shadow
                    .get(at..)
                    .is_some_and(|tail| tail.starts_with('”'));
                return closes.then_some(index);
            }
            None => {}
        }
    }
    None
}
