//! Hashing passwords with Argon2id (RFC 9106, the crate's recommended cost: 19 MiB, 2 passes).

use crate::error::{Error, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

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

/// Whether a password is the one that was hashed.
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
pub fn pretend_to_verify(password: &str) {
    let mut out = [0_u8; 32];
    // Only the time matters.
    let _ =
        Argon2::default().hash_password_into(password.as_bytes(), b"no-such-account!", &mut out);
}
