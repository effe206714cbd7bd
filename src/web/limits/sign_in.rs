//! How often somebody may try to sign in: by address, and by account and address together. Strangers
//! who guess at an account slow down themselves and not its owner; a device on which the owner signed
//! in before is counted apart, also where an office and a stranger share an address.

use super::buckets::{Rate, networks};
use super::{Action, Guardrails};
use crate::error::Result;
use crate::privacy::vault::Vault;
use actix_web::HttpRequest;
use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};
use std::hash::BuildHasher;
use std::net::{IpAddr, Ipv6Addr};
use subtle::ConstantTimeEq;

/// Tries at one account from one address, or from one known device: five at once, then one every
/// three minutes. A right password takes none.
const BY_ACCOUNT: Rate = Rate {
    per_hour: 20,
    burst: 5,
};

/// How long a device stays known.
pub const DEVICE_KNOWN_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// A device on which somebody signed in before, by its cookie: `mac-number-second-login`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    login: String,
    number: String,
}

impl Device {
    /// The value of the cookie of a device on which `login` has just signed in.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub fn remember(vault: &Vault, login: &str, now: Timestamp) -> Result<String> {
        let number = crate::ids::hex(&crate::ids::random::<8>()?);
        let second = now.as_second().to_string();
        let mac = mac(vault, login, &number, &second)?;
        Ok(format!("{mac}-{number}-{second}-{login}"))
    }

    /// The device of a cookie; `None` when it is not one of ours, or too old.
    #[must_use]
    pub fn read(vault: &Vault, cookie: &str, now: Timestamp) -> Option<Self> {
        let mut parts = cookie.splitn(4, '-');
        let (sent, number) = (parts.next()?, parts.next()?);
        let (second, login) = (parts.next()?, parts.next()?);
        let right = mac(vault, login, number, second).ok()?;
        let since = Timestamp::from_second(second.parse().ok()?).ok()?;
        let is_ours = bool::from(right.as_bytes().ct_eq(sent.as_bytes()));
        (is_ours && now.duration_since(since) < DEVICE_KNOWN_FOR).then(|| Self {
            login: login.to_owned(),
            number: number.to_owned(),
        })
    }
}

fn mac(vault: &Vault, login: &str, number: &str, second: &str) -> Result<String> {
    let session = vault.session();
    session.keyed_hash(&["known-device", number, second, login])
}

/// What an attempt took, to be given back when the password was right.
#[derive(Clone, Copy, Debug)]
pub struct Taken(u64);

impl Guardrails {
    /// Whether somebody may try to sign in at all: asked before anything is read. A device that is
    /// known is not counted with its address. Without an address all count as one network, so that a
    /// proxy that forwards none opens no way around the limit.
    ///
    /// # Errors
    /// After how many seconds it may be tried again.
    pub fn may_sign_in(
        &self,
        request: &HttpRequest,
        device: Option<&Device>,
        now: Timestamp,
    ) -> std::result::Result<(), u64> {
        match (device, self.client(request)) {
            (Some(_), _) => Ok(()),
            (None, Some(client)) => self.take(Action::SignIn, client, now),
            (None, None) => {
                let everybody = IpNet::from(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
                let rate = self.sign_in.times(self.network_times);
                let wanted = [((Action::SignIn, everybody), rate)];
                self.buckets.take(&wanted, now.as_microsecond())
            }
        }
    }

    /// Whether somebody may try this account, whether there is one or not.
    ///
    /// # Errors
    /// After how many seconds it may be tried again.
    pub fn may_try_account(
        &self,
        client: Option<IpAddr>,
        login: &str,
        device: Option<&Device>,
        now: Timestamp,
    ) -> std::result::Result<Taken, u64> {
        let device = device.filter(|device| device.login == login);
        let number = device.map(|device| device.number.as_str());
        let place = match number {
            Some(_) => None,
            None => client.map(|client| {
                let [own, _] = networks(client);
                own
            }),
        };
        let key = self.seed.hash_one((login.to_lowercase(), number, place));
        let now = now.as_microsecond();
        self.accounts.take(&[(key, BY_ACCOUNT)], now)?;
        Ok(Taken(key))
    }

    /// The password was right: the attempt is not counted.
    pub fn give_back(&self, taken: Taken) {
        self.accounts.give_back(taken.0, BY_ACCOUNT);
    }
}
