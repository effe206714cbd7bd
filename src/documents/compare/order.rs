//! Which of several things kept their order.

/// The positions of a longest strictly rising run of `values`, not necessarily side by side
/// (patience sorting, n log n).
pub(super) fn longest_rising(values: &[usize]) -> Vec<usize> {
    // For each length, the position whose value ends the lowest such run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    let value = |position: &usize| values.get(*position).copied().unwrap_or(0);
    for (position, this) in values.iter().enumerate() {
        let length = ends.partition_point(|end| value(end) < *this);
        before.push(length.checked_sub(1).and_then(|n| ends.get(n).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = position,
            None => ends.push(position),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(position) = at {
        run.push(position);
        at = before.get(position).copied().flatten();
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::longest_rising;

    #[test]
    fn what_jumps_out_of_order_is_left_out() {
        assert_eq!(longest_rising(&[0, 1, 5, 2, 3]), [0, 1, 3, 4]);
        assert_eq!(longest_rising(&[4, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(longest_rising(&[3, 2, 1]).len(), 1);
        assert!(longest_rising(&[]).is_empty());
    }
}
