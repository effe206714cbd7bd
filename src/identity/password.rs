//! Hashing passwords with Argon2id (RFC 9106, the crate's recommended cost: 19 MiB, 2 passes).

use crate::error::{Error, Kind, Result};
use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long somebody waits for a turn to have a password checked.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many wait for each that is being served: about a second. Whoever comes then is told at once.
const LINE: usize = 16;

/// The memory that a hash is made in; grows to 19 MiB at its first use and is used again.
type Memory = Vec<Block>;

/// Of no password: what is verified where there is no account, by the same work.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm8tc3VjaC1hY2NvdW50IQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password as it is hashed, whatever keyboard it was typed on: the profile OpaqueString of
/// RFC 8265, 4.2 (spaces of other scripts become a space, then normalisation form C).
fn prepared(typed: &str) -> String {
    let spaces: String = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&spaces)
        .into_owned()
}

/// Hashes a password for storing, with a fresh salt.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn hash(password: &str) -> Result<String> {
    let salt: [u8; 16] = crate::ids::random()?;
    Argon2::default()
        .hash_password_with_salt(prepared(password).as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|cause| Error::internal(cause.to_string()))
}

/// Whether a password is the one that was hashed. Beside requests use [`Hashing::verify`].
#[must_use]
pub fn verify(password: &str, stored: &str) -> bool {
    verify_in(&mut Memory::new(), password, Some(stored))
}

/// Whether a password is the one that was hashed; without a hash the same work, and no.
fn verify_in(memory: &mut Memory, password: &str, stored: Option<&str>) -> bool {
    let same = same(memory, &prepared(password), stored.unwrap_or(NOBODYS));
    stored.is_some() && same.unwrap_or(false)
}

/// `None` for a hash that cannot be read.
fn same(memory: &mut Memory, password: &str, stored: &str) -> Option<bool> {
    let parsed = PasswordHash::new(stored).ok()?;
    let params = Params::try_from(&parsed).ok()?;
    let algorithm = Algorithm::try_from(parsed.algorithm.as_ref()).ok()?;
    let version = Version::try_from(parsed.version?).ok()?;
    let (salt, expected) = (parsed.salt?, parsed.hash?);
    memory.resize(params.block_count(), Block::default());
    let mut out = vec![0; expected.as_bytes().len()];
    Argon2::new(algorithm, version, params)
        .hash_password_into_with_memory(
            password.as_bytes(),
            salt.as_ref(),
            &mut out,
            memory.as_mut_slice(),
        )
        .ok()?;
    Some(out.ct_eq(expected.as_bytes()).into())
}

/// Hashes beside requests: each takes 19 MiB and a processor for tens of milliseconds on purpose, so
/// that there are never more at once than processors, each in memory that is kept for the next: what
/// a burst took would otherwise stay with the allocator. Cheap to clone.
#[derive(Clone)]
pub struct Hashing {
    turns: Arc<Semaphore>,
    line: Arc<Semaphore>,
    memory: Arc<Mutex<Vec<Memory>>>,
}

impl Default for Hashing {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self::of(processors)
    }
}

impl Hashing {
    /// So many at once, at least one.
    #[must_use]
    pub fn of(at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once.max(1))),
            line: Arc::new(Semaphore::new(at_once.max(1) * (LINE + 1))),
            memory: Arc::default(),
        }
    }

    /// Whether a password is the one that was hashed; without a hash (no such account) it takes the
    /// same time and is not.
    ///
    /// # Errors
    /// `Kind::Busy` when no turn comes within two seconds, or too many wait already.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool> {
        let kept = Arc::clone(&self.memory);
        self.in_turn(move || {
            let free = kept.lock().ok().and_then(|mut kept| kept.pop());
            let mut memory = free.unwrap_or_default();
            let is_right = verify_in(&mut memory, &password, stored.as_deref());
            if let Ok(mut kept) = kept.lock() {
                kept.push(memory);
            }
            is_right
        })
        .await
    }

    /// [`hash`] in turn.
    ///
    /// # Errors
    /// `Kind::Busy` when no turn comes within two seconds, or as [`hash`].
    pub async fn hash(&self, password: String) -> Result<String> {
        self.in_turn(move || hash(&password)).await?
    }

    /// Not on a thread that serves others. The work holds its turn itself: whoever hangs up does not
    /// make room for one more while it runs.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let turn = self.turn().await?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(Error::internal)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let place = self.line.try_acquire().map_err(|_| busy())?;
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(PATIENCE, turn).await;
        drop(place);
        turn.map_err(|_| busy())?.map_err(Error::internal)
    }
}

