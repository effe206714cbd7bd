//! Pairs of neighbouring characters (bigrams) as a bag: how alike two stretches of words are, and
//! how much of one stands in the other, whatever the order of their clauses.

/// A bag of bigrams, sorted; each is two characters side by side in one number.
#[derive(Clone, Debug, Default)]
pub(super) struct Grams(Vec<u64>);

impl Grams {
    /// Of one character alone, that character.
    pub(super) fn of(words: &str) -> Self {
        let code = |c: char| u64::from(u32::from(c));
        let mut grams: Vec<u64> = words
            .chars()
            .zip(words.chars().skip(1))
            .map(|(first, second)| code(first) << 32 | code(second))
            .collect();
        if grams.is_empty() {
            grams.extend(words.chars().map(code));
        }
        grams.sort_unstable();
        Self(grams)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Each once, in order.
    pub(super) fn distinct(&self) -> Vec<u64> {
        let mut distinct = self.0.clone();
        distinct.dedup();
        distinct
    }

    /// How many the two have in common, each counted as often as in the poorer of the two.
    pub(super) fn common(&self, other: &Self) -> usize {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0_usize;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    mine.next();
                    theirs.next();
                }
            }
        }
        common
    }

    /// What is left when the other's are taken away.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut taken = other.0.iter().peekable();
        let mut left = Vec::new();
        for gram in &self.0 {
            while taken.next_if(|other| *other < gram).is_some() {}
            if taken.next_if(|other| *other == gram).is_none() {
                left.push(*gram);
            }
        }
        Self(left)
    }

    /// Dice's coefficient, per mille: twice what is common by what there is. Two empty bags say
    /// nothing of each other: 0.
    pub(super) fn dice(&self, other: &Self) -> u16 {
        per_mille(
            self.common(other).saturating_mul(2),
            self.len().saturating_add(other.len()),
        )
    }
}

/// `part` of `whole` in thousandths, 0 of nothing.
pub(super) fn per_mille(part: usize, whole: usize) -> u16 {
    let share = part.saturating_mul(1000).checked_div(whole).unwrap_or(0);
    u16::try_from(share.min(1000)).unwrap_or(1000)
}
