//! What stands in the links of our mails: who holds the link got the mail. A link names its purpose
//! and one row, so that it opens nothing else; it cannot be guessed without the site's key.

use super::vault::Vault;
use crate::error::Result;
use subtle::ConstantTimeEq;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Marks the address of a submission as confirmed: `/r/{receipt}/confirm/{token}`.
    ConfirmAddress,
    /// Lets the sender of a letter fill in what it left open: `/r/{receipt}/complete/{token}`.
    Complete,
    /// Starts telling a follower (double opt-in): `/f/{follower}/{token}`.
    ConfirmFollower,
    /// Stops telling a follower, in one click (RFC 8058): `/f/{follower}/{token}/stop`.
    StopFollowing,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::ConfirmAddress => "confirm-address",
            Self::Complete => "complete",
            Self::ConfirmFollower => "confirm-follower",
            Self::StopFollowing => "stop-following",
        }
    }
}

/// The token of a link: hexadecimal, always the same for the same row.
///
/// # Errors
/// Never in practice (see [`super::model::Key::keyed_hash`]).
pub fn token(vault: &Vault, purpose: Purpose, row: &str) -> Result<String> {
    vault.link().keyed_hash(&[purpose.code(), row])
}

/// Whether a token that came from outside is that of a row, in constant time.
///
/// # Errors
/// As [`token`].
pub fn is_token(vault: &Vault, purpose: Purpose, row: &str, sent: &str) -> Result<bool> {
    let own = token(vault, purpose, row)?;
    Ok(bool::from(own.as_bytes().ct_eq(sent.as_bytes())))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::privacy::model::Key;

    #[test]
    fn a_link_opens_one_thing_only() {
        let vault = Vault::new(&Key::from_bytes([7; 32])).unwrap();
        let sent = token(&vault, Purpose::ConfirmAddress, "a").unwrap();
        let fits = |purpose, row| is_token(&vault, purpose, row, &sent).unwrap();
        assert!(fits(Purpose::ConfirmAddress, "a"));
        assert!(!fits(Purpose::ConfirmAddress, "b"));
        assert!(!fits(Purpose::StopFollowing, "a"));
    }
}
