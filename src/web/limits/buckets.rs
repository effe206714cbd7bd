//! How often somebody may do something: token buckets in memory, of bounded number.
//!
//! A bucket is one number, the instant at which it would be full again (the generic cell rate
//! algorithm, ITU-T I.371: the same answers as a bucket with tokens, without refilling anything).

use ipnet::IpNet;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Mutex;

const HOUR: i64 = 3_600_000_000;
/// Buckets kept at most; about 10 MB.
const MOST: usize = 200_000;

/// How much is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    /// 0: no limit.
    pub(super) per_hour: u32,
    /// At once, from a full bucket.
    pub(super) burst: u32,
}

impl Rate {
    /// So many times as much.
    pub(super) const fn times(self, times: u32) -> Self {
        Self {
            per_hour: self.per_hour.saturating_mul(times),
            burst: self.burst.saturating_mul(times),
        }
    }

    /// The bucket after one more is taken, or in how many microseconds one can be.
    fn after(self, full_at: i64, now: i64) -> Result<i64, i64> {
        let interval = HOUR / i64::from(self.per_hour.max(1));
        let spare = interval * i64::from(self.burst.max(1) - 1);
        // Fuller in the future than a bucket can be: the clock went back, and nobody waits for that.
        let full_at = match full_at - now {
            ahead if ahead > spare + interval => now,
            _ => full_at.max(now),
        };
        if full_at - now > spare {
            return Err(full_at - now - spare);
        }
        Ok(full_at + interval)
    }
}

/// The address itself (IPv6: the /64 that one connection gets) and the network around it (IPv4 /24,
/// IPv6 /48).
pub(super) fn networks(address: IpAddr) -> [IpNet; 2] {
    let (own, around) = if address.is_ipv4() {
        (32, 24)
    } else {
        (64, 48)
    };
    [own, around].map(|length| {
        IpNet::new(address, length).map_or_else(|_| IpNet::from(address), |network| network.trunc())
    })
}

/// The buckets in use. Two generations: when the younger is full, the older goes, and with it
/// whatever nobody asked for meanwhile.
pub(super) struct Buckets<K> {
    kept: Mutex<Generations<K>>,
    most: usize,
}

struct Generations<K> {
    young: HashMap<K, i64>,
    old: HashMap<K, i64>,
}

impl<K: Hash + Eq + Copy> Buckets<K> {
    pub(super) fn new() -> Self {
        Self::of(MOST)
    }

    fn of(most: usize) -> Self {
        Self {
            kept: Mutex::new(Generations {
                young: HashMap::new(),
                old: HashMap::new(),
            }),
            most,
        }
    }

    /// Takes one from every bucket, or from none; then after how many seconds all have one.
    pub(super) fn take(&self, wanted: &[(K, Rate)], now: i64) -> Result<(), u64> {
        let Ok(mut kept) = self.kept.lock() else {
            return Ok(());
        };
        let mut after = Vec::with_capacity(wanted.len());
        let mut wait = 0;
        for (key, rate) in wanted.iter().filter(|(_, rate)| rate.per_hour > 0) {
            match rate.after(kept.full_at(key).unwrap_or(now), now) {
                Ok(full_at) => after.push((*key, full_at)),
                Err(missing) => wait = wait.max(missing),
            }
        }
        if wait > 0 {
            // Whoever goes on trying stays known, however many others come.
            for (key, _) in wanted {
                if let Some(full_at) = kept.old.remove(key) {
                    kept.keep(*key, full_at, self.most);
                }
            }
            return Err(wait.unsigned_abs().div_ceil(1_000_000));
        }
        for (key, full_at) in after {
            kept.keep(key, full_at, self.most);
        }
        Ok(())
    }
}

impl<K: Hash + Eq + Copy> Buckets<K> {
    /// Puts back one that was taken from a bucket.
    pub(super) fn give_back(&self, key: K, rate: Rate) {
        let Ok(mut kept) = self.kept.lock() else {
            return;
        };
        if let Some(full_at) = kept.full_at(&key) {
            let interval = HOUR / i64::from(rate.per_hour.max(1));
            kept.keep(key, full_at - interval, self.most);
        }
    }
}

impl<K: Hash + Eq> Generations<K> {
    fn full_at(&self, key: &K) -> Option<i64> {
        self.young.get(key).or_else(|| self.old.get(key)).copied()
    }

