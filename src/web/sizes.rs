//! Sizes of files in words.

/// `812 B`, `36 KB`, `4.2 MB`; empty where it is not known.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_said_in_words() {
        let said = [0, 812, 35_200, 4_290_000].map(super::size);
        assert_eq!(said, ["", "812 B", "36 KB", "4.2 MB"]);
    }
}
