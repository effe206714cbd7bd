//! What a failed try means, from what the mail server said. Its words are not kept: servers repeat
//! the address in them.

use crate::jobs::model::{Outcome, Reason};
use lettre::transport::smtp::Error;
use std::io;

/// Replies about signing in (RFC 4954, 6): a fault of our settings, not of the mail, so the mail is
/// kept for when they are right.
const SIGN_IN: [u16; 5] = [454, 530, 534, 535, 538];

/// Replies that speak of the server, not of this mail (RFC 5321, 4.2.3: no such command, no such
/// order of commands, no service here, parameters not known; 554 also greets whoever is not welcome,
/// and spam filters give it for a day): it may be another tomorrow.
const NOT_THE_MAIL: [u16; 4] = [501, 503, 554, 555];

/// Whether to try again, and why.
#[must_use]
pub(super) fn outcome(error: &Error) -> Outcome {
    if let Some(code) = error.status() {
        let number = u16::from(code);
        return if SIGN_IN.contains(&number) {
            Outcome::Later(Reason::SignIn)
        } else if error.is_permanent() && !NOT_THE_MAIL.contains(&number) {
            Outcome::Never(Reason::Refused(number))
        } else {
            Outcome::Later(Reason::Deferred(number))
        };
    }
    Outcome::Later(if error.is_timeout() {
        Reason::Timeout
    } else if error.is_tls() || is_untrusted(error) {
        Reason::Tls
    } else if error.is_client() {
        settings(error)
    } else {
        Reason::Unreachable
    })
}

/// A certificate that is not trusted comes as a failed connection, for data that are not valid.
fn is_untrusted(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The server offers no encryption, or no way to sign in that we know.
fn settings(error: &Error) -> Reason {
    if error.to_string().contains("STARTTLS") {
        Reason::Tls
    } else {
        Reason::SignIn
    }
}