    fn keep(&mut self, key: K, full_at: i64, most: usize) {
        if self.young.len() >= most / 2 && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, full_at);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SECOND: i64 = 1_000_000;
    const SUBMIT: Rate = Rate {
        per_hour: 30,
        burst: 15,
    };

    #[test]
    fn a_clock_that_goes_back_shuts_nobody_out() {
        let buckets = Buckets::new();
        let day = 24 * HOUR;
        for _ in 0..15 {
            assert!(buckets.take(&[(1, SUBMIT)], 8 * day).is_ok());
        }
        assert!(buckets.take(&[(1, SUBMIT)], 8 * day).is_err());
        assert!(buckets.take(&[(1, SUBMIT)], 0).is_ok());
        assert!(buckets.take(&[(1, SUBMIT)], 0).is_ok());
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_every_two_minutes() {
        let buckets = Buckets::new();
        let take = |now: i64| buckets.take(&[("a", SUBMIT)], now * SECOND);
        for _ in 0..15 {
            assert_eq!(take(1000), Ok(()));
        }
        assert_eq!(take(1000), Err(120));
        assert_eq!(take(1119), Err(1));
        assert_eq!(take(1120), Ok(()));
        assert_eq!(take(1120), Err(120));
        // Being refused costs nothing; after half an hour the burst is there again, and not more.
        for _ in 0..15 {
            assert_eq!(take(1120 + 1800), Ok(()));
        }
        assert_eq!(take(1120 + 1800), Err(120));
        assert_eq!(buckets.take(&[("b", SUBMIT)], 1000 * SECOND), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out_for_longer_than_the_difference() {
        let buckets = Buckets::new();
        assert_eq!(buckets.take(&[("a", SUBMIT)], 1000 * SECOND), Ok(()));
        assert_eq!(buckets.take(&[("a", SUBMIT)], 999 * SECOND), Ok(()));
    }

    #[test]
    fn nought_is_no_limit() {
        let buckets = Buckets::new();
        let none = Rate {
            per_hour: 0,
            burst: 0,
        };
        assert!((0..1000).all(|_| buckets.take(&[("a", none)], 0).is_ok()));
    }

    #[test]
    fn what_the_network_refuses_costs_the_address_nothing() {
        let buckets = Buckets::new();
        let once = Rate {
            per_hour: 1,
            burst: 1,
        };
        let both = |own| [(own, SUBMIT), ("network", once)];
        assert_eq!(buckets.take(&both("a"), 0), Ok(()));
        for _ in 0..100 {
            assert_eq!(buckets.take(&both("b"), 0), Err(3600));
        }
        for _ in 0..15 {
            assert_eq!(buckets.take(&[("b", SUBMIT)], 0), Ok(()));
        }
    }

    #[test]
    fn addresses_of_one_connection_are_one() {
        let of = |text: &str| networks(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1")[0], of("2001:db8:1:2:ffff::9")[0]);
        assert_ne!(of("2001:db8:1:2::1")[0], of("2001:db8:1:3::1")[0]);
        assert_eq!(of("2001:db8:1:2::1")[1], of("2001:db8:1:ffff::1")[1]);
        assert_ne!(of("2001:db8:1::1")[1], of("2001:db8:2::1")[1]);
        assert_ne!(of("192.0.2.1")[0], of("192.0.2.2")[0]);
        assert_eq!(of("192.0.2.1")[1], of("192.0.2.200")[1]);
        assert_ne!(of("192.0.2.1")[1], of("192.0.3.1")[1]);
        assert_ne!(of("192.0.2.0")[0], of("192.0.2.0")[1]);
    }

    #[test]
    fn a_million_addresses_take_bounded_memory_and_the_busy_one_stays_known() {
        let buckets = Buckets::of(10_000);
        for _ in 0..15 {
            assert_eq!(buckets.take(&[(u64::MAX, SUBMIT)], 0), Ok(()));
        }
        for address in 0..1_000_000_u64 {
            buckets.take(&[(address, SUBMIT)], 0).unwrap();
            if address % 1000 == 0 {
                let again = buckets.take(&[(u64::MAX, SUBMIT)], 1);
                assert!(again.is_err(), "forgotten after {address} others");
            }
        }
        let kept = buckets.kept.lock().unwrap();
        assert!(kept.young.len() + kept.old.len() <= 10_000);
        assert!(kept.young.capacity() + kept.old.capacity() < 40_000);
    }
}
