//! Chance that can be repeated: the seed is printed, and `JIANYAN_TEST_SEED` sets it.

use std::time::Duration;

/// A row of numbers that looks random (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(test: &str) -> Self {
        let seed = std::env::var("JIANYAN_TEST_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| u64::from_le_bytes(jianyan::ids::random().unwrap()));
        println!("{test}: JIANYAN_TEST_SEED={seed}");
        Self(seed)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (word ^ (word >> 31)) % end
    }

    /// A moment up to so many milliseconds from now.
    pub fn moment(&mut self, millis: u64) -> Duration {
        Duration::from_micros(self.below(millis * 1000))
    }
}