#[track_caller]
fn busy() -> Error {
    Error::new(
        Kind::Busy,
        "现在登录的人太多，请过10秒再试",
        "too many people are signing in just now; try again in 10 seconds",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn one_block_of_memory_serves_one_password_after_the_other() {
        let mut memory = Memory::new();
        let stored = hash("春眠不觉晓 处处闻啼鸟").unwrap();
        for _ in 0..2 {
            assert!(verify_in(
                &mut memory,
                "春眠不觉晓\u{3000}处处闻啼鸟",
                Some(&stored)
            ));
            assert!(!verify_in(
                &mut memory,
                "春眠不觉晓处处闻啼鸟",
                Some(&stored)
            ));
            assert!(!verify_in(&mut memory, "春眠不觉晓 处处闻啼鸟", None));
            assert_eq!(memory.len() / 1024, 19);
        }
        assert!(!verify_in(&mut memory, "x", Some("not a hash")));
        let composed = hash("pass-phrase-caf\u{e9}").unwrap();
        assert!(verify_in(
            &mut memory,
            "pass-phrase-cafe\u{301}",
            Some(&composed)
        ));
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let ours = hash("whatever it is").unwrap();
        let cost = |text: &str| Params::try_from(&PasswordHash::new(text).unwrap()).unwrap();
        assert_eq!(cost(NOBODYS), cost(&ours));
    }

    #[test]
    fn a_crowd_leaves_no_more_memory_than_there_are_turns() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        let hashing = Hashing::of(2);
        let (mut served, mut told) = (0, 0);
        runtime.block_on(async {
            let all: Vec<_> = (0..128)
                .map(|_| {
                    let hashing = hashing.clone();
                    tokio::spawn(async move { hashing.verify("guess".to_owned(), None).await })
                })
                .collect();
            for one in all {
                match one.await.unwrap() {
                    Ok(right) => {
                        assert!(!right);
                        served += 1;
                    }
                    Err(error) => {
                        assert_eq!(error.kind(), Kind::Busy);
                        told += 1;
                    }
                }
            }
        });
        assert!(served > 0 && told > 0, "{served} served, {told} told");
        assert!(hashing.memory.lock().unwrap().len() <= 2);
    }

    #[test]
    fn never_more_at_once_than_turns_and_others_are_told() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        let hashing = Hashing::of(2);
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let one = |pause: Duration| {
            let (hashing, running, most) = (hashing.clone(), running.clone(), most.clone());
            async move {
                hashing
                    .in_turn(move || {
                        let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(now, Ordering::SeqCst);
                        std::thread::sleep(pause);
                        running.fetch_sub(1, Ordering::SeqCst);
                    })
                    .await
            }
        };
        runtime.block_on(async {
            let all: Vec<_> = (0..20)
                .map(|_| tokio::spawn(one(Duration::from_millis(20))))
                .collect();
            for done in all {
                done.await.unwrap().unwrap();
            }
            assert_eq!(most.load(Ordering::SeqCst), 2);
            let slow: Vec<_> = (0..2)
                .map(|_| tokio::spawn(one(PATIENCE + Duration::from_secs(1))))
                .collect();
            tokio::time::sleep(Duration::from_millis(100)).await;
            let told = one(Duration::ZERO).await.unwrap_err();
            assert_eq!(told.kind(), Kind::Busy);
            for done in slow {
                done.await.unwrap().unwrap();
            }
            assert!(
                one(Duration::ZERO).await.is_ok(),
                "the turns are given back"
            );
        });
    }
}
