//! Hashing passwords with Argon2id (RFC 9106, the crate's recommended cost: 19 MiB, 2 passes).

use crate::error::{Error, Kind, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long somebody waits for a turn to have a password checked.
const PATIENCE: Duration = Duration::from_secs(2);

/// Hashes a password for storing, with a fresh salt.
///
/// # Errors
/// `Kind::Internal` when the system gives no random bytes.
pub fn hash(password: &str) -> Result<String> {
    let salt: [u8; 16] = crate::ids::random()?;
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|cause| Error::internal(cause.to_string()))
}

/// Whether a password is the one that was hashed. Beside requests use [`Hashing::verify`].
#[must_use]
pub fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|parsed| {
        Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
    })
}

/// Spends the time of a verification when there is no account, so that the answer's delay does
/// not tell which logins exist.
fn pretend_to_verify(password: &str) {
    let mut out = [0_u8; 32];
    // Only the time matters.
    let _ =
        Argon2::default().hash_password_into(password.as_bytes(), b"no-such-account!", &mut out);
}

/// Hashes beside requests: each takes 19 MiB and a processor for tens of milliseconds on purpose, so
/// that there are never more at once than processors. Cheap to clone.
#[derive(Clone)]
pub struct Hashing {
    turns: Arc<Semaphore>,
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
        }
    }

    /// Whether a password is the one that was hashed; without a hash (no such account) it takes the
    /// same time and is not.
    ///
    /// # Errors
    /// `Kind::Busy` when no turn comes within two seconds.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool> {
        self.in_turn(move || match stored {
            Some(stored) => verify(&password, &stored),
            None => {
                pretend_to_verify(&password);
                false
            }
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
        let turn = Arc::clone(&self.turns).acquire_owned();
        match tokio::time::timeout(PATIENCE, turn).await {
            Ok(turn) => turn.map_err(Error::internal),
            Err(_) => Err(Error::new(
                Kind::Busy,
                "现在登录的人太多，请过10秒再试",
                "too many people are signing in just now; try again in 10 seconds",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

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
