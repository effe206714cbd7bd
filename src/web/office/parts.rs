//! Small pieces that several office pages share.

use std::fmt;

/// A number written with a comma between thousands; knows when it is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

impl Count {
    /// Whether there is nothing to count, so that a page can say so or leave a link out.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// One entry of a `<select>`.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends; empty for “any”.
    pub value: String,
    /// What is read.
    pub label: String,
    pub selected: bool,
}

impl Choice {
    /// An entry of a list in which `chosen` is the value now in force.
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: &str) -> Self {
        let value = value.into();
        Self {
            selected: value == chosen,
            value,
            label: label.into(),
        }
    }
}

/// An address with its words.
#[derive(Clone, Debug)]
pub struct Link {
    pub href: String,
    pub words: String,
}

/// Where the neighbouring pages of a long list are; `None` at an end.
#[derive(Clone, Debug, Default)]
pub struct Paging {
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl Paging {
    /// Whether the list goes on anywhere, so that the links are worth showing.
    #[must_use]
    pub const fn is_needed(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        for (number, written) in [
            (0, "0"),
            (93, "93"),
            (1_000, "1,000"),
            (237_684, "237,684"),
            (4_600_000, "4,600,000"),
        ] {
            assert_eq!(Count(number).to_string(), written);
        }
    }
}
