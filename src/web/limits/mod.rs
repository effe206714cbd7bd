//! Guardrails against floods, without puzzles: limits by address and network, a trap field, a
//! minimal time, and proof of work that starts only when somebody is over a limit or the whole site
//! is under attack. Nobody is refused silently: over a limit there is a page that says what
//! happened, keeps what was typed and offers the other ways to the office.

mod buckets;
mod client;
mod forwarding;
pub mod mark;
mod pulse;
mod sign_in;
mod work;

use super::form_data::FormData;
use crate::config::{Config, Network};
use crate::error::{Error, Kind, Result};
use crate::privacy::vault::Vault;
use actix_web::HttpRequest;
use buckets::{Buckets, Rate, networks};
use forwarding::Forwarding;
use ipnet::IpNet;
use jiff::{SignedDuration, Timestamp};
use pulse::Pulse;
pub use sign_in::{DEVICE_KNOWN_FOR, Device, Taken};
use std::hash::RandomState;
use std::net::IpAddr;
use work::Spent;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    Submit,
    /// Submissions that pass by waiting instead of by work, counted apart.
    Wait,
    LookUp,
    Follow,
    Upload,
    SignIn,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    /// Show the form again, everything kept, to be looked over (`mark::again` in it): it was filled
    /// in faster than anybody can, or its trap was filled.
    AskAgain,
    /// Ask the browser for work, and people without scripts to wait.
    Work(Asked),
    /// Too often: so many seconds until it is allowed again.
    TryLater(u64),
}

/// What a browser is asked for before a submission is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// For the hidden field `work`.
    pub challenge: String,
    /// Zero bits that the answer needs.
    pub bits: u8,
    /// Seconds after which it passes without an answer.
    pub wait_seconds: u64,
    /// Whether it is asked of everybody now, not only of this address.
    pub everybody: bool,
}

/// The fields of a form that are looked at.
#[derive(Clone, Copy, Debug, Default)]
struct Sent<'a> {
    mark: &'a str,
    trap: &'a str,
    challenge: &'a str,
    answer: &'a str,
    /// A digest of everything else in the form.
    said: [u8; 16],
}

/// The name of the field that people do not see and programs like to fill.
pub const TRAP_FIELD: &str = "website";
/// The fields of proof of work; a page that is shown again has its own.
pub const OWN_FIELDS: [&str; 4] = ["mark", TRAP_FIELD, "work", "answer"];

/// The counters of a running service; in memory, each copy of the program has its own.
pub struct Guardrails {
    vault: Vault,
    trusted: Vec<Network>,
    submit: Rate,
    look_up: Rate,
    follow: Rate,
    upload: Rate,
    sign_in: Rate,
    network_times: u32,
    attack_per_minute: i64,
    work_bits: u8,
    wait: SignedDuration,
    least_age: SignedDuration,
    buckets: Buckets<(Action, IpNet)>,
    /// Attempts to sign in, by a hash of account and place.
    accounts: Buckets<u64>,
    seed: RandomState,
    pulse: Pulse,
    spent: Spent,
    /// Proxies that forward no address.
    forwarding: Forwarding,
}

impl Guardrails {
    /// By the settings.
    pub fn of(config: &Config, vault: &Vault) -> Self {
        let rate = |per_hour, burst| Rate { per_hour, burst };
        Self {
            vault: vault.clone(),
            trusted: config.trusted_proxies.clone(),
            submit: rate(config.submit_per_hour, config.submit_burst),
            look_up: rate(config.look_up_per_hour, config.look_up_burst),
            follow: rate(config.follow_per_hour, config.follow_burst),
            upload: rate(config.upload_per_hour, config.upload_burst),
            sign_in: rate(config.sign_in_per_hour, config.sign_in_burst),
            network_times: config.network_times.max(1),
            attack_per_minute: i64::from(config.attack_per_minute),
            work_bits: config.work_bits,
            wait: SignedDuration::from_secs(config.no_script_wait_seconds),
            least_age: SignedDuration::from_secs(config.form_min_seconds),
            buckets: Buckets::new(),
            accounts: Buckets::new(),
            seed: RandomState::new(),
            pulse: Pulse::default(),
            spent: Spent::default(),
            forwarding: Forwarding::default(),
        }
    }

    /// The address a request comes from; `None` when it seems to come from this machine or from a
    /// trusted proxy itself.
    pub fn client(&self, request: &HttpRequest) -> Option<IpAddr> {
        client::client(request, &self.trusted)
    }

    /// Whether a form may be taken. Ask when its fields are in order, before it is registered: a
    /// form with a fault costs its sender nothing, one that passes here is counted, and one that is
    /// refused here is not. A double click counts twice and is registered once.
    ///
    /// # Errors
    /// `Kind::Internal` when the system gives no random bytes.
    pub(in crate::web) fn check_submit(
        &self,
        request: &HttpRequest,
        consultation: &str,
        form: &FormData,
        now: Timestamp,
    ) -> Result<Verdict> {
        let sent = Sent {
            mark: form.get("mark"),
            trap: form.get(TRAP_FIELD),
            challenge: form.get("work"),
            answer: form.get("answer"),
            said: form.digest(&OWN_FIELDS),
        };
        let client = self.client(request);
        self.judge(client, consultation, sent, now)
    }

