//! How many quotation and title marks a line has.

/// The marks of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// “
    pub opened: usize,
    /// ”
    pub closed: usize,
    /// 《
    pub titles_opened: usize,
    /// 》
    pub titles_closed: usize,
}

impl Marks {
    /// Counts a character, if it is a mark.
    pub fn see(&mut self, c: char) {
        let count = match c {
            '“' => &mut self.opened,
            '”' => &mut self.closed,
            '《' => &mut self.titles_opened,
            '》' => &mut self.titles_closed,
            _ => return,
        };
        *count = count.saturating_add(1);
    }
}
