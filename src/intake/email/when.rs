//! When a letter came. Never the `Date` line, which the sender's machine wrote.

use super::{Arrival, Mailroom};
use crate::intake::model::submission::ReceivedBasis;
use crate::mail::inbound::Letter;
use crate::mailboxes::model::Road;
use jiff::{SignedDuration, Timestamp};

/// Our own server and the mailbox may differ by so much: one writes before it looks for viruses,
/// the other afterwards.
const ALIKE: SignedDuration = SignedDuration::from_mins(10);

/// The instant, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) at: Timestamp,
    pub(super) basis: ReceivedBasis,
    /// What our own server's `Received` line says.
    pub(super) relay_at: Option<Timestamp>,
}

impl Mailroom {
    /// The topmost `Received` line of our own server. The mailbox's own time can be set by whoever
    /// puts a letter there, so it serves alone only where there is no such line; where the two
    /// differ, a person is asked to look.
    pub(super) fn when(&self, letter: &Letter, arrival: &Arrival) -> When {
        let relay_at = self.own_stamp(letter);
        let (at, basis) = match (relay_at, arrival.internal_at, arrival.file_time) {
            (Some(relay), Some(internal), _) if relay.duration_since(internal).abs() > ALIKE => {
                (relay, ReceivedBasis::Disputed)
            }
            (Some(relay), ..) => (relay, ReceivedBasis::MailServer),
            (None, Some(internal), _) => (internal, ReceivedBasis::Mailbox),
            (None, None, _) if arrival.road == Road::Pipe => {
                (self.clock.now(), ReceivedBasis::Handed)
            }
            (None, None, Some(file)) => (file, ReceivedBasis::FileTime),
            (None, None, None) => (self.clock.now(), ReceivedBasis::FileTime),
        };
        When {
            at,
            basis,
            relay_at,
        }
    }

    fn own_stamp(&self, letter: &Letter) -> Option<Timestamp> {
        let ours = |host: Option<&str>| match (&self.mail_host, host) {
            (Some(own), Some(host)) => own.eq_ignore_ascii_case(host),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let mut relays = letter.received.iter();
        let own = relays.find(|relay| ours(relay.by_host.as_deref()));
        own.and_then(|relay| relay.at).map(|moment| moment.at)
    }
}