    /// Whether something else may be done; [`Verdict::Pass`] or [`Verdict::TryLater`]. What passes
    /// is counted.
    pub fn check(&self, request: &HttpRequest, action: Action, now: Timestamp) -> Verdict {
        let Some(client) = self.client(request) else {
            return Verdict::Pass;
        };
        match self.take(action, client, now) {
            Ok(()) => Verdict::Pass,
            Err(seconds) => Verdict::TryLater(seconds),
        }
    }

    /// Notices whether the proxy that a request came through forwards addresses.
    pub fn notice(&self, request: &HttpRequest, public_url: &str, now: Timestamp) {
        self.forwarding
            .notice(request, &self.trusted, public_url, now);
    }

    /// The proxies that forward no address, as far as is known.
    pub fn silent_proxies(&self, now: Timestamp) -> Vec<IpAddr> {
        self.forwarding.silent(now)
    }

    fn judge(
        &self,
        client: Option<IpAddr>,
        consultation: &str,
        sent: Sent<'_>,
        now: Timestamp,
    ) -> Result<Verdict> {
        let attacked = client.is_some() && self.is_attacked(now);
        let mark = mark::read(&self.vault, sent.mark, now);
        let suspicious = match mark {
            Some(mark) if mark.looked_over => false,
            Some(mark) => mark.age < self.least_age || !sent.trap.is_empty(),
            // A program of somebody's own, or a page from before: nothing to measure.
            None => attacked || !sent.trap.is_empty(),
        };
        if suspicious {
            return Ok(Verdict::AskAgain);
        }
        let Some(client) = client else {
            return Ok(Verdict::Pass);
        };
        let works = self.work_bits > 0;
        if !(attacked && works) {
            match self.take(Action::Submit, client, now) {
                Ok(()) => return Ok(Verdict::Pass),
                Err(seconds) if !works => return Ok(Verdict::TryLater(seconds)),
                Err(_) => {}
            }
        }
        self.by_work(client, consultation, sent, attacked, now)
    }

    /// Over a limit, or under attack: by work, by waiting, or not yet.
    fn by_work(
        &self,
        client: IpAddr,
        consultation: &str,
        sent: Sent<'_>,
        everybody: bool,
        now: Timestamp,
    ) -> Result<Verdict> {
        if let Some(known) = work::read(&self.vault, consultation, sent.challenge, now) {
            let waited = || known.age >= self.wait && self.take(Action::Wait, client, now).is_ok();
            if (known.is_answered(sent.answer) || waited())
                && self.spent.spend(&known, sent.said, now)
            {
                return Ok(Verdict::Pass);
            }
            // Whoever pressed too soon goes on waiting from where they were.
            if known.age < self.wait {
                return Ok(Verdict::Work(self.asked(&known, everybody)));
            }
        }
        let new = work::challenge(&self.vault, consultation, self.work_bits, now)?;
        Ok(Verdict::Work(self.asked(&new, everybody)))
    }

    fn asked(&self, challenge: &work::Challenge, everybody: bool) -> Asked {
        let left = self.wait.saturating_sub(challenge.age).as_secs().max(1);
        Asked {
            challenge: challenge.text.clone(),
            bits: challenge.bits,
            wait_seconds: left.unsigned_abs(),
            everybody,
        }
    }

    fn is_attacked(&self, now: Timestamp) -> bool {
        let came = self.pulse.beat(now.as_microsecond());
        self.attack_per_minute > 0 && came > self.attack_per_minute
    }

    fn take(&self, action: Action, client: IpAddr, now: Timestamp) -> std::result::Result<(), u64> {
        let rate = match action {
            Action::Submit | Action::Wait => self.submit,
            Action::LookUp => self.look_up,
            Action::Follow => self.follow,
            Action::Upload => self.upload,
            Action::SignIn => self.sign_in,
        };
        let [own, around] = networks(client);
        let wanted = [
            ((action, own), rate),
            ((action, around), rate.times(self.network_times)),
        ];
        self.buckets.take(&wanted, now.as_microsecond())
    }
}

/// What counts as one address: itself, of IPv6 the /64 that one connection gets.
pub(in crate::web) fn network_of(address: IpAddr) -> IpNet {
    let [own, _] = networks(address);
    own
}

/// [`Verdict::TryLater`] as an error, for pages that have no better one.
#[track_caller]
pub fn too_often(seconds: u64) -> Error {
    let minutes = seconds.div_ceil(60);
    Error::new(
        Kind::TooMany,
        format!("同一网络里操作太频繁，请过{minutes}分钟再试；也可以打电话或发邮件给起草单位"),
        format!(
            "too many requests came from your network; try again in {minutes} min, or telephone or e-mail the office"
        ),
    )
}

#[cfg(test)]
mod tests;
